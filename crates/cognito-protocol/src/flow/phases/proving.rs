//! The service is asked to let somebody in: the password is proved by SRP, or sent; or the service says what else there is to sign in by.

use crate::{
    Secret,
    flow::{
        cx::{Core, Cx},
        event::{CallResult, Event, Outcome, Person, read_reply},
        first_factor::FirstFactor,
        form::Action,
        job::{Derived, Job, PasswordProof},
        notice::{Notice, NoticeKind},
        phase::{Credentials, Ephemeral, Goto, Next, Phase, Standing},
        screen::Screen,
        settings::SignInFlow,
        view::{Details, View},
    },
    idp::{AuthReply, ChallengeName, InitiateAuthRequest, StringMap},
    srp::{self, ClientEphemeral},
};

/// The parameter that names what the person prefers to sign in by.
const PREFERRED: &str = "PREFERRED_CHALLENGE";

#[derive(Debug)]
pub(in crate::flow) struct Proving {
    credentials: Credentials,
    awaiting: Awaiting,
    /// The second factor that is asked for without asking the person once more. If the pool asks again, the person does.
    second_factor: Option<Secret>,
    /// Why another way than a passkey is to be chosen.
    failed: Option<Notice>,
}

/// The steps of a proof.
#[derive(Debug)]
enum Awaiting {
    Device { lookup: u32, then: Then },
    PublicValue { job: u32 },
    PasswordChallenge { call: u32, ephemeral: Option<Box<ClientEphemeral>> },
    Proof { job: u32, challenge: PasswordChallenge },
    Verdict { call: u32, user_id: String },
}

