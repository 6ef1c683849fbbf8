//! The sign-in form, and the password proof behind it.

use super::{
    CallError, Derived, Effect, Event, Job, Notice, Purpose, Screen, answering,
    cx::Cx,
    job::PasswordProof,
    session,
    state::{
        Answering, Awaiting, Challenge, ChallengeKind, Credentials, EnteringCredentials, Ephemeral, NotSignedIn,
        PasswordChallenge, Phase, SigningIn,
    },
    totp_setup,
};
use crate::{
    Secret,
    idp::{AuthReply, ChallengeName, InitiateAuthRequest, Reply, Request, RespondToAuthChallengeRequest, StringMap},
    srp,
};

/// The screen of somebody who is not signed in.
pub(super) fn signed_out(cx: &mut Cx<'_>, notice: Option<Notice>) -> Phase {
    let sign_in_name = cx.settings().sign_in_name.clone();
    match cx.settings().purpose {
        Purpose::SignIn => enter_credentials(cx, sign_in_name, notice),
        Purpose::Account => Phase::NotSignedIn(NotSignedIn { notice: notice.and_then(|notice| cx.show(notice)) }),
    }
}

/// The sign-in form, with what was typed as a name.
pub(super) fn enter_credentials(cx: &mut Cx<'_>, sign_in_name: String, notice: Option<Notice>) -> Phase {
    let notice = notice.and_then(|notice| cx.show(notice));
    Phase::EnteringCredentials(Box::new(EnteringCredentials { sign_in_name, notice, ephemeral: Ephemeral::None }))
}

/// What every phase without tokens does with an event that is not its own.
pub(super) fn ignore(cx: &mut Cx<'_>, event: &Event) {
    match event {
        Event::TokensRequested { request } => {
            cx.effect(Effect::AnswerTokens { request: *request, outcome: Err(Notice::NotSignedIn) });
        }
        // Whoever waited for the lock is gone; the other tabs must not wait.
        Event::RefreshLockAcquired { .. } => cx.effect(Effect::ReleaseRefreshLock),
        _ => {}
    }
}

/// The next phase after a reply that belongs to a sign-in: tokens, or a challenge, whichever it is.
pub(super) fn advance(cx: &mut Cx<'_>, credentials: Credentials, user_id: String, reply: AuthReply) -> Phase {
    if let Some(result) = reply.authentication_result {
        return session::complete(cx, credentials.sign_in_name, user_id, result);
    }
    let Some(name) = reply.challenge_name else {
        return enter_credentials(cx, credentials.sign_in_name, Some(Notice::BadReply));
    };
    let user_id = user_id_in(&reply.challenge_parameters).unwrap_or(user_id);
    let challenge = |kind, parameters| Challenge { kind, user_id: user_id.clone(), session: reply.session.clone(), parameters };
    match name {
        ChallengeName::CustomChallenge => {
            let kind = custom_kind(&reply.challenge_parameters);
            answering::open(cx, credentials, challenge(kind, reply.challenge_parameters))
        }
        ChallengeName::SoftwareTokenMfa => {
            answering::open(cx, credentials, challenge(ChallengeKind::TotpCode, reply.challenge_parameters))
        }
        ChallengeName::MfaSetup if can_set_up_totp(&reply.challenge_parameters) => {
            totp_setup::demand(cx, credentials, user_id, reply.session)
        }
        ChallengeName::PasswordVerifier
        | ChallengeName::MfaSetup
        | ChallengeName::SmsMfa
        | ChallengeName::EmailOtp
        | ChallengeName::SmsOtp
        | ChallengeName::SelectMfaType
        | ChallengeName::SelectChallenge
        | ChallengeName::NewPasswordRequired
        | ChallengeName::DeviceSrpAuth
        | ChallengeName::DevicePasswordVerifier
        | ChallengeName::Password
        | ChallengeName::PasswordSrp
        | ChallengeName::WebAuthn
        | ChallengeName::AdminNoSrpAuth
        | ChallengeName::Other(_) => {
            let notice = Notice::UnsupportedChallenge(name.as_str().to_owned());
            enter_credentials(cx, credentials.sign_in_name, Some(notice))
        }
    }
}

/// The real username, which every answer from here on carries (protocol notes 3.4).
fn user_id_in(parameters: &StringMap) -> Option<String> {
    parameters.get("USER_ID_FOR_SRP").or_else(|| parameters.get("USERNAME")).map(str::to_owned)
}

fn custom_kind(parameters: &StringMap) -> ChallengeKind {
    match parameters.get("type") {
        None | Some("EMAIL_CODE") => ChallengeKind::EmailCode,
        Some(_) => ChallengeKind::Custom,
    }
}

/// `MFAS_CAN_SETUP` is a JSON array as text; its names contain nothing that JSON would escape.
fn can_set_up_totp(parameters: &StringMap) -> bool {
    parameters.get("MFAS_CAN_SETUP").is_none_or(|names| names.contains("\"SOFTWARE_TOKEN_MFA\""))
}

