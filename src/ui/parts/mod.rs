//! What screens are made of.

mod buttons;
mod draw;
mod field;
mod qr_code;

pub(super) use buttons::{Button, ButtonKind};
pub(super) use draw::Draw;
pub(super) use field::Field;
pub(super) use qr_code::qr_code;
