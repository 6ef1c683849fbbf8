//! The password is being proved by SRP.

use crate::{
    Secret,
    flow::{
        cx::{Core, Cx},
        event::{CallResult, Event, Outcome, Person, read_reply},
        form::Action,
        job::{Derived, Job, PasswordProof},
        notice::{Notice, NoticeKind},
        phase::{Credentials, Ephemeral, Goto, Next, Phase, Standing},
        screen::Screen,
        settings::PasswordFlow,
        view::{Details, View},
    },
    idp::{AuthReply, ChallengeName, InitiateAuthRequest, StringMap},
    srp::{self, ClientEphemeral},
};

#[derive(Debug)]
pub(in crate::flow) struct Proving {
    credentials: Credentials,
    awaiting: Awaiting,
}

/// The steps of a proof.
#[derive(Debug)]
enum Awaiting {
    PublicValue { job: u32 },
    PasswordChallenge { call: u32, ephemeral: Option<Box<ClientEphemeral>> },
    Proof { job: u32, challenge: PasswordChallenge },
    Verdict { call: u32, user_id: String },
}

/// What the proof of a `PASSWORD_VERIFIER` is sent with.
#[derive(Debug)]
struct PasswordChallenge {
    user_id: String,
    session: Option<Secret>,
    secret_block_base64: String,
    timestamp: String,
}

impl Proving {
    pub fn new(cx: &mut Cx<'_>, credentials: Credentials, ephemeral: Ephemeral) -> Self {
        let awaiting = match ephemeral {
            _ if cx.settings().password_flow == PasswordFlow::Plain => send_password(cx, &credentials),
            Ephemeral::Ready(ephemeral) => initiate(cx, &credentials, ephemeral),
            Ephemeral::Deriving(job) => Awaiting::PublicValue { job },
            Ephemeral::None => Awaiting::PublicValue { job: cx.derive(Job::MakePublicValue) },
        };
        Self { credentials, awaiting }
    }

    fn on_derived(&mut self, cx: &mut Cx<'_>, derived: Derived) -> Next {
        self.awaiting = match (&mut self.awaiting, derived) {
            (Awaiting::PublicValue { .. }, Derived::PublicValue(ephemeral)) => initiate(cx, &self.credentials, ephemeral),
            (Awaiting::PublicValue { .. }, Derived::PasswordClaim(_) | Derived::Failed(_)) => {
                return self.unproved(NoticeKind::Unexpected);
            }
            (Awaiting::Proof { challenge, .. }, Derived::PasswordClaim(signature)) => {
                let responses = StringMap::of([
                    ("USERNAME", &challenge.user_id),
                    ("PASSWORD_CLAIM_SECRET_BLOCK", &challenge.secret_block_base64),
                    ("TIMESTAMP", &challenge.timestamp),
                    ("PASSWORD_CLAIM_SIGNATURE", signature.expose()),
                ]);
                let call = cx.respond(ChallengeName::PasswordVerifier, challenge.session.take(), responses);
                Awaiting::Verdict { call, user_id: core::mem::take(&mut challenge.user_id) }
            }
            // Hostile or broken values: B ≡ 0 mod N, u = 0, a salt that is no number.
            (Awaiting::Proof { .. }, Derived::PublicValue(_) | Derived::Failed(_)) => return self.unproved(NoticeKind::BadReply),
            (Awaiting::PasswordChallenge { .. } | Awaiting::Verdict { .. }, _) => return Next::Stay,
        };
        Next::Stay
    }

    fn on_reply(&mut self, cx: &mut Cx<'_>, reply: CallResult) -> Next {
        let reply = match read_reply::<InitiateAuthRequest>(reply) {
            Ok(reply) => reply,
            Err(error) => return self.refused(Notice::from(&error)),
        };
        let user_id = match &mut self.awaiting {
            Awaiting::PasswordChallenge { ephemeral, .. } if reply.challenge_name == Some(ChallengeName::PasswordVerifier) => {
                let ephemeral = ephemeral.take();
                return match ephemeral.and_then(|ephemeral| prove(cx, &self.credentials, ephemeral, reply)) {
                    Some(awaiting) => {
                        self.awaiting = awaiting;
                        Next::Stay
                    }
                    None => self.unproved(NoticeKind::BadReply),
                };
            }
            Awaiting::Verdict { user_id, .. } => core::mem::take(user_id),
            Awaiting::PasswordChallenge { .. } | Awaiting::PublicValue { .. } | Awaiting::Proof { .. } => {
                self.credentials.sign_in_name.clone()
            }
        };
        Goto::Replied { credentials: self.credentials.clone(), user_id, reply }.into()
    }

