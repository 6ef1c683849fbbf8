//! `change-phone-number`

use crate::{i18n::Key, ui::layout::Layout};

pub(super) static LAYOUT: Layout = Layout::contact(Key::ChangePhoneNumberHeading);
