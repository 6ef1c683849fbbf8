//! What a signed-in person may change; so far the authenticator app.

use super::{
    CallError, Event, Notice, Screen,
    cx::Cx,
    state::{Shown, StoredSession},
    totp_setup::{TotpAwaiting, TotpOutcome, TotpSetup},
};
use crate::idp::{AccessTokenRequest, ErrorCode, GetUserReply, MfaSettings, Reply, Request, SetUserMfaPreferenceRequest};

/// The account part of a signed-in session.
#[derive(Debug)]
pub(super) enum Account {
    /// Not asked for: the sign-in element.
    None,
    /// `GetUser` is under way.
    Loading { call: u32 },
    /// `GetUser` failed.
    Unknown { notice: Option<Shown> },
    /// The settings.
    Overview { user: User, notice: Option<Shown> },
    /// An authenticator app is being set up.
    SettingUp { user: User, setup: Box<TotpSetup> },
    /// The authenticator app is being turned off.
    TurningOff { user: User, call: u32 },
}

/// What is known of the user.
#[derive(Clone, Debug)]
pub(super) struct User {
    pub email: Option<String>,
    pub has_authenticator: bool,
}

impl From<GetUserReply> for User {
    fn from(reply: GetUserReply) -> Self {
        let has_authenticator = reply.user_mfa_setting_list.iter().any(|factor| factor == "SOFTWARE_TOKEN_MFA");
        let email = reply.user_attributes.into_iter().find(|attribute| attribute.name == "email");
        Self { email: email.and_then(|attribute| attribute.value), has_authenticator }
    }
}

impl Account {
    pub fn load(cx: &mut Cx<'_>, session: &StoredSession) -> Self {
        let request = AccessTokenRequest { access_token: session.access_token.clone() };
        Self::Loading { call: cx.call(Request::GetUser(request)) }
    }

    /// Whether the event makes the account part call the service anew.
    pub fn needs_token(&self, event: &Event) -> bool {
        match self {
            Self::Unknown { .. } => matches!(event, Event::ResetRequested),
            Self::Overview { .. } => matches!(
                event,
                Event::AuthenticatorSetupRequested
                    | Event::AuthenticatorTurnOffRequested
                    | Event::ScreenRequested(Screen::TotpSetup)
            ),
            Self::SettingUp { setup, .. } => matches!(event, Event::AnswerSubmitted { .. }) && !setup.is_busy(),
            Self::None | Self::Loading { .. } | Self::TurningOff { .. } => false,
        }
    }

    /// Whether the call with this id is waited for.
    pub fn awaits(&self, id: u32) -> bool {
        match self {
            Self::Loading { call } | Self::TurningOff { call, .. } => *call == id,
            Self::SettingUp { setup, .. } => setup.awaits(id),
            Self::None | Self::Unknown { .. } | Self::Overview { .. } => false,
        }
    }

    pub fn screen(&self) -> Screen {
        match self {
            Self::None => Screen::SignedIn,
            Self::SettingUp { .. } => Screen::TotpSetup,
            Self::Loading { .. } | Self::Unknown { .. } | Self::Overview { .. } | Self::TurningOff { .. } => Screen::Account,
        }
    }

    /// The tokens could not be refreshed for now.
    pub fn fail(self, cx: &mut Cx<'_>, notice: Notice) -> Self {
        match self {
            Self::Overview { user, .. } => Self::Overview { user, notice: cx.show(notice) },
            Self::SettingUp { user, mut setup } => {
                setup.notice = cx.show(notice);
                Self::SettingUp { user, setup }
            }
            Self::Unknown { .. } => Self::Unknown { notice: cx.show(notice) },
            other => other,
        }
    }

    pub fn on(self, cx: &mut Cx<'_>, session: &StoredSession, event: Event) -> Self {
        match (self, event) {
            (Self::Loading { call }, Event::Replied { id, outcome, .. }) if id == call => match outcome {
                Ok(Reply::GetUser(reply)) => Self::Overview { user: reply.into(), notice: None },
                Ok(_) => Self::Unknown { notice: cx.show(Notice::BadReply) },
                Err(error) => Self::Unknown { notice: cx.show(Notice::of(&error)) },
            },
            (Self::Unknown { .. }, Event::ResetRequested) => Self::load(cx, session),
            (Self::Overview { user, .. }, Event::AuthenticatorSetupRequested | Event::ScreenRequested(Screen::TotpSetup)) => {
                let label = cx.settings().totp_label.clone();
                let label = label.or_else(|| user.email.clone()).unwrap_or_else(|| session.username.clone());
                let setup = TotpSetup::begin(cx, Some(session.access_token.clone()), None, label);
                Self::SettingUp { user, setup: Box::new(setup) }
            }
            (Self::Overview { user, .. }, Event::AuthenticatorTurnOffRequested) => {
                let call = prefer_authenticator(cx, session, false);
                Self::TurningOff { user, call }
            }
            (Self::SettingUp { user, setup }, Event::BackRequested | Event::ResetRequested) if !setup.is_concluding() => {
                Self::Overview { user, notice: None }
            }
            (Self::SettingUp { user, setup }, event) => set_up(cx, session, user, *setup, event),
            (Self::TurningOff { mut user, call }, Event::Replied { id, outcome, .. }) if id == call => {
                let notice = match outcome {
                    Ok(_) => {
                        user.has_authenticator = false;
                        Notice::AuthenticatorOff
                    }
                    Err(CallError::Service(error)) if error.code == ErrorCode::InvalidParameter => Notice::AuthenticatorRequired,
                    Err(error) => Notice::of(&error),
                };
                Self::Overview { user, notice: cx.show(notice) }
            }
            (account, _) => account,
        }
    }
}

fn set_up(cx: &mut Cx<'_>, session: &StoredSession, mut user: User, mut setup: TotpSetup, event: Event) -> Account {
    setup.access_token = Some(session.access_token.clone());
    let setup = match setup.on(cx, event) {
        TotpOutcome::Continue(setup) => setup,
        TotpOutcome::Verified(mut setup, _) => {
            setup.awaiting = TotpAwaiting::Conclusion { call: prefer_authenticator(cx, session, true) };
            setup
        }
        TotpOutcome::Concluded(outcome) => {
            let notice = match *outcome {
                Ok(_) => {
                    user.has_authenticator = true;
                    Notice::AuthenticatorOn
                }
                Err(error) => Notice::of(&error),
            };
            return Account::Overview { user, notice: cx.show(notice) };
        }
        TotpOutcome::Failed(notice) => return Account::Overview { user, notice: cx.show(notice) },
    };
    Account::SettingUp { user, setup: Box::new(setup) }
}

/// A factor that is not mentioned keeps its state.
fn prefer_authenticator(cx: &mut Cx<'_>, session: &StoredSession, on: bool) -> u32 {
    cx.call(Request::SetUserMfaPreference(SetUserMfaPreferenceRequest {
        access_token: session.access_token.clone(),
        sms_mfa_settings: None,
        software_token_mfa_settings: Some(MfaSettings { enabled: Some(on), preferred_mfa: Some(on) }),
        email_mfa_settings: None,
        web_authn_mfa_settings: None,
    }))
}
