//! `sms-code`

use crate::{i18n::Key, ui::layout::Layout};

pub(super) static LAYOUT: Layout = Layout::sent_code(Key::SmsCodeHeading);
