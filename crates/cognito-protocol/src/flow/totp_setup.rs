//! Setting up an authenticator app: because the pool demands it before it signs in, or because a signed-in person wants it.

use super::{
    CallError, Event, Notice,
    answering::is_totp_code,
    cx::Cx,
    sign_in::{advance, enter_credentials, ignore, respond},
    state::{Credentials, Phase, SettingUpTotp, Shown},
};
use crate::{
    Secret,
    idp::{AssociateSoftwareTokenRequest, ChallengeName, Reply, Request, StringMap, VerifySoftwareTokenRequest},
    totp,
};

/// How far from now a code is looked for, in steps of 30 seconds, to tell a wrong clock from a wrong code.
const REACH_STEPS: i64 = 10;

/// The steps of an enrolment.
#[derive(Debug)]
pub(super) struct TotpSetup {
    pub awaiting: TotpAwaiting,
    /// The account that the authenticator app shows.
    pub label: String,
    pub notice: Option<Shown>,
    /// The newest, when signed in.
    pub access_token: Option<Secret>,
    /// The code that was refused here and not by the service.
    doubted: Option<Secret>,
    /// The last event brought a new session.
    session_renewed: bool,
}

#[derive(Debug)]
pub(super) enum TotpAwaiting {
    /// The new secret.
    Secret { call: u32 },
    /// The person's code.
    Code(TotpSecret),
    /// The service's word on the code.
    Verdict { call: u32, secret: TotpSecret },
    /// What follows the enrolment.
    Conclusion { call: u32 },
}

#[derive(Debug)]
pub(super) struct TotpSecret {
    pub secret_base32: Secret,
    /// In the session mode; a refused code does not spend it.
    session: Option<Secret>,
}

/// What an event did to an enrolment.
pub(super) enum TotpOutcome {
    /// It goes on.
    Continue(TotpSetup),
    /// The service accepted the code; with the session to go on with.
    Verified(TotpSetup, Option<Secret>),
    /// The step after the enrolment is over.
    Concluded(Box<Result<Reply, CallError>>),
    /// It cannot go on.
    Failed(Notice),
}

impl TotpSetup {
    /// Asks for a new secret. Every asking makes the one before worthless.
    pub fn begin(cx: &mut Cx<'_>, access_token: Option<Secret>, session: Option<Secret>, label: String) -> Self {
        let request = AssociateSoftwareTokenRequest { access_token: access_token.clone(), session };
        let call = cx.call(Request::AssociateSoftwareToken(request));
        Self { awaiting: TotpAwaiting::Secret { call }, label, notice: None, access_token, doubted: None, session_renewed: false }
    }

    pub fn is_busy(&self) -> bool {
        !matches!(self.awaiting, TotpAwaiting::Code(_))
    }

    /// Whether the code was accepted, so that there is nothing left to leave.
    pub fn is_concluding(&self) -> bool {
        matches!(self.awaiting, TotpAwaiting::Conclusion { .. })
    }

    /// Whether the call with this id is waited for.
    pub fn awaits(&self, id: u32) -> bool {
        match self.awaiting {
            TotpAwaiting::Secret { call } | TotpAwaiting::Verdict { call, .. } | TotpAwaiting::Conclusion { call } => call == id,
            TotpAwaiting::Code(_) => false,
        }
    }

    pub fn on(mut self, cx: &mut Cx<'_>, event: Event) -> TotpOutcome {
        self.awaiting = match (self.awaiting, event) {
            (TotpAwaiting::Secret { call }, Event::Replied { id, outcome, .. }) if id == call => match outcome {
                Ok(Reply::AssociateSoftwareToken(reply)) => {
                    self.session_renewed = true;
                    TotpAwaiting::Code(TotpSecret { secret_base32: reply.secret_code, session: reply.session })
                }
                Ok(_) => return TotpOutcome::Failed(Notice::BadReply),
                Err(error) => return TotpOutcome::Failed(Notice::of(&error)),
            },
            (TotpAwaiting::Code(secret), Event::AnswerSubmitted { answer }) => {
                let code = Secret::from(one_time_code::normalise(answer.expose()));
                match secret.doubt(cx, &code, &mut self.doubted) {
                    Some(notice) => {
                        self.notice = cx.show(notice);
                        TotpAwaiting::Code(secret)
                    }
                    None => {
                        self.notice = None;
                        let call = cx.call(Request::VerifySoftwareToken(VerifySoftwareTokenRequest {
                            access_token: self.access_token.clone(),
                            session: secret.session.clone(),
                            user_code: code,
                            friendly_device_name: None,
                        }));
                        TotpAwaiting::Verdict { call, secret }
                    }
                }
            }
            (TotpAwaiting::Verdict { call, mut secret }, Event::Replied { id, outcome, .. }) if id == call => {
                let notice = match outcome {
                    Ok(Reply::VerifySoftwareToken(reply)) if reply.status.as_deref() == Some("SUCCESS") => {
                        self.awaiting = TotpAwaiting::Conclusion { call };
                        return TotpOutcome::Verified(self, reply.session);
                    }
                    // An answered call has spent its session.
                    Ok(Reply::VerifySoftwareToken(reply)) if reply.status.is_some() => {
                        if reply.session.is_some() {
                            secret.session = reply.session;
                            self.session_renewed = true;
                        }
                        Notice::WrongCode
                    }
                    Ok(_) => Notice::BadReply,
                    Err(error) => Notice::of(&error),
                };
                match notice {
                    Notice::WrongCode
                    | Notice::CodeUsed
                    | Notice::CodeExpired
                    | Notice::Throttled
                    | Notice::Network
                    | Notice::BadReply
                    | Notice::Unexpected => {
                        // Nobody can send a new code: the app shows it.
                        let notice = if notice == Notice::CodeExpired { Notice::CodeUsed } else { notice };
                        self.notice = cx.show(notice);
                        TotpAwaiting::Code(secret)
                    }
                    notice => return TotpOutcome::Failed(notice),
                }
            }
            (TotpAwaiting::Conclusion { call }, Event::Replied { id, outcome, .. }) if id == call => {
                return TotpOutcome::Concluded(Box::new(outcome));
            }
            (awaiting, event) => {
                ignore(cx, &event);
                awaiting
            }
        };
        TotpOutcome::Continue(self)
    }
}

