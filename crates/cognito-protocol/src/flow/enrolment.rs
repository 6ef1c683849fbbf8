//! Setting up an authenticator app: because the pool demands it before it signs in, or because a signed-in person wants it.

use super::{
    challenge::totp_code::{read_error, read_totp_code},
    cx::{Core, Cx},
    event::{CallResult, Event, Outcome, Person, read_reply},
    form::{Answers, field},
    notice::{Detail, Notice, NoticeKind},
    screen::Screen,
    view::{Details, Shown, TotpSetupView, View},
};
use crate::{
    Secret,
    idp::{AssociateSoftwareTokenRequest, VerifySoftwareTokenRequest},
    totp,
};

/// How far from now a code is looked for, in steps of 30 seconds, to tell a wrong clock from a wrong code.
const REACH_STEPS: i64 = 10;

/// An enrolment.
#[derive(Debug)]
pub(super) struct Enrolment {
    stage: Stage,
    /// Until the service has accepted a code.
    secret: Option<TotpSecret>,
    /// The account that the authenticator app shows.
    label: String,
    notice: Option<Shown>,
    /// The newest, when signed in.
    pub access_token: Option<Secret>,
    /// The code that was refused here and not by the service.
    doubted: Option<Secret>,
    /// The last event brought a new session.
    session_renewed: bool,
}

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// The new secret.
    Secret { call: u32 },
    /// The person's code.
    Code,
    /// The service's word on the code.
    Verdict { call: u32 },
    /// What follows the enrolment.
    Conclusion { call: u32 },
}

#[derive(Debug)]
struct TotpSecret {
    base32: Secret,
    /// In the session mode; a refused code does not spend it.
    session: Option<Secret>,
}

/// What an event did to an enrolment.
pub(super) enum Enrolling {
    /// It goes on.
    Continues,
    /// The service accepted the code; with the session to go on with.
    Verified(Option<Secret>),
    /// The call after the enrolment is over.
    Concluded(CallResult),
    /// It cannot go on.
    Failed(Notice),
}

impl Enrolment {
    /// Asks for a new secret. Every asking makes the one before worthless.
    pub fn begin(cx: &mut Cx<'_>, access_token: Option<Secret>, session: Option<Secret>, label: String) -> Self {
        let call = cx.call(AssociateSoftwareTokenRequest { access_token: access_token.clone(), session });
        let stage = Stage::Secret { call };
        Self { stage, secret: None, label, notice: None, access_token, doubted: None, session_renewed: false }
    }

    pub fn is_busy(&self) -> bool {
        self.stage != Stage::Code
    }

    /// Whether the code was accepted, so that there is nothing left to leave.
    pub fn is_concluding(&self) -> bool {
        matches!(self.stage, Stage::Conclusion { .. })
    }

    /// Waits for the call that follows the enrolment.
    pub fn conclude(&mut self, call: u32) {
        self.stage = Stage::Conclusion { call };
        self.secret = None;
    }

    /// Whether the call with this id is waited for.
    pub fn awaits(&self, id: u32) -> bool {
        match self.stage {
            Stage::Secret { call } | Stage::Verdict { call } | Stage::Conclusion { call } => call == id,
            Stage::Code => false,
        }
    }

    /// Whether there was a new session since the last time of asking. Every session lives as long as the first.
    pub fn takes_new_session(&mut self) -> bool {
        core::mem::take(&mut self.session_renewed)
    }

    pub fn tell(&mut self, cx: &mut Cx<'_>, notice: Notice) {
        self.notice = cx.show(notice);
    }

    pub fn on(&mut self, cx: &mut Cx<'_>, event: Event) -> Enrolling {
        match event {
            Event::Person(Person::Submitted(answers)) => self.on_submitted(cx, answers),
            Event::Outcome(Outcome::Replied { id, reply, .. }) if self.awaits(id) => {
                return match self.stage {
                    Stage::Secret { .. } => self.on_secret(reply),
                    Stage::Verdict { .. } => self.on_verdict(cx, reply),
                    Stage::Conclusion { .. } => Enrolling::Concluded(reply),
                    Stage::Code => Enrolling::Continues,
                };
            }
            Event::Person(_) | Event::Page(_) | Event::Outcome(_) => {}
        }
        Enrolling::Continues
    }