/// What is done once it is known whether there is a device.
#[derive(Debug)]
enum Then {
    /// Sends the name, and the password with it.
    Send,
    /// Proves the password.
    Prove { ephemeral: Box<ClientEphemeral>, reply: Box<AuthReply> },
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
        cx.leave_device();
        let awaiting = match ephemeral {
            _ if !is_proved(cx, &credentials) && credentials.is_without_device => send(cx, &credentials),
            _ if !is_proved(cx, &credentials) => {
                Awaiting::Device { lookup: cx.find_device(&credentials.sign_in_name), then: Then::Send }
            }
            Ephemeral::Ready(ephemeral) => initiate(cx, &credentials, ephemeral),
            Ephemeral::Deriving(job) => Awaiting::PublicValue { job },
            Ephemeral::None => Awaiting::PublicValue { job: cx.derive(Job::MakePublicValue) },
        };
        Self { credentials, awaiting, second_factor: None, failed: None }
    }

    /// Asks for the code of a first factor that the person chose.
    pub fn choosing(
        cx: &mut Cx<'_>,
        credentials: Credentials,
        user_id: String,
        session: Option<Secret>,
        factor: FirstFactor,
    ) -> Self {
        Self::answering(cx, credentials, user_id, session, (ChallengeName::SelectChallenge, factor.as_str()))
    }

    /// Asks for the code of a second factor that the person chose earlier.
    pub fn choosing_mfa(
        cx: &mut Cx<'_>,
        credentials: Credentials,
        user_id: String,
        session: Option<Secret>,
        choice: Secret,
    ) -> Self {
        let credentials = Credentials { second_factor: None, ..credentials };
        let answer = (ChallengeName::SelectMfaType, choice.expose());
        Self { second_factor: Some(choice.clone()), ..Self::answering(cx, credentials, user_id, session, answer) }
    }

    fn answering(
        cx: &mut Cx<'_>,
        credentials: Credentials,
        user_id: String,
        session: Option<Secret>,
        (challenge, answer): (ChallengeName, &str),
    ) -> Self {
        let responses = StringMap::of([("USERNAME", user_id.as_str()), ("ANSWER", answer)]);
        let call = cx.respond(challenge, session, responses);
        Self { credentials, awaiting: Awaiting::Verdict { call, user_id }, second_factor: None, failed: None }
    }

    fn on_derived(&mut self, cx: &mut Cx<'_>, derived: Derived) -> Next {
        self.awaiting = match (&mut self.awaiting, derived) {
            (Awaiting::PublicValue { .. }, Derived::PublicValue(ephemeral)) => initiate(cx, &self.credentials, ephemeral),
            (
                Awaiting::PublicValue { .. },
                Derived::RedirectSecrets(_) | Derived::PasswordClaim(_) | Derived::Device { .. } | Derived::Failed(_),
            ) => {
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
            (
                Awaiting::Proof { .. },
                Derived::PublicValue(_) | Derived::RedirectSecrets(_) | Derived::Device { .. } | Derived::Failed(_),
            ) => {
                return self.unproved(NoticeKind::BadReply);
            }
            (Awaiting::Device { .. } | Awaiting::PasswordChallenge { .. } | Awaiting::Verdict { .. }, _) => return Next::Stay,
        };
        Next::Stay
    }

    fn on_reply(&mut self, cx: &mut Cx<'_>, reply: CallResult) -> Next {
        let reply = match read_reply::<InitiateAuthRequest>(reply) {
            Ok(reply) => reply,
            Err(error) if error.is_about_device() && cx.forget_device() => {
                let credentials = Credentials { is_without_device: true, ..self.credentials.clone() };
                return Goto::Prove { credentials, ephemeral: Ephemeral::None }.into();
            }
            Err(error) => return self.refused(Notice::from(&error)),
        };
        let user_id = match &mut self.awaiting {
            Awaiting::PasswordChallenge { ephemeral, .. } if reply.challenge_name == Some(ChallengeName::PasswordVerifier) => {
                let Some(ephemeral) = ephemeral.take() else { return self.unproved(NoticeKind::BadReply) };
                // The real username is known now, which devices are kept by.
                let name = reply.challenge_parameters.user_id().unwrap_or_default().to_owned();
                return self.find_device(cx, &name, Then::Prove { ephemeral, reply: Box::new(reply) });
            }
            Awaiting::Verdict { user_id, .. } => core::mem::take(user_id),
            Awaiting::Device { .. }
            | Awaiting::PasswordChallenge { .. }
            | Awaiting::PublicValue { .. }
            | Awaiting::Proof { .. } => self.credentials.sign_in_name.clone(),
        };
        if reply.challenge_name != Some(ChallengeName::SelectMfaType) && self.second_factor.is_some() {
            self.credentials.second_factor = self.second_factor.take();
        }
        Goto::Replied { credentials: self.credentials.clone(), user_id, reply }.into()
    }

    fn find_device(&mut self, cx: &mut Cx<'_>, name: &str, then: Then) -> Next {
        if self.credentials.is_without_device {
            return self.go_on(cx, then);
        }
        self.awaiting = Awaiting::Device { lookup: cx.find_device(name), then };
        Next::Stay
    }

    /// It is known whether there is a device.
    fn go_on(&mut self, cx: &mut Cx<'_>, then: Then) -> Next {
        let awaiting = match then {
            Then::Send => Some(send(cx, &self.credentials)),
            Then::Prove { ephemeral, reply } => prove(cx, &self.credentials, ephemeral, *reply),
        };
        match awaiting {
            Some(awaiting) => {
                self.awaiting = awaiting;
                Next::Stay
            }
            None => self.unproved(NoticeKind::BadReply),
        }
    }

    /// The service did not take the password, or something must come before it does.
    fn refused(&mut self, notice: Notice) -> Next {
        if notice.kind == NoticeKind::NotConfirmed {
            let credentials = self.credentials.clone();
            Goto::ConfirmSignUp { credentials, destination: None, notice: Some(notice), sends_code: true }.into()
        } else if notice.kind == NoticeKind::PasswordResetRequired {
            let sign_in_name = self.credentials.sign_in_name.clone();
            Goto::ForgotPassword { sign_in_name, notice: Some(notice) }.into()
        } else if self.credentials.by == Some(FirstFactor::WebAuthn) && notice.kind.is_about_passkey() {
            self.failed = Some(notice);
            Goto::Renew { credentials: self.credentials.without_passkey() }.into()
        } else {
            self.unproved(notice)
        }
    }

    fn unproved(&self, notice: impl Into<Notice>) -> Next {
        Goto::Unproved { credentials: self.credentials.clone(), notice: notice.into() }.into()
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
            Event::Outcome(Outcome::DeviceFound { id, .. }) if matches!(self.awaiting, Awaiting::Device { lookup, .. } if lookup == id) => {
                match core::mem::replace(&mut self.awaiting, Awaiting::PublicValue { job: 0 }) {
                    Awaiting::Device { then, .. } => self.go_on(cx, then),
                    Awaiting::PublicValue { .. }
                    | Awaiting::PasswordChallenge { .. }
                    | Awaiting::Proof { .. }
                    | Awaiting::Verdict { .. } => Next::Stay,
                }
            }
            Event::Person(Person::Pressed(Action::Back)) => self.credentials.to_form(None),
            Event::Person(_) | Event::Page(_) | Event::Outcome(_) => Next::Stay,
        }
    }

    fn view(&self, _core: &Core) -> View {
        let name = self.credentials.sign_in_name.clone();
        let has_password = self.credentials.password.is_some();
        View::of(Screen::SignIn, true, if has_password { Details::Name(name) } else { Details::NameAlone(name) })
    }

    fn failed(&mut self) -> Option<Notice> {
        self.failed.take()
    }
}

