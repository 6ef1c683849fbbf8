//! What a challenge is that the person answers in one field: data and a few functions.

use crate::{
    Secret,
    flow::{factor::Choice, form::field, notice::NoticeKind, screen::Screen},
    idp::{ChallengeName, StringMap},
};

/// A challenge with one answer.
#[derive(Debug)]
pub(in crate::flow) struct Challenge {
    /// Where it is answered, by its parameters.
    pub screen: fn(&StringMap) -> Screen,
    /// Its name in `RespondToAuthChallenge`.
    pub name: ChallengeName,
    /// The field of the form that holds the answer.
    pub field: &'static str,
    /// The key of the answer in `ChallengeResponses`.
    pub response: &'static str,
    /// What is sent of what was typed, or why it cannot be right.
    pub read: fn(&Secret) -> Result<Secret, NoticeKind>,
    /// Which of its parameters may be shown.
    pub shown: fn(&StringMap) -> StringMap,
    /// What can be chosen, where that is what it asks.
    pub choices: fn(&StringMap) -> Vec<Choice>,
    /// Whether parameters that came back ask for the same once more, which means that the answer was wrong.
    pub asks_again: fn(&StringMap, &StringMap) -> bool,
    /// What an error means here that means something else elsewhere.
    pub read_error: fn(NoticeKind) -> NoticeKind,
    /// Whether starting the sign-in again sends a new code.
    pub is_renewable: bool,
    /// Whether a code that can be sent anew is asked for here or may follow, which takes the password.
    pub keeps_password: bool,
    /// Whether the page may show and answer it itself.
    pub is_pages_to_take: bool,
}

impl Challenge {
    /// What most challenges are like that ask for a code which the service has sent. The others differ in what they name.
    pub const SENT_CODE: Self = Self {
        screen: |_| Screen::Loading,
        name: ChallengeName::CustomChallenge,
        field: field::CODE,
        response: "",
        read: read_code,
        shown: destination,
        choices: |_| Vec::new(),
        asks_again: never,
        read_error: ended_by_pool,
        is_renewable: true,
        keeps_password: true,
        is_pages_to_take: false,
    };
}

/// A code of any length: what the eye skips is dropped.
pub(in crate::flow) fn read_code(typed: &Secret) -> Result<Secret, NoticeKind> {
    let code = Secret::from(one_time_code::normalise(typed.expose()));
    if code.is_empty() { Err(NoticeKind::CodeMissing) } else { Ok(code) }
}

/// An answer as it is.
pub(super) fn byte_for_byte(typed: &Secret) -> Result<Secret, NoticeKind> {
    if typed.is_empty() { Err(NoticeKind::AnswerMissing) } else { Ok(typed.clone()) }
}

/// Where the service has sent a code, as `destination`.
fn destination(parameters: &StringMap) -> StringMap {
    match parameters.get("CODE_DELIVERY_DESTINATION") {
        Some(destination) => StringMap::of([("destination", destination)]),
        None => StringMap::default(),
    }
}

/// The service answers a wrong code with an error, never with the same challenge.
pub(super) fn never(_: &StringMap, _: &StringMap) -> bool {
    false
}

/// The password was right: it was the pool that ended the sign-in.
pub(super) fn ended_by_pool(kind: NoticeKind) -> NoticeKind {
    if kind == NoticeKind::WrongCredentials { NoticeKind::SignInEnded } else { kind }
}
