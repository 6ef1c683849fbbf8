//! `verify-phone-number`

use crate::{i18n::Key, ui::layout::Layout};

pub(super) static LAYOUT: Layout = Layout::verification(Key::SmsCodeHeading);