impl NotSignedIn {
    pub fn on(self, cx: &mut Cx<'_>, event: Event) -> Phase {
        match event {
            Event::SignInRequested | Event::ScreenRequested(Screen::SignIn) => {
                let sign_in_name = cx.settings().sign_in_name.clone();
                enter_credentials(cx, sign_in_name, None)
            }
            Event::StorageChanged { stored: Some(stored) } => session::adopt(cx, stored),
            event => {
                ignore(cx, &event);
                Phase::NotSignedIn(self)
            }
        }
    }
}

impl EnteringCredentials {
    pub fn on(mut self: Box<Self>, cx: &mut Cx<'_>, event: Event) -> Phase {
        match event {
            Event::CredentialsTouched => {
                if matches!(self.ephemeral, Ephemeral::None) {
                    self.ephemeral = Ephemeral::Deriving(cx.derive(Job::MakePublicValue));
                }
            }
            Event::Derived { id, derived } if matches!(self.ephemeral, Ephemeral::Deriving(job) if job == id) => {
                self.ephemeral = match derived {
                    Derived::PublicValue(ephemeral) => Ephemeral::Ready(ephemeral),
                    Derived::PasswordClaim(_) | Derived::Failed(_) => Ephemeral::None,
                };
            }
            Event::CredentialsSubmitted { sign_in_name, password } => {
                self.sign_in_name = sign_in_name.trim().to_owned();
                let missing = if self.sign_in_name.is_empty() {
                    Some(Notice::NameMissing)
                } else if password.is_empty() {
                    Some(Notice::PasswordMissing)
                } else {
                    None
                };
                match missing {
                    Some(notice) => self.notice = cx.show(notice),
                    None => {
                        let credentials = Credentials { sign_in_name: self.sign_in_name, password };
                        return begin(cx, credentials, self.ephemeral, None);
                    }
                }
            }
            Event::BackRequested if cx.settings().purpose == Purpose::Account => {
                return Phase::NotSignedIn(NotSignedIn { notice: None });
            }
            Event::StorageChanged { stored: Some(stored) } => return session::adopt(cx, stored),
            event => ignore(cx, &event),
        }
        Phase::EnteringCredentials(self)
    }
}

/// Begins a sign-in; `renewing` is the challenge whose code is to be sent anew.
pub(super) fn begin(cx: &mut Cx<'_>, credentials: Credentials, ephemeral: Ephemeral, renewing: Option<Box<Answering>>) -> Phase {
    let awaiting = match ephemeral {
        Ephemeral::Ready(ephemeral) => initiate(cx, &credentials, ephemeral),
        Ephemeral::Deriving(job) => Awaiting::PublicValue { job },
        Ephemeral::None => Awaiting::PublicValue { job: cx.derive(Job::MakePublicValue) },
    };
    Phase::SigningIn(Box::new(SigningIn { credentials, awaiting, renewing }))
}

fn initiate(cx: &mut Cx<'_>, credentials: &Credentials, ephemeral: Box<srp::ClientEphemeral>) -> Awaiting {
    let flow = cx.settings().password_flow.auth_flow();
    let mut auth_parameters = StringMap::of([("USERNAME", &credentials.sign_in_name), ("SRP_A", ephemeral.public_hex())]);
    if flow == crate::idp::AuthFlow::CustomAuth {
        auth_parameters.insert("CHALLENGE_NAME", "SRP_A");
    }
    let call = cx.call(Request::InitiateAuth(InitiateAuthRequest {
        auth_flow: flow,
        client_id: cx.settings().client_id.clone(),
        auth_parameters,
        client_metadata: cx.settings().client_metadata.clone(),
        session: None,
        analytics_metadata: StringMap::default(),
        user_context_data: StringMap::default(),
    }));
    Awaiting::PasswordChallenge { call, ephemeral }
}

/// An answer to a challenge, with what every answer carries.
pub(super) fn respond(
    cx: &mut Cx<'_>,
    challenge_name: ChallengeName,
    session: Option<Secret>,
    challenge_responses: StringMap,
) -> u32 {
    cx.call(Request::RespondToAuthChallenge(RespondToAuthChallengeRequest {
        client_id: cx.settings().client_id.clone(),
        challenge_name,
        session,
        challenge_responses,
        client_metadata: cx.settings().client_metadata.clone(),
        analytics_metadata: StringMap::default(),
        user_context_data: StringMap::default(),
    }))
}

