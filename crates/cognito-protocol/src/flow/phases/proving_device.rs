//! A remembered device proves its password by SRP, and the person need not do anything.
//!
//! # Source
//! docs/cognito.md#remembered-devices

use crate::{
    Secret,
    flow::{
        call_error::CallError,
        cx::{Core, Cx},
        device::Device,
        event::{CallResult, Event, Outcome, Person, read_reply},
        form::Action,
        job::{Derived, Job, PasswordProof},
        notice::{Notice, NoticeKind},
        phase::{Credentials, Ephemeral, Goto, Next, Phase, Standing},
        view::View,
    },
    idp::{AuthReply, ChallengeName, RespondToAuthChallengeRequest, StringMap},
    srp::{self, ClientEphemeral},
};

#[derive(Debug)]
pub(in crate::flow) struct ProvingDevice {
    credentials: Credentials,
    user_id: String,
    device: Device,
    awaiting: Awaiting,
    /// What is on the screen meanwhile.
    behind: View,
}

/// The steps of the proof.
#[derive(Debug)]
enum Awaiting {
    PublicValue { job: u32, session: Option<Secret> },
    Challenge { call: u32, ephemeral: Option<Box<ClientEphemeral>> },
    Proof { job: u32, session: Option<Secret>, secret_block_base64: String, timestamp: String },
    Verdict { call: u32 },
}

impl ProvingDevice {
    pub fn new(cx: &mut Cx<'_>, credentials: Credentials, device: Device, reply: AuthReply, behind: View) -> Self {
        let user_id = reply.challenge_parameters.user_id().unwrap_or(&device.username).to_owned();
        let awaiting = Awaiting::PublicValue { job: cx.derive(Job::MakePublicValue), session: reply.session };
        Self { credentials, user_id, device, awaiting, behind: View { busy: true, notice: None, ..behind } }
    }

    fn on_derived(&mut self, cx: &mut Cx<'_>, derived: Derived) -> Next {
        self.awaiting = match (&mut self.awaiting, derived) {
            (Awaiting::PublicValue { session, .. }, Derived::PublicValue(ephemeral)) => {
                let responses = StringMap::of([("USERNAME", self.user_id.as_str()), ("SRP_A", ephemeral.public_hex())]);
                let call = cx.respond(ChallengeName::DeviceSrpAuth, session.take(), responses);
                Awaiting::Challenge { call, ephemeral: Some(ephemeral) }
            }
            (Awaiting::Proof { session, secret_block_base64, timestamp, .. }, Derived::PasswordClaim(signature)) => {
                let responses = StringMap::of([
                    ("USERNAME", self.user_id.as_str()),
                    ("PASSWORD_CLAIM_SECRET_BLOCK", secret_block_base64),
                    ("TIMESTAMP", timestamp),
                    ("PASSWORD_CLAIM_SIGNATURE", signature.expose()),
                ]);
                let call = cx.respond(ChallengeName::DevicePasswordVerifier, session.take(), responses);
                Awaiting::Verdict { call }
            }
            (
                Awaiting::PublicValue { .. } | Awaiting::Proof { .. },
                Derived::PublicValue(_)
                | Derived::RedirectSecrets(_)
                | Derived::PasswordClaim(_)
                | Derived::Device { .. }
                | Derived::Failed(_),
            ) => return self.credentials.to_form(Some(NoticeKind::Unexpected.into())),
            (Awaiting::Challenge { .. } | Awaiting::Verdict { .. }, _) => return Next::Stay,
        };
        Next::Stay
    }

    fn on_reply(&mut self, cx: &mut Cx<'_>, reply: CallResult) -> Next {
        let reply = match read_reply::<RespondToAuthChallengeRequest>(reply) {
            Ok(reply) => reply,
            Err(error) => return self.on_refused(cx, &error),
        };
        if let Awaiting::Challenge { ephemeral, .. } = &mut self.awaiting {
            let ephemeral = ephemeral.take();
            return match ephemeral.and_then(|ephemeral| self.prove(cx, ephemeral, reply)) {
                Some(awaiting) => {
                    self.awaiting = awaiting;
                    Next::Stay
                }
                None => self.credentials.to_form(Some(NoticeKind::BadReply.into())),
            };
        }
        Goto::Replied { credentials: self.credentials.clone(), user_id: self.user_id.clone(), reply }.into()
    }

    /// The job for the second step; `None` when the challenge lacks what it must have.
    fn prove(&mut self, cx: &mut Cx<'_>, ephemeral: Box<ClientEphemeral>, reply: AuthReply) -> Option<Awaiting> {
        let parameters = &reply.challenge_parameters;
        if reply.challenge_name != Some(ChallengeName::DevicePasswordVerifier) {
            return None;
        }
        if let Some(user_id) = parameters.user_id() {
            user_id.clone_into(&mut self.user_id);
        }
        let secret_block_base64 = parameters.get("SECRET_BLOCK")?.to_owned();
        let timestamp = srp::format_timestamp(cx.service_millis());
        let job = cx.derive(Job::ProvePassword(Box::new(PasswordProof {
            ephemeral,
            pool_name: self.device.group_key.expose().to_owned(),
            user_id_for_srp: self.device.key.expose().to_owned(),
            password: self.device.password.clone(),
            salt_hex: parameters.get("SALT")?.to_owned(),
            srp_b_hex: parameters.get("SRP_B")?.to_owned(),
            secret_block_base64: secret_block_base64.clone(),
            timestamp: timestamp.clone(),
        })));
        Some(Awaiting::Proof { job, session: reply.session, secret_block_base64, timestamp })
    }

    /// The device counts no more, or its password is another: the sign-in begins again without it, and the person is asked nothing that
    /// they have answered. Whatever else is told.
    fn on_refused(&mut self, cx: &mut Cx<'_>, error: &CallError) -> Next {
        let notice = Notice::from(error);
        let is_about_device = error.is_about_device() || notice.kind == NoticeKind::WrongCredentials;
        if is_about_device && cx.forget_device() && self.credentials.can_begin_again() {
            let credentials = Credentials { is_without_device: true, ..self.credentials.clone() };
            return Goto::Prove { credentials, ephemeral: Ephemeral::None }.into();
        }
        // The person's own password was right.
        self.credentials.to_form(Some(if is_about_device { NoticeKind::Unexpected.into() } else { notice }))
    }
}

impl Phase for ProvingDevice {
    fn standing(&self) -> Standing {
        Standing::SigningIn
    }

    fn on(&mut self, cx: &mut Cx<'_>, event: Event) -> Next {
        match event {
            Event::Outcome(Outcome::Derived { id, derived }) if self.awaiting.id() == id => self.on_derived(cx, derived),
            Event::Outcome(Outcome::Replied { id, reply, .. }) if self.awaiting.id() == id => self.on_reply(cx, reply),
            Event::Person(Person::Pressed(Action::Back)) => self.credentials.to_form(None),
            Event::Person(_) | Event::Page(_) | Event::Outcome(_) => Next::Stay,
        }
    }

    fn view(&self, _core: &Core) -> View {
        self.behind.clone()
    }
}

impl Awaiting {
    /// Of the job or call that is waited for.
    fn id(&self) -> u32 {
        match self {
            Self::PublicValue { job: id, .. }
            | Self::Challenge { call: id, .. }
            | Self::Proof { job: id, .. }
            | Self::Verdict { call: id } => *id,
        }
    }
}