impl TotpSecret {
    /// What to say of a code without asking the service. Whoever insists on a code gets the service's own verdict, because the
    /// clocks known here may have been set since.
    fn doubt(&self, cx: &Cx<'_>, code: &Secret, doubted: &mut Option<Secret>) -> Option<Notice> {
        let notice = self.judge(cx, code)?;
        let before = doubted.replace(code.clone());
        let insists = is_totp_code(code) && before.is_some_and(|before| before.expose() == code.expose());
        (!insists).then_some(notice)
    }

    /// What is wrong with a code, as far as can be told here. The service's clock decides; when its replies did not tell it, so
    /// does the service alone.
    fn judge(&self, cx: &Cx<'_>, code: &Secret) -> Option<Notice> {
        if code.is_empty() {
            return Some(Notice::AnswerMissing);
        }
        if !is_totp_code(code) {
            return Some(Notice::WrongCode);
        }
        if !cx.knows_service_clock() {
            return None;
        }
        let now_secs = cx.service_millis().div_euclid(1000);
        match totp::window_of(&self.secret_base32, code.expose(), now_secs, REACH_STEPS) {
            Ok(Some(-1..=1)) | Err(_) => None,
            Ok(Some(steps)) => Some(Notice::ClockOff { seconds: steps * 30 }),
            Ok(None) => Some(Notice::WrongCode),
        }
    }
}

/// The pool demands an authenticator app: `MFA_SETUP`.
pub(super) fn demand(cx: &mut Cx<'_>, credentials: Credentials, user_id: String, session: Option<Secret>) -> Phase {
    let label = cx.settings().totp_label.clone().unwrap_or_else(|| credentials.sign_in_name.clone());
    let setup = TotpSetup::begin(cx, None, session, label);
    let session_timer = cx.start_session_timer();
    Phase::SettingUpTotp(Box::new(SettingUpTotp { setup, user_id, credentials, session_timer, session_over: false }))
}

impl SettingUpTotp {
    pub fn on(self, cx: &mut Cx<'_>, event: Event) -> Phase {
        let Self { setup, user_id, credentials, mut session_timer, mut session_over } = self;
        match event {
            Event::BackRequested => return enter_credentials(cx, credentials.sign_in_name, None),
            // What is under way may have arrived in time.
            Event::TimerFired { id } if id == session_timer => session_over = true,
            _ => {}
        }
        let mut setup = match setup.on(cx, event) {
            TotpOutcome::Continue(setup) => setup,
            TotpOutcome::Verified(mut setup, session) => {
                let responses = StringMap::of([("USERNAME", &user_id)]);
                let call = respond(cx, ChallengeName::MfaSetup, session, responses);
                setup.awaiting = TotpAwaiting::Conclusion { call };
                setup
            }
            TotpOutcome::Concluded(outcome) => {
                let notice = match *outcome {
                    Ok(Reply::Auth(reply)) => return advance(cx, credentials, user_id, reply),
                    Ok(_) => Notice::BadReply,
                    Err(error) => Notice::of(&error),
                };
                return enter_credentials(cx, credentials.sign_in_name, Some(notice));
            }
            TotpOutcome::Failed(notice) => return enter_credentials(cx, credentials.sign_in_name, Some(notice)),
        };
        if core::mem::take(&mut setup.session_renewed) {
            // Every session lives as long as the first.
            session_timer = cx.start_session_timer();
            session_over = false;
        }
        if session_over && !setup.is_busy() {
            return enter_credentials(cx, credentials.sign_in_name, Some(Notice::SessionOver));
        }
        Phase::SettingUpTotp(Box::new(Self { setup, user_id, credentials, session_timer, session_over }))
    }
}
