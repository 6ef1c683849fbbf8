//! The remembered devices in the account.

use cognito_protocol::flow::{AccountSettings, Action};
use yew::{Html, html};

use super::{
    entries::{Entry, entries},
    text::{paragraph, subheading},
};
use crate::{
    i18n::Key,
    ui::{device_name::device_name, draw::Draw},
};

/// The section; nothing where the pool tracks no devices.
pub(in crate::ui) fn devices(draw: &Draw<'_>, settings: &AccountSettings) -> Html {
    let Some(devices) = &settings.devices else { return Html::default() };
    let names: Vec<String> = devices.iter().map(|device| device_name(draw.texts(), &device.name)).collect();
    let rows = devices.iter().zip(&names).map(|(device, name)| Entry {
        id: device.id,
        name,
        mark: device.is_this.then_some(Key::AccountThisDevice),
        since: (Key::AccountDeviceLastUsed, device.last_used_millis),
        action: Action::ForgetDevice(device.id),
        button: (Key::AccountForgetDevice, Key::AccountForgetDeviceNamed),
    });
    let list =
        if devices.is_empty() { paragraph(draw.text(Key::AccountNoValue)) } else { entries(draw, Key::AccountDevices, rows) };
    html! { <>{ subheading(draw.text(Key::AccountDevices)) }{ list }</> }
}
