//! Which second factors a sign-in asks for, and which of them first.

use super::task::{Task, TaskNext, User, overview};
use crate::{
    flow::{
        call_error::CallError,
        cx::{Core, Cx},
        event::{CallResult, Event, Outcome},
        factor::Factor,
        notice::{Notice, NoticeKind},
        screen::Screen,
        tokens::Tokens,
        view::{Details, View},
    },
    idp::{ErrorCode, MfaSettings, SetUserMfaPreferenceRequest},
};

/// What is to become of a factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    TurnOn(Factor),
    TurnOff(Factor),
    /// It is on, and asked for first.
    Prefer(Factor),
}

/// The change is under way.
#[derive(Debug)]
pub(super) struct Preference {
    change: Change,
    call: u32,
}

impl Preference {
    pub fn begin(cx: &mut Cx<'_>, tokens: &Tokens, user: &User, change: Change) -> Box<dyn Task> {
        Box::new(Self { change, call: change.send(cx, tokens, Some(user)) })
    }
}

impl Task for Preference {
    fn on(&mut self, _cx: &mut Cx<'_>, _tokens: &Tokens, user: &mut Option<User>, event: Event) -> TaskNext {
        match event {
            Event::Outcome(Outcome::Replied { id, reply, .. }) if id == self.call => {
                TaskNext::Done(Some(self.change.conclude(reply, user)))
            }
            Event::Person(_) | Event::Page(_) | Event::Outcome(_) => TaskNext::Stay,
        }
    }

    fn view(&self, _core: &Core, user: Option<&User>) -> View {
        View::of(Screen::Account, true, Details::Account(overview(user)))
    }

    fn awaits(&self, id: u32) -> bool {
        id == self.call
    }
}

impl Change {
    /// Asks for it. A factor that is not mentioned keeps its state; one at most may be preferred.
    pub fn send(self, cx: &mut Cx<'_>, tokens: &Tokens, user: Option<&User>) -> u32 {
        let settings = |factor: Factor| {
            let is_on = user.is_some_and(|user| user.has(factor));
            let (enabled, preferred_mfa) = match self {
                Self::TurnOn(one) if one == factor => (true, None),
                Self::TurnOff(one) if one == factor => (false, Some(false)),
                Self::Prefer(one) if one == factor => (true, Some(true)),
                Self::Prefer(_) if is_on => (true, Some(false)),
                Self::TurnOn(_) | Self::TurnOff(_) | Self::Prefer(_) => return None,
            };
            Some(MfaSettings { enabled: Some(enabled), preferred_mfa })
        };
        cx.call(SetUserMfaPreferenceRequest {
            access_token: tokens.access_token.clone(),
            sms_mfa_settings: settings(Factor::Sms),
            software_token_mfa_settings: settings(Factor::App),
            email_mfa_settings: settings(Factor::Email),
            web_authn_mfa_settings: None,
        })
    }

    fn conclude(self, reply: CallResult, user: &mut Option<User>) -> Notice {
        match reply {
            Ok(_) => self.made(user).into(),
            Err(CallError::Service(error)) if error.code == ErrorCode::InvalidParameter => {
                Notice::from(&CallError::Service(error)).read_as(|_| self.refused())
            }
            Err(error) => (&error).into(),
        }
    }

    /// Notes what was changed, and what to tell.
    pub fn made(self, user: &mut Option<User>) -> NoticeKind {
        if let Some(User { settings, .. }) = user {
            let (Self::TurnOn(factor) | Self::TurnOff(factor) | Self::Prefer(factor)) = self;
            settings.factors.retain(|present| *present != factor);
            match self {
                Self::TurnOn(_) => settings.factors.push(factor),
                Self::Prefer(_) => {
                    settings.factors.push(factor);
                    settings.preferred = Some(factor);
                }
                Self::TurnOff(_) => settings.preferred = settings.preferred.filter(|preferred| *preferred != factor),
            }
        }
        match self {
            Self::TurnOn(Factor::App) => NoticeKind::AuthenticatorOn,
            Self::TurnOff(Factor::App) => NoticeKind::AuthenticatorOff,
            Self::TurnOn(Factor::Sms) => NoticeKind::SmsOn,
            Self::TurnOff(Factor::Sms) => NoticeKind::SmsOff,
            Self::TurnOn(Factor::Email) => NoticeKind::EmailOn,
            Self::TurnOff(Factor::Email) => NoticeKind::EmailOff,
            Self::TurnOn(Factor::Passkey) | Self::TurnOff(Factor::Passkey) | Self::Prefer(_) => NoticeKind::Saved,
        }
    }

    /// What it means that the service takes these settings from nobody, or not from this user.
    fn refused(self) -> NoticeKind {
        match self {
            Self::TurnOff(Factor::App) => NoticeKind::AuthenticatorRequired,
            Self::TurnOff(Factor::Sms | Factor::Email | Factor::Passkey) => NoticeKind::FactorRequired,
            Self::TurnOn(_) | Self::Prefer(_) => NoticeKind::FactorUnavailable,
        }
    }
}
