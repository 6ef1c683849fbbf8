//! The devices of a signed-in person that the pool knows: listed, and forgotten.
//!
//! A session that knows no device is of a pool that tracks none, or began at the pool's own pages, which register none: then nobody asks.
//!
//! # Source
//! docs/cognito.md#remembered-devices

use super::task::{Task, TaskNext, User, overview};
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

/// How many pages are read at most, of sixty devices each.
const MOST_PAGES: u8 = 10;
/// The longest name that is read: what the service takes.
const MOST_NAME_CHARS: usize = 1024;
/// The end of time for a JavaScript date, in milliseconds.
const LAST_MILLIS: f64 = 8.64e15;

/// The list, while it is read.
#[derive(Debug)]
pub(super) struct DeviceListing {
    pub call: u32,
    pages: u8,
    found: Vec<DeviceEntry>,
}

/// What a page of the list led to.
pub(super) enum ListedDevices {
    More(DeviceListing),
    /// All of them; `None` where the pool tracks none.
    All(Option<Vec<DeviceEntry>>),
    /// They could not be read for now.
    Not(Notice),
}

impl DeviceListing {
    /// Asks for the first page; `None` where the session knows no device.
    pub fn begin(cx: &mut Cx<'_>, tokens: &Tokens) -> Option<Self> {
        tokens.device_key(cx.settings())?;
        Some(Self { call: ask(cx, tokens, None), pages: 1, found: Vec::new() })
    }

    pub fn on_reply(mut self, cx: &mut Cx<'_>, tokens: &Tokens, reply: CallResult) -> ListedDevices {
        let reply = match read_reply::<ListDevicesRequest>(reply) {
            Ok(reply) => reply,
            Err(CallError::Service(error)) if error.code == ErrorCode::InvalidUserPoolConfiguration => {
                return ListedDevices::All(None);
            }
            Err(error) => return ListedDevices::Not(Notice::from(&error)),
        };
        let own = tokens.device_key(cx.settings());
        let entries = reply.devices.into_iter().filter_map(|device| entry(cx.fresh_id(), device, own.as_deref()));
        self.found.extend(entries);
        match reply.pagination_token {
            Some(next) if self.pages < MOST_PAGES => {
                ListedDevices::More(Self { call: ask(cx, tokens, Some(next)), pages: self.pages + 1, ..self })
            }
            Some(_) | None => ListedDevices::All(Some(self.found)),
        }
    }
}

fn ask(cx: &mut Cx<'_>, tokens: &Tokens, pagination_token: Option<String>) -> u32 {
    cx.call(ListDevicesRequest { access_token: tokens.access_token.clone(), limit: Some(60.0), pagination_token })
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
    let name = attribute("device_name").unwrap_or_default();
    let name = name.trim().chars().filter(|char| !char.is_control()).take(MOST_NAME_CHARS).collect();
    let millis = device.device_last_authenticated_date.unwrap_or_default() * 1000.0;
    #[allow(clippy::cast_possible_truncation)]
    let last_used_millis = (millis > 0.0 && millis < LAST_MILLIS).then_some(millis as i64);
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
