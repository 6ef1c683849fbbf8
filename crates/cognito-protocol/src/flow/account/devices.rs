//! The devices of a signed-in person that the pool knows: listed, and forgotten.
//!
//! A session that knows no device is of a pool that tracks none, or began at the pool's own pages, which register none: then nobody asks.
//!
//! # Source
//! docs/cognito.md#remembered-devices

use super::{
    list,
    task::{Task, TaskNext, User, overview},
};
use crate::{
    flow::{
        call_error::CallError,
        cx::{Core, Cx},
        effect::Effect,
        event::{CallResult, Event, Outcome, read_reply},
        notice::{Notice, NoticeKind},
        screen::Screen,
        tokens::Tokens,
        view::{Details, DeviceEntry, View},
    },
    idp::{Device, DeviceRememberedStatus, ErrorCode, ForgetDeviceRequest, ListDevicesRequest},
};

/// The longest name that is read: what the service takes.
const MOST_NAME_CHARS: usize = 1024;

/// Asks for a page; `None` where the session knows no device.
pub(super) fn ask(cx: &mut Cx<'_>, tokens: &Tokens, pagination_token: Option<String>) -> Option<u32> {
    tokens.device_key(cx.settings())?;
    Some(cx.call(ListDevicesRequest { access_token: tokens.access_token.clone(), limit: Some(60.0), pagination_token }))
}

/// Adds a page to a list, which is `None` where the pool tracks none, and gives the token of the next.
///
/// # Errors
/// They could not be read for now.
pub(super) fn read_page(
    cx: &mut Cx<'_>,
    tokens: &Tokens,
    list: &mut Option<Vec<DeviceEntry>>,
    reply: CallResult,
) -> Result<Option<String>, Notice> {
    let mut found = list.take().unwrap_or_default();
    let reply = match read_reply::<ListDevicesRequest>(reply) {
        Ok(reply) => reply,
        Err(CallError::Service(error)) if error.code == ErrorCode::InvalidUserPoolConfiguration => return Ok(None),
        Err(error) => return Err(Notice::from(&error)),
    };
    let own = tokens.device_key(cx.settings());
    found.extend(reply.devices.into_iter().filter_map(|device| entry(cx.fresh_id(), device, own.as_deref())));
    *list = Some(found);
    Ok(reply.pagination_token)
}

fn entry(id: u32, mut device: Device, own: Option<&str>) -> Option<DeviceEntry> {
    let key = device.device_key?;
    let mut attribute = |name: &str| {
        let at = device.device_attributes.iter().position(|attribute| attribute.name == name)?;
        device.device_attributes.swap_remove(at).value
    };
    // What counts for nothing is not remembered.
    if attribute("dev:device_remembered_status").as_deref() == Some(DeviceRememberedStatus::NotRemembered.as_str()) {
        return None;
    }
    let name = list::name(&attribute("device_name").unwrap_or_default(), MOST_NAME_CHARS);
    let last_used_millis = list::millis(device.device_last_authenticated_date.unwrap_or_default());
    Some(DeviceEntry { id, name, last_used_millis, is_this: own == Some(key.as_str()), key })
}

/// A device is being forgotten.
#[derive(Debug)]
pub(super) struct ForgetDevice {
    call: u32,
    entry: u32,
}

impl ForgetDevice {
    /// Asks for it; `None` where there is no such device.
    pub fn begin(cx: &mut Cx<'_>, tokens: &Tokens, user: &User, entry: u32) -> Option<Box<dyn Task>> {
        let device_key = user.device(entry)?.key.clone();
        let call = cx.call(ForgetDeviceRequest { access_token: Some(tokens.access_token.clone()), device_key });
        Some(Box::new(Self { call, entry }))
    }
}

impl Task for ForgetDevice {
    fn on(&mut self, cx: &mut Cx<'_>, tokens: &Tokens, user: &mut Option<User>, event: Event) -> TaskNext {
        let Event::Outcome(Outcome::Replied { id, reply, .. }) = event else { return TaskNext::Stay };
        if id != self.call {
            return TaskNext::Stay;
        }
        let error = reply.err();
        // Gone is gone, whoever did it.
        if let Some(error) = error.filter(|error| !error.is_about_device()) {
            return TaskNext::Done(Some((&error).into()));
        }
        let devices = user.as_mut().and_then(|user| user.settings.devices.as_mut());
        let forgotten = devices.and_then(|devices| {
            let at = devices.iter().position(|device| device.id == self.entry)?;
            Some(devices.remove(at))
        });
        let Some(forgotten) = forgotten else { return TaskNext::Done(None) };
        cx.effect(Effect::ForgetDevice { username: tokens.username.clone(), key: forgotten.key.into() });
        // No refresh of this session can succeed now.
        let kind = if forgotten.is_this { NoticeKind::ThisDeviceForgotten } else { NoticeKind::DeviceForgotten };
        TaskNext::Done(Some(kind.into()))
    }

    fn view(&self, _core: &Core, user: Option<&User>) -> View {
        View::of(Screen::Account, true, Details::Account(overview(user)))
    }

    fn awaits(&self, id: u32) -> bool {
        id == self.call
    }
}
