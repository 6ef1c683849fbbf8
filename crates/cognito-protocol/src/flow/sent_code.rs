//! A code that goes somewhere outside of a sign-in: for a new password, or to confirm a sign-up. It can be sent anew as often as the
//! service allows, and belongs to no session.

use super::{
    call_error::CallError,
    cx::Cx,
    event::{CallResult, read_reply},
    notice::{Notice, NoticeKind},
    screen::Screen,
    view::{ChallengeView, Details, Shown, View},
};
use crate::idp::{CodeDeliveryDetails, ErrorCode, ForgotPasswordRequest, ResendConfirmationCodeRequest, StringMap};

/// What the code is for.
#[derive(Clone, Copy, Debug)]
pub(super) enum CodePurpose {
    NewPassword,
    SignUp,
}

/// A code that was sent, or is about to be.
#[derive(Debug)]
pub(super) struct SentCode {
    purpose: CodePurpose,
    pub sign_in_name: String,
    /// Masked by the service.
    destination: Option<String>,
    sending: Option<u32>,
    /// When one was last sent anew, by the local clock.
    renewed_at_millis: Option<i64>,
    pub notice: Option<Shown>,
}

impl SentCode {
    pub fn new(purpose: CodePurpose, sign_in_name: String, destination: Option<String>) -> Self {
        Self { purpose, sign_in_name, destination, sending: None, renewed_at_millis: None, notice: None }
    }

    /// Sends one.
    pub fn send(&mut self, cx: &mut Cx<'_>) {
        self.sending = Some(send(cx, self.purpose, &self.sign_in_name));
    }

    pub fn is_sending(&self) -> bool {
        self.sending.is_some()
    }

    pub fn awaits(&self, call: u32) -> bool {
        self.sending == Some(call)
    }

    /// What came of sending.
    ///
    /// # Errors
    /// The notice, which is not shown yet.
    pub fn on_sent(&mut self, cx: &Cx<'_>, reply: CallResult) -> Result<(), Notice> {
        self.sending = None;
        self.destination = sent(self.purpose, &self.sign_in_name, reply)?;
        self.renewed_at_millis = Some(cx.now_millis);
        Ok(())
    }

    /// The screen for it. `busy`: more is under way than sending.
    pub fn view(&self, screen: Screen, busy: bool) -> View {
        let details = details(&self.sign_in_name, self.destination.as_deref(), self.renewed_at_millis);
        View::of(screen, busy || self.is_sending(), details).telling(&self.notice)
    }
}

/// What a screen for a code is about that was sent to `destination`, and last at the person's wish at that time.
pub(super) fn details(sign_in_name: &str, destination: Option<&str>, renewed_at_millis: Option<i64>) -> Details {
    let mut parameters = StringMap::default();
    if let Some(destination) = destination {
        parameters.insert("destination", destination);
    }
    Details::Challenge(ChallengeView {
        parameters,
        sign_in_name: sign_in_name.to_owned(),
        is_renewable: true,
        renewed_at_millis,
        taken_over: false,
        choices: Vec::new(),
    })
}

/// Asks the service for a code.
pub(super) fn send(cx: &mut Cx<'_>, purpose: CodePurpose, sign_in_name: &str) -> u32 {
    let (client_id, username) = (cx.settings().client_id.clone(), sign_in_name.to_owned());
    let client_metadata = cx.settings().client_metadata.clone();
    let (analytics_metadata, user_context_data) = (StringMap::default(), StringMap::default());
    match purpose {
        CodePurpose::NewPassword => cx.call(ForgotPasswordRequest {
            client_id,
            secret_hash: None,
            username,
            client_metadata,
            analytics_metadata,
            user_context_data,
        }),
        CodePurpose::SignUp => cx.call(ResendConfirmationCodeRequest {
            client_id,
            secret_hash: None,
            username,
            client_metadata,
            analytics_metadata,
            user_context_data,
        }),
    }
}

/// Where the code went, or why there is none. Whoever the pool does not know is told what all others are.
pub(super) fn sent(purpose: CodePurpose, sign_in_name: &str, reply: CallResult) -> Result<Option<String>, Notice> {
    let details = match purpose {
        CodePurpose::NewPassword => read_reply::<ForgotPasswordRequest>(reply).map(|reply| reply.code_delivery_details),
        CodePurpose::SignUp => read_reply::<ResendConfirmationCodeRequest>(reply).map(|reply| Some(reply.code_delivery_details)),
    };
    match details {
        Ok(details) => Ok(destination(details)),
        Err(CallError::Service(error)) if error.code == ErrorCode::UserNotFound => Ok(masked(sign_in_name)),
        Err(error) => Err(Notice::from(&error)),
    }
}

/// Where a code went.
pub(super) fn destination(details: Option<CodeDeliveryDetails>) -> Option<String> {
    details.and_then(|details| details.destination)
}

/// An address as the service masks it.
fn masked(sign_in_name: &str) -> Option<String> {
    if let Some((user, host)) = sign_in_name.split_once('@') {
        let mut masked = String::new();
        masked.extend(user.chars().next());
        masked.push_str("***@");
        masked.extend(host.chars().next());
        masked.push_str("***");
        return Some(masked);
    }
    let digits = sign_in_name.strip_prefix('+').filter(|digits| digits.is_ascii())?;
    let last = digits.get(digits.len().checked_sub(4)?..)?;
    Some(["+*******", last].concat())
}

/// What a refusal of the code means where no session and no password is asked for: whoever is unknown has a wrong code, too.
pub(super) fn read_refusal(kind: NoticeKind) -> NoticeKind {
    if kind == NoticeKind::WrongCredentials { NoticeKind::WrongCode } else { kind }
}
