//! `loading`: nothing is known yet.

use crate::{i18n::Key, ui::layout::Layout};

pub(super) static LAYOUT: Layout = Layout { heading: None, ..Layout::headed(Key::CommonLoading) };