impl Awaiting {
    fn job(&self) -> Option<u32> {
        match self {
            Self::PublicValue { job } | Self::Proof { job, .. } => Some(*job),
            Self::Device { .. } | Self::PasswordChallenge { .. } | Self::Verdict { .. } => None,
        }
    }

    fn call(&self) -> Option<u32> {
        match self {
            Self::PasswordChallenge { call, .. } | Self::Verdict { call, .. } => Some(*call),
            Self::Device { .. } | Self::PublicValue { .. } | Self::Proof { .. } => None,
        }
    }
}

fn initiate(cx: &mut Cx<'_>, credentials: &Credentials, ephemeral: Box<ClientEphemeral>) -> Awaiting {
    let mut auth_parameters = StringMap::of([("USERNAME", &credentials.sign_in_name), ("SRP_A", ephemeral.public_hex())]);
    match cx.settings().sign_in_flow {
        SignInFlow::Custom => auth_parameters.insert("CHALLENGE_NAME", "SRP_A"),
        SignInFlow::Choice => auth_parameters.insert(PREFERRED, FirstFactor::PasswordSrp.as_str()),
        SignInFlow::Srp | SignInFlow::Plain => {}
    }
    Awaiting::PasswordChallenge { call: call(cx, auth_parameters), ephemeral: Some(ephemeral) }
}

/// Whether there is a password that is not sent itself.
fn is_proved(cx: &Cx<'_>, credentials: &Credentials) -> bool {
    match cx.settings().sign_in_flow {
        SignInFlow::Srp | SignInFlow::Custom => true,
        SignInFlow::Plain => false,
        SignInFlow::Choice => credentials.password.is_some() && credentials.by != Some(FirstFactor::Password),
    }
}

/// The name, with the password itself where nothing else will do, and what the person prefers to sign in by.
fn send(cx: &mut Cx<'_>, credentials: &Credentials) -> Awaiting {
    let mut auth_parameters = StringMap::of([("USERNAME", credentials.sign_in_name.as_str())]);
    if let Some(password) = &credentials.password {
        auth_parameters.insert("PASSWORD", password.clone());
    }
    if let (SignInFlow::Choice, Some(factor)) = (cx.settings().sign_in_flow, credentials.by) {
        auth_parameters.insert(PREFERRED, factor.as_str());
    }
    Awaiting::Verdict { call: call(cx, auth_parameters), user_id: credentials.sign_in_name.clone() }
}

fn call(cx: &mut Cx<'_>, mut auth_parameters: StringMap) -> u32 {
    cx.name_device(&mut auth_parameters);
    let request = InitiateAuthRequest {
        auth_flow: cx.settings().sign_in_flow.auth_flow(),
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