    /// The service did not take the password, or something must come before it does.
    fn refused(&self, notice: Notice) -> Next {
        if notice.kind == NoticeKind::NotConfirmed {
            let credentials = self.credentials.clone();
            Goto::ConfirmSignUp { credentials, destination: None, notice: Some(notice), sends_code: true }.into()
        } else if notice.kind == NoticeKind::PasswordResetRequired {
            let sign_in_name = self.credentials.sign_in_name.clone();
            Goto::ForgotPassword { sign_in_name, notice: Some(notice) }.into()
        } else {
            self.unproved(notice)
        }
    }

    fn unproved(&self, notice: impl Into<Notice>) -> Next {
        Goto::Unproved { sign_in_name: self.credentials.sign_in_name.clone(), notice: notice.into() }.into()
    }
}

impl Phase for Proving {
    fn standing(&self) -> Standing {
        Standing::SigningIn
    }

    fn on(&mut self, cx: &mut Cx<'_>, event: Event) -> Next {
        match event {
            Event::Outcome(Outcome::Derived { id, derived }) if self.awaiting.job() == Some(id) => self.on_derived(cx, derived),
            Event::Outcome(Outcome::Replied { id, reply, .. }) if self.awaiting.call() == Some(id) => self.on_reply(cx, reply),
            Event::Person(Person::Pressed(Action::Back)) => self.credentials.to_form(None),
            Event::Person(_) | Event::Page(_) | Event::Outcome(_) => Next::Stay,
        }
    }

    fn view(&self, _core: &Core) -> View {
        View::of(Screen::SignIn, true, Details::Name(self.credentials.sign_in_name.clone()))
    }
}

impl Awaiting {
    fn job(&self) -> Option<u32> {
        match self {
            Self::PublicValue { job } | Self::Proof { job, .. } => Some(*job),
            Self::PasswordChallenge { .. } | Self::Verdict { .. } => None,
        }
    }

    fn call(&self) -> Option<u32> {
        match self {
            Self::PasswordChallenge { call, .. } | Self::Verdict { call, .. } => Some(*call),
            Self::PublicValue { .. } | Self::Proof { .. } => None,
        }
    }
}

fn initiate(cx: &mut Cx<'_>, credentials: &Credentials, ephemeral: Box<ClientEphemeral>) -> Awaiting {
    let mut auth_parameters = StringMap::of([("USERNAME", &credentials.sign_in_name), ("SRP_A", ephemeral.public_hex())]);
    if cx.settings().password_flow == PasswordFlow::Custom {
        auth_parameters.insert("CHALLENGE_NAME", "SRP_A");
    }
    Awaiting::PasswordChallenge { call: call(cx, auth_parameters), ephemeral: Some(ephemeral) }
}

/// The password itself, where nothing else will do.
fn send_password(cx: &mut Cx<'_>, credentials: &Credentials) -> Awaiting {
    let mut auth_parameters = StringMap::of([("USERNAME", credentials.sign_in_name.as_str())]);
    auth_parameters.insert("PASSWORD", credentials.password.clone().unwrap_or_default());
    Awaiting::Verdict { call: call(cx, auth_parameters), user_id: credentials.sign_in_name.clone() }
}

fn call(cx: &mut Cx<'_>, auth_parameters: StringMap) -> u32 {
    let request = InitiateAuthRequest {
        auth_flow: cx.settings().password_flow.auth_flow(),
        client_id: cx.settings().client_id.clone(),
        auth_parameters,
        client_metadata: cx.settings().client_metadata.clone(),
        session: None,
        analytics_metadata: StringMap::default(),
        user_context_data: StringMap::default(),
    };
    cx.call(request)
}

/// The job for a `PASSWORD_VERIFIER`; `None` when the challenge lacks what it must have.
fn prove(cx: &mut Cx<'_>, credentials: &Credentials, ephemeral: Box<ClientEphemeral>, reply: AuthReply) -> Option<Awaiting> {
    let parameters = &reply.challenge_parameters;
    let user_id = parameters.user_id()?.to_owned();
    let secret_block_base64 = parameters.get("SECRET_BLOCK")?.to_owned();
    // The service's clock, not the local one: a computer whose clock is wrong signs in all the same.
    let timestamp = srp::format_timestamp(cx.service_millis());
    let job = cx.derive(Job::ProvePassword(Box::new(PasswordProof {
        ephemeral,
        pool_name: cx.settings().pool_name.clone(),
        user_id_for_srp: user_id.clone(),
        password: credentials.password.clone()?,
        salt_hex: parameters.get("SALT")?.to_owned(),
        srp_b_hex: parameters.get("SRP_B")?.to_owned(),
        secret_block_base64: secret_block_base64.clone(),
        timestamp: timestamp.clone(),
    })));
    let challenge = PasswordChallenge { user_id, session: reply.session, secret_block_base64, timestamp };
    Some(Awaiting::Proof { job, challenge })
}
