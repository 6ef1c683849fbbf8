//! Challenges that the person answers: an e-mailed code, the pool's own question, an authenticator code.

use super::{
    CallError, Event, HostEvent, Notice,
    cx::Cx,
    sign_in::{advance, begin, enter_credentials, ignore, respond},
    state::{Answering, Challenge, ChallengeKind, Credentials, Ephemeral, Phase},
};
use crate::{
    Secret,
    idp::{AuthReply, ChallengeName, Reply, StringMap},
};

/// Opens a challenge.
pub(super) fn open(cx: &mut Cx<'_>, credentials: Credentials, challenge: Challenge) -> Phase {
    if challenge.kind != ChallengeKind::TotpCode {
        cx.tell(HostEvent::Challenge { parameters: challenge.parameters.clone() });
    }
    Phase::Answering(Box::new(Answering {
        challenge,
        credentials,
        pending: None,
        notice: None,
        session_timer: cx.start_session_timer(),
        session_over: false,
        renewed_at_millis: None,
        taken_over: false,
    }))
}

impl Answering {
    pub fn on(mut self: Box<Self>, cx: &mut Cx<'_>, event: Event) -> Phase {
        match event {
            Event::AnswerSubmitted { answer } if self.pending.is_none() => {
                match self.challenge.kind.read(&answer) {
                    Ok(answer) => {
                        self.notice = None;
                        self.pending = Some(self.respond(cx, &answer));
                    }
                    Err(notice) => self.notice = cx.show(notice),
                };
            }
            Event::Replied { id, outcome, .. } if self.pending == Some(id) => {
                self.pending = None;
                return match outcome {
                    Ok(Reply::Auth(reply)) => self.accept(cx, reply),
                    Ok(_) => self.refuse(cx, Notice::BadReply),
                    Err(error) => {
                        let notice = self.notice_of(&error);
                        self.refuse(cx, notice)
                    }
                };
            }
            Event::NewCodeRequested if self.pending.is_none() && self.challenge.kind == ChallengeKind::EmailCode => {
                let Credentials { sign_in_name, password } = &self.credentials;
                let again = Credentials { sign_in_name: sign_in_name.clone(), password: password.clone() };
                self.notice = None;
                return begin(cx, again, Ephemeral::None, Some(self));
            }
            Event::ChallengeTakenOver if self.challenge.kind != ChallengeKind::TotpCode => self.taken_over = true,
            Event::TimerFired { id } if id == self.session_timer => {
                if self.pending.is_none() {
                    return enter_credentials(cx, self.credentials.sign_in_name, Some(Notice::SessionOver));
                }
                // An answer that is under way may have arrived in time.
                self.session_over = true;
            }
            Event::BackRequested => {
                return enter_credentials(cx, self.credentials.sign_in_name, None);
            }
            event => ignore(cx, &event),
        }
        Phase::Answering(self)
    }

    fn respond(&self, cx: &mut Cx<'_>, answer: &Secret) -> u32 {
        let (name, key) = match self.challenge.kind {
            ChallengeKind::EmailCode | ChallengeKind::Custom => (ChallengeName::CustomChallenge, "ANSWER"),
            ChallengeKind::TotpCode => (ChallengeName::SoftwareTokenMfa, "SOFTWARE_TOKEN_MFA_CODE"),
        };
        let responses = StringMap::of([("USERNAME", &self.challenge.user_id), (key, answer.expose())]);
        respond(cx, name, self.challenge.session.clone(), responses)
    }

    /// A successful call: tokens, the next challenge, or another try at the same.
    fn accept(mut self: Box<Self>, cx: &mut Cx<'_>, reply: AuthReply) -> Phase {
        let again = reply.authentication_result.is_none()
            && reply.challenge_name == Some(ChallengeName::CustomChallenge)
            && self.challenge.asks_again(&reply.challenge_parameters);
        if !again {
            return advance(cx, self.credentials, self.challenge.user_id, reply);
        }
        // The triggers gave another try; the old session is spent, the new one must be answered.
        self.challenge.session = reply.session;
        self.challenge.parameters = reply.challenge_parameters;
        self.session_timer = cx.start_session_timer();
        self.session_over = false;
        // Our own triggers tell a code that came too late from one that is wrong.
        let is_expired = self.challenge.parameters.get("expired") == Some("true");
        self.notice = cx.show(if is_expired { Notice::CodeExpired } else { Notice::WrongCode });
        Phase::Answering(self)
    }

    /// A failed call: the session is still good, or everything begins again.
    fn refuse(mut self: Box<Self>, cx: &mut Cx<'_>, notice: Notice) -> Phase {
        match notice {
            _ if self.session_over => enter_credentials(cx, self.credentials.sign_in_name, Some(Notice::SessionOver)),
            Notice::WrongCode
            | Notice::CodeExpired
            | Notice::CodeUsed
            | Notice::Throttled
            | Notice::Network
            | Notice::BadReply
            | Notice::ServiceText(_)
            | Notice::Unexpected => {
                self.notice = cx.show(notice);
                Phase::Answering(self)
            }
            notice => enter_credentials(cx, self.credentials.sign_in_name, Some(notice)),
        }
    }

    fn notice_of(&self, error: &CallError) -> Notice {
        match Notice::of(error) {
            // The password was right: the triggers ended the sign-in.
            Notice::WrongCredentials => Notice::SignInEnded,
            // Nobody can send a new one: the app shows it.
            Notice::CodeExpired if self.challenge.kind == ChallengeKind::TotpCode => Notice::CodeUsed,
            notice => notice,
        }
    }
}

impl Challenge {
    /// Whether `parameters` ask for the same once more, which means that the answer was wrong. E-mail codes are the same as long
    /// as they go to the same place: some triggers count attempts in their parameters.
    fn asks_again(&self, parameters: &StringMap) -> bool {
        match self.kind {
            ChallengeKind::EmailCode => ["type", "destination"].iter().all(|key| parameters.get(key) == self.parameters.get(key)),
            ChallengeKind::Custom => *parameters == self.parameters,
            ChallengeKind::TotpCode => false,
        }
    }
}

impl ChallengeKind {
    /// The answer as it is sent.
    fn read(self, typed: &Secret) -> Result<Secret, Notice> {
        let answer = match self {
            Self::EmailCode | Self::TotpCode => Secret::from(one_time_code::normalise(typed.expose())),
            Self::Custom => typed.clone(),
        };
        if answer.is_empty() {
            Err(Notice::AnswerMissing)
        } else if self == Self::TotpCode && !is_totp_code(&answer) {
            // The API takes six digits and nothing else; anything else cannot be right.
            Err(Notice::WrongCode)
        } else {
            Ok(answer)
        }
    }
}

/// Whether `code` has the form of an authenticator code.
pub(super) fn is_totp_code(code: &Secret) -> bool {
    code.expose().len() == 6 && code.expose().bytes().all(|byte| byte.is_ascii_digit())
}