impl SigningIn {
    pub fn on(self, cx: &mut Cx<'_>, event: Event) -> Phase {
        let Self { credentials, awaiting, mut renewing } = self;
        let awaiting = match (awaiting, event) {
            (Awaiting::PublicValue { job }, Event::Derived { id, derived }) if id == job => match derived {
                Derived::PublicValue(ephemeral) => initiate(cx, &credentials, ephemeral),
                Derived::PasswordClaim(_) | Derived::Failed(_) => {
                    return fail(cx, credentials, renewing, Notice::Unexpected);
                }
            },
            (Awaiting::PasswordChallenge { call, ephemeral }, Event::Replied { id, outcome, .. }) if id == call => {
                match outcome {
                    Ok(Reply::Auth(reply)) if reply.challenge_name == Some(ChallengeName::PasswordVerifier) => {
                        match prove(cx, &credentials, ephemeral, reply) {
                            Some(awaiting) => awaiting,
                            None => return fail(cx, credentials, renewing, Notice::BadReply),
                        }
                    }
                    outcome => {
                        let user_id = credentials.sign_in_name.clone();
                        return conclude(cx, credentials, user_id, renewing, outcome);
                    }
                }
            }
            (Awaiting::Proof { job, challenge }, Event::Derived { id, derived }) if id == job => match derived {
                Derived::PasswordClaim(signature) => {
                    let responses = StringMap::of([
                        ("USERNAME", &challenge.user_id),
                        ("PASSWORD_CLAIM_SECRET_BLOCK", &challenge.secret_block_base64),
                        ("TIMESTAMP", &challenge.timestamp),
                        ("PASSWORD_CLAIM_SIGNATURE", signature.expose()),
                    ]);
                    let call = respond(cx, ChallengeName::PasswordVerifier, challenge.session, responses);
                    Awaiting::Verdict { call, user_id: challenge.user_id }
                }
                // Hostile or broken values: B ≡ 0 mod N, u = 0, a salt that is no number.
                Derived::Failed(_) | Derived::PublicValue(_) => {
                    return fail(cx, credentials, renewing, Notice::BadReply);
                }
            },
            (Awaiting::Verdict { call, user_id }, Event::Replied { id, outcome, .. }) if id == call => {
                return conclude(cx, credentials, user_id, renewing, outcome);
            }
            (awaiting, Event::TimerFired { id }) => {
                if let Some(answering) = renewing.as_mut().filter(|answering| answering.session_timer == id) {
                    answering.session_over = true;
                }
                awaiting
            }
            (_, Event::BackRequested) => {
                return enter_credentials(cx, credentials.sign_in_name, None);
            }
            (awaiting, event) => {
                ignore(cx, &event);
                awaiting
            }
        };
        Phase::SigningIn(Box::new(Self { credentials, awaiting, renewing }))
    }
}

/// The job for a `PASSWORD_VERIFIER`; `None` when the challenge lacks what it must have.
fn prove(cx: &mut Cx<'_>, credentials: &Credentials, ephemeral: Box<srp::ClientEphemeral>, reply: AuthReply) -> Option<Awaiting> {
    let parameters = &reply.challenge_parameters;
    let user_id = user_id_in(parameters)?;
    let secret_block_base64 = parameters.get("SECRET_BLOCK")?.to_owned();
    // The service's clock, not the local one: a computer whose clock is wrong signs in all the same.
    let timestamp = srp::format_timestamp(cx.service_millis());
    let job = cx.derive(Job::ProvePassword(Box::new(PasswordProof {
        ephemeral,
        pool_name: cx.settings().pool_name.clone(),
        user_id_for_srp: user_id.clone(),
        password: credentials.password.clone(),
        salt_hex: parameters.get("SALT")?.to_owned(),
        srp_b_hex: parameters.get("SRP_B")?.to_owned(),
        secret_block_base64: secret_block_base64.clone(),
        timestamp: timestamp.clone(),
    })));
    let challenge = PasswordChallenge { user_id, session: reply.session, secret_block_base64, timestamp };
    Some(Awaiting::Proof { job, challenge })
}

/// Where a reply that is not `PASSWORD_VERIFIER` leads.
fn conclude(
    cx: &mut Cx<'_>,
    credentials: Credentials,
    user_id: String,
    renewing: Option<Box<Answering>>,
    outcome: Result<Reply, CallError>,
) -> Phase {
    match outcome {
        Ok(Reply::Auth(reply)) => {
            let renewed = renewing.is_some();
            let mut phase = advance(cx, credentials, user_id, reply);
            if renewed
                && let Phase::Answering(answering) = &mut phase
                && answering.challenge.kind == ChallengeKind::EmailCode
            {
                answering.renewed_at_millis = Some(cx.now_millis);
                answering.notice = cx.show(Notice::NewCodeSent);
            }
            phase
        }
        Ok(_) => fail(cx, credentials, renewing, Notice::BadReply),
        Err(error) => fail(cx, credentials, renewing, Notice::of(&error)),
    }
}

/// Back to the form; or, when only a new code was wanted, back to the challenge that is still open.
fn fail(cx: &mut Cx<'_>, credentials: Credentials, renewing: Option<Box<Answering>>, notice: Notice) -> Phase {
    match renewing {
        Some(mut answering) if !answering.session_over && leaves_open(&notice) => {
            answering.notice = cx.show(notice);
            Phase::Answering(answering)
        }
        _ => enter_credentials(cx, credentials.sign_in_name, Some(notice)),
    }
}

/// Whether a challenge is still worth answering when asking for a new code ended so.
fn leaves_open(notice: &Notice) -> bool {
    // A trigger's text, too: it may say how long to wait for the next code.
    matches!(notice, Notice::Network | Notice::Throttled | Notice::BadReply | Notice::ServiceText(_) | Notice::Unexpected)
}
