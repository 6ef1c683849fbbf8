//! A device to which the pool has just given a key: it is registered, and remembered where the person, or the page, wants it.
//!
//! Whatever goes wrong here costs nobody the sign-in: the tokens are there, and stored.
//!
//! # Source
//! docs/cognito.md#remembered-devices

use super::{
    cx::Cx,
    device::{Device, RememberDevice},
    effect::Effect,
    event::{CallResult, Event, Outcome, Person, read_reply},
    form::Action,
    job::{Derived, Job},
    notice::Notice,
    screen::Screen,
    tokens::Tokens,
    view::{Details, Shown, View},
};
use crate::{
    Secret,
    idp::{
        ConfirmDeviceRequest, DeviceRememberedStatus, DeviceSecretVerifierConfig, NewDeviceMetadata, UpdateDeviceStatusRequest,
    },
};

/// A device on its way to be remembered.
#[derive(Debug)]
pub(super) struct NewDevice {
    device: Device,
    sign_in_name: String,
    stage: Stage,
    /// The screen that stays until there is something to ask; without one nobody is asked.
    behind: Option<View>,
}

/// What is waited for.
#[derive(Debug)]
enum Stage {
    /// The device's password and verifier.
    Deriving(u32),
    /// The service takes the verifier.
    Confirming(u32),
    /// The person.
    Asking(Option<Shown>),
    /// The service notes whether the device is remembered. `by_person`: the screen with the question is there.
    Saving { call: u32, is_remembered: bool, by_person: bool },
}

/// What an event did.
pub(super) enum Registered {
    /// It goes on.
    Continues,
    /// Nothing more is to be done.
    Over,
}

impl NewDevice {
    /// Begins; `None` where the service gave no key.
    pub fn begin(cx: &mut Cx<'_>, tokens: &Tokens, metadata: NewDeviceMetadata, behind: Option<View>) -> Option<Self> {
        let device = Device {
            username: tokens.username.clone(),
            key: metadata.device_key?.into(),
            group_key: metadata.device_group_key?.into(),
            password: Secret::default(),
        };
        let job = Job::MakeDevice { group_key: device.group_key.clone(), key: device.key.clone() };
        let stage = Stage::Deriving(cx.derive(job));
        Some(Self { device, sign_in_name: tokens.sign_in_name.clone(), stage, behind })
    }

    /// Whether the page is told of the sign-in only after this.
    pub fn holds_up(&self) -> bool {
        self.behind.is_some()
    }

    /// Whether the call or job with this id is waited for.
    pub fn awaits(&self, id: u32) -> bool {
        match self.stage {
            Stage::Deriving(own) | Stage::Confirming(own) | Stage::Saving { call: own, .. } => own == id,
            Stage::Asking(_) => false,
        }
    }

    /// Whether an event is for this.
    pub fn takes(&self, event: &Event) -> bool {
        match event {
            Event::Outcome(Outcome::Derived { id, .. } | Outcome::Replied { id, .. }) => self.awaits(*id),
            Event::Person(Person::Pressed(Action::RememberDevice | Action::NotNow)) => matches!(self.stage, Stage::Asking(_)),
            Event::Person(_) | Event::Page(_) | Event::Outcome(_) => false,
        }
    }

    /// Whether the event makes it call the service, which needs an access token that lives.
    pub fn needs_token(&self, event: &Event) -> bool {
        matches!(event, Event::Person(Person::Pressed(Action::RememberDevice)))
    }

    /// The tokens could not be refreshed for now.
    pub fn tell(&mut self, cx: &mut Cx<'_>, notice: Notice) {
        if let Stage::Asking(shown) = &mut self.stage {
            *shown = cx.show(notice);
        }
    }