    fn on_submitted(&mut self, cx: &mut Cx<'_>, mut answers: Answers) {
        let (Stage::Code, Some(secret), Some(typed)) = (self.stage, &self.secret, answers.take(field::CODE)) else { return };
        match secret.read(cx, &typed, &mut self.doubted) {
            Ok(user_code) => {
                self.notice = None;
                let call = cx.call(VerifySoftwareTokenRequest {
                    access_token: self.access_token.clone(),
                    session: secret.session.clone(),
                    user_code,
                    friendly_device_name: None,
                });
                self.stage = Stage::Verdict { call };
            }
            Err(notice) => self.notice = cx.show(notice),
        }
    }

    fn on_secret(&mut self, reply: CallResult) -> Enrolling {
        match read_reply::<AssociateSoftwareTokenRequest>(reply) {
            Ok(reply) => {
                self.session_renewed = true;
                self.secret = Some(TotpSecret { base32: reply.secret_code, session: reply.session });
                self.stage = Stage::Code;
                Enrolling::Continues
            }
            Err(error) => Enrolling::Failed((&error).into()),
        }
    }

    fn on_verdict(&mut self, cx: &mut Cx<'_>, reply: CallResult) -> Enrolling {
        let notice: Notice = match read_reply::<VerifySoftwareTokenRequest>(reply) {
            Ok(reply) if reply.status.as_deref() == Some("SUCCESS") => return Enrolling::Verified(reply.session),
            Ok(reply) if reply.status.is_some() => {
                // An answered call has spent its session.
                if let (Some(session), Some(secret)) = (reply.session, &mut self.secret) {
                    secret.session = Some(session);
                    self.session_renewed = true;
                }
                NoticeKind::WrongCode.into()
            }
            Ok(_) => NoticeKind::BadReply.into(),
            Err(error) => Notice::from(&error).read_as(read_error),
        };
        if !notice.kind.leaves_challenge_open() {
            return Enrolling::Failed(notice);
        }
        self.stage = Stage::Code;
        self.notice = cx.show(notice);
        Enrolling::Continues
    }

    pub fn view(&self, core: &Core, signing_in: bool, account_name: &str) -> View {
        let setup = self.secret.as_ref().map(|secret| {
            let key_uri = totp::key_uri(secret.base32.expose(), &core.settings.totp_issuer, &self.label).into();
            TotpSetupView { secret_base32: secret.base32.clone(), key_uri, signing_in, account_name: account_name.to_owned() }
        });
        View::of(Screen::TotpSetup, self.is_busy(), Details::TotpSetup(setup)).telling(&self.notice)
    }
}

impl TotpSecret {
    /// The code to send, or what to say of it without asking the service. Whoever insists on a code gets the service's own verdict,
    /// because the clocks known here may have been set since.
    fn read(&self, cx: &Cx<'_>, typed: &Secret, doubted: &mut Option<Secret>) -> Result<Secret, Notice> {
        let code = match read_totp_code(typed) {
            Ok(code) => code,
            Err(kind) => {
                *doubted = None;
                return Err(kind.into());
            }
        };
        let Some(notice) = self.doubt(cx, &code) else { return Ok(code) };
        let before = doubted.replace(code.clone());
        let insists = before.is_some_and(|before| before.is(code.expose()));
        if insists { Ok(code) } else { Err(notice) }
    }

    /// What is wrong with a code, as far as can be told here. The service's clock decides; when its replies did not tell it, so
    /// does the service alone.
    fn doubt(&self, cx: &Cx<'_>, code: &Secret) -> Option<Notice> {
        if !cx.knows_service_clock() {
            return None;
        }
        let now_secs = cx.service_millis().div_euclid(1000);
        match totp::window_of(&self.base32, code.expose(), now_secs, REACH_STEPS) {
            Ok(Some(-1..=1)) | Err(_) => None,
            Ok(Some(steps)) => Some(Notice { detail: Detail::Seconds(steps * 30), ..NoticeKind::ClockOff.into() }),
            Ok(None) => Some(NoticeKind::WrongCode.into()),
        }
    }
}
