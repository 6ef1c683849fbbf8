//! What screens are drawn of.

mod attribute;
mod button;
mod checklist;
mod contact;
mod devices;
mod entries;
mod field;
mod notice;
mod passkeys;
mod providers;
mod qr_code;
mod screen;
mod text;

pub(super) use attribute::wrong as wrong_attribute;
pub(super) use button::{ButtonDrawing, action};
pub(super) use contact::{contact_details, to_contact_details};
pub(super) use devices::devices;
pub(super) use field::radio;
pub(super) use passkeys::passkeys;
pub(super) use providers::{called, providers};
pub(super) use qr_code::qr_code;
pub(super) use screen::{bad_configuration, screen};
pub(super) use text::{paragraph, subheading};