    /// What an event leads to.
    pub fn on(&mut self, cx: &mut Cx<'_>, tokens: &Tokens, event: Event) -> Registered {
        match event {
            Event::Outcome(Outcome::Derived { derived: Derived::Device { password, verifier }, .. }) => {
                self.device.password = password;
                self.stage = Stage::Confirming(cx.call(ConfirmDeviceRequest {
                    access_token: tokens.access_token.clone(),
                    device_key: self.device.key.expose().to_owned(),
                    device_secret_verifier_config: Some(DeviceSecretVerifierConfig {
                        password_verifier: Some(verifier.password_verifier_base64),
                        salt: Some(verifier.salt_base64),
                    }),
                    device_name: Some(cx.settings().device_name.clone()).filter(|name| !name.is_empty()),
                }));
                Registered::Continues
            }
            Event::Outcome(Outcome::Replied { reply, .. }) => self.on_reply(cx, tokens, reply),
            Event::Person(Person::Pressed(Action::RememberDevice)) => self.save(cx, tokens, true, true),
            // Not to be remembered is how the service keeps a device of which nobody says otherwise.
            Event::Person(_) | Event::Page(_) | Event::Outcome(_) => Registered::Over,
        }
    }

    fn on_reply(&mut self, cx: &mut Cx<'_>, tokens: &Tokens, reply: CallResult) -> Registered {
        match self.stage {
            Stage::Confirming(_) => match read_reply::<ConfirmDeviceRequest>(reply) {
                Ok(reply) => self.on_confirmed(cx, tokens, reply.user_confirmation_necessary == Some(true)),
                Err(_) => Registered::Over,
            },
            Stage::Saving { is_remembered, by_person, .. } => match reply {
                Ok(_) => {
                    self.keep(cx, is_remembered);
                    Registered::Over
                }
                Err(error) if by_person => {
                    self.stage = Stage::Asking(cx.show(Notice::from(&error)));
                    Registered::Continues
                }
                Err(_) => Registered::Over,
            },
            Stage::Deriving(_) | Stage::Asking(_) => Registered::Continues,
        }
    }

    /// The service knows the device, and has remembered it where it is not for the person to say.
    fn on_confirmed(&mut self, cx: &mut Cx<'_>, tokens: &Tokens, is_left_open: bool) -> Registered {
        self.keep(cx, !is_left_open);
        match (cx.settings().remember_device, is_left_open) {
            (RememberDevice::Ask, true) if self.behind.is_some() => {
                self.stage = Stage::Asking(None);
                Registered::Continues
            }
            (RememberDevice::Always, true) => self.save(cx, tokens, true, false),
            (RememberDevice::Never, false) => self.save(cx, tokens, false, false),
            (RememberDevice::Ask, _) | (RememberDevice::Always, false) | (RememberDevice::Never, true) => Registered::Over,
        }
    }

    fn save(&mut self, cx: &mut Cx<'_>, tokens: &Tokens, is_remembered: bool, by_person: bool) -> Registered {
        let status = if is_remembered { DeviceRememberedStatus::Remembered } else { DeviceRememberedStatus::NotRemembered };
        let call = cx.call(UpdateDeviceStatusRequest {
            access_token: tokens.access_token.clone(),
            device_key: self.device.key.expose().to_owned(),
            device_remembered_status: Some(status),
        });
        self.stage = Stage::Saving { call, is_remembered, by_person };
        Registered::Continues
    }

    fn question(&self, busy: bool) -> View {
        View::of(Screen::RememberDevice, busy, Details::Name(self.sign_in_name.clone()))
    }

    fn keep(&self, cx: &mut Cx<'_>, is_remembered: bool) {
        let (device, sign_in_name) = (self.device.clone(), self.sign_in_name.clone());
        // What the page does not want is kept no longer than the session, whatever the pool does.
        let is_remembered = is_remembered && cx.settings().remember_device != RememberDevice::Never;
        cx.effect(Effect::KeepDevice { device, sign_in_name, is_remembered });
    }

    /// The question, or what was there before it; `None` where nobody is held up.
    pub fn view(&self) -> Option<View> {
        let behind = self.behind.as_ref()?;
        Some(match &self.stage {
            Stage::Asking(notice) => self.question(false).telling(notice),
            Stage::Saving { by_person: true, .. } => self.question(true),
            Stage::Deriving(_) | Stage::Confirming(_) | Stage::Saving { by_person: false, .. } => {
                View { busy: true, notice: None, ..behind.clone() }
            }
        })
    }
}
