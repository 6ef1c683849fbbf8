//! The devices that the pool remembers, with the way to forget each.

use cognito_protocol::flow::{AccountSettings, Action, DeviceEntry, Person};
use yew::{Html, html};

use super::button::ButtonDrawing;
use crate::{
    i18n::Key,
    shell::clock,
    ui::{device_name::device_name, draw::Draw, layout::Look},
};

/// The section; nothing where the pool tracks no devices.
pub(in crate::ui) fn devices(draw: &Draw<'_>, settings: &AccountSettings) -> Html {
    let Some(devices) = &settings.devices else { return Html::default() };
    html! {
        <>
            <h3 part="heading">{ draw.text(Key::AccountDevices) }</h3>
            if devices.is_empty() {
                <p part="text">{ draw.text(Key::AccountNoValue) }</p>
            }
            { for devices.iter().map(|device| row(draw, device)) }
        </>
    }
}

fn row(draw: &Draw<'_>, device: &DeviceEntry) -> Html {
    let (texts, id) = (draw.texts(), device.id);
    let name = device_name(texts, &device.name);
    let last_used = device.last_used_millis.map(|millis| clock::date(millis, texts.tag()));
    let last_used = last_used.and_then(|date| texts.fill(Key::AccountDeviceLastUsed, &[("date", &date)]));
    let forget = draw.input.reform(move |_| Person::Pressed(Action::ForgetDevice(id)).into());
    let label = texts.fill(Key::AccountForgetDeviceNamed, &[("name", &name)]);
    html! {
        <>
            <div class="detail">
                <span class="label" part="label">{ name }</span>
                <span class="state" part="text">
                    { for device.is_this.then(|| draw.text(Key::AccountThisDevice)) }
                </span>
                <span class="value" part="text">{ for last_used }</span>
            </div>
            { ButtonDrawing::new(Look::Secondary, draw.text(Key::AccountForgetDevice), forget).labelled(label).draw(draw) }
        </>
    }
}
