//! What goes into the machine, by who says it.

use super::{
    call_error::CallError,
    device::Device,
    form::{Action, Answers},
    job::Derived,
    passkey::PasskeyFailure,
    screen::Screen,
    tokens::Tokens,
};
use crate::{
    Secret,
    fault::Fault,
    idp::{Json, Operation, Wire},
};

/// Something that happened.
#[derive(Debug)]
pub enum Event {
    /// The person did something.
    Person(Person),
    /// The page, or what shares its store, wants or tells something.
    Page(Page),
    /// Something that the machine asked for is over.
    Outcome(Outcome),
}

/// What the person did. What it means depends on the screen.
#[derive(Debug)]
pub enum Person {
    /// Began to type: time to compute ahead.
    Touched,
    /// Typed a sign-in name, told before something leads away from the form without submitting it.
    Named(String),
    /// Submitted the screen's form.
    Submitted(Answers),
    /// Pressed a button.
    Pressed(Action),
}

/// What the page wants or tells.
#[derive(Debug)]
pub enum Page {
    /// Told before [`Page::Started`]: what was kept by [`Effect::KeepChallenge`](super::Effect::KeepChallenge), if anything.
    ChallengeFound {
        /// As it was kept; anything else is forgotten.
        record: Json,
    },
    /// Told before [`Page::Started`]: the page's address has the parameters of a return from the pool's domain.
    ReturnFound(Returned),
    /// The widget is on the page.
    Started {
        /// The tokens that the store holds.
        stored: Option<Tokens>,
    },
    /// Another tab or element changed the stored tokens.
    StoreChanged {
        /// The tokens that the store holds.
        stored: Option<Tokens>,
        /// They were removed. Where the store holds this session all the same, it was written after that, and has to go too.
        was_removed: bool,
    },
    /// The page is left, and goes into the browser's cache of whole pages: whoever comes back by the button sees it as it is then.
    Cached,
    /// Something is wrong that is seen outside of the machine, and that the page's author has to know. The person is shown nothing.
    FaultFound {
        /// What is wrong.
        fault: Fault,
        /// What is known of it beyond that; may be empty.
        said: String,
    },
    /// It wants tokens with at least a minute to live.
    TokensRequested {
        /// Comes back in [`Effect::Answer`](super::Effect::Answer).
        request: u32,
    },
    /// It wants to sign the person out; `global` ends the sessions of all devices.
    SignOutRequested {
        /// Comes back in [`Effect::Answer`](super::Effect::Answer).
        request: u32,
        /// On all devices.
        global: bool,
    },
    /// It wants another screen.
    ScreenRequested {
        /// Comes back in [`Effect::Answer`](super::Effect::Answer).
        request: u32,
        /// Which.
        screen: Screen,
    },
    /// It wants a fresh start, without what was typed; whoever is signed in stays so.
    ResetRequested,
    /// It shows a custom challenge itself and will answer it.
    ChallengeTakenOver {
        /// The id in [`HostEvent::Challenge`](super::HostEvent::Challenge).
        challenge: u32,
    },
    /// It answers a custom challenge.
    ChallengeAnswered {
        /// The id in [`HostEvent::Challenge`](super::HostEvent::Challenge).
        challenge: u32,
        /// The answer.
        answer: Secret,
    },
}

/// A return from the pool's domain, by the parameters in the page's address.
#[derive(Debug)]
pub struct Returned {
    /// What was kept by [`Effect::Leave`](super::Effect::Leave) in this tab.
    pub record: Json,
    /// `state`
    pub state: Secret,
    /// `code`
    pub code: Option<Secret>,
    /// `error`
    pub error: Option<String>,
    /// `error_description`
    pub description: Option<String>,
}

/// What came of something that the machine asked for.
#[derive(Debug)]
pub enum Outcome {
    /// A call is over.
    Replied {
        /// The call's id.
        id: u32,
        /// The body of the reply.
        reply: CallResult,
        /// The service's clock, from the reply's `Date` header, in milliseconds since the Unix epoch.
        service_millis: Option<i64>,
    },
    /// A job is done.
    Derived {
        /// The job's id.
        id: u32,
        /// What came of it.
        derived: Derived,
    },
    /// The browser has asked for a passkey.
    PasskeyAnswered {
        /// The id of the effect.
        id: u32,
        /// What the [`Ceremony`](super::Ceremony) says, or why there is none.
        answer: Result<Json, PasskeyFailure>,
    },
    /// A timer ran out.
    TimerFired {
        /// The timer's id.
        id: u32,
    },
    /// The store was looked through for a device.
    DeviceFound {
        /// The id of [`Effect::FindDevice`](super::Effect::FindDevice).
        id: u32,
        /// What is kept of one.
        device: Option<Device>,
    },
    /// The page was not left, since the browser keeps nothing.
    CouldNotLeave {
        /// The id of [`Effect::Leave`](super::Effect::Leave).
        id: u32,
    },
    /// No other tab refreshes now.
    RefreshLockAcquired {
        /// The tokens that the store holds at this moment.
        stored: Option<Tokens>,
    },
    /// Sessions that the store does not hold any more, or could not take. Those of this pool and client are revoked.
    LeftOver {
        /// Their tokens.
        sessions: Vec<Tokens>,
    },
}

/// The body of a reply with status 200, or why there is none.
pub type CallResult = Result<Json, CallError>;

/// The reply of an operation in the body of one.
pub(super) fn read_reply<T: Operation>(reply: CallResult) -> Result<T::Reply, CallError> {
    Ok(T::Reply::decode(reply?)?)
}

impl From<Person> for Event {
    fn from(person: Person) -> Self {
        Self::Person(person)
    }
}

impl From<Page> for Event {
    fn from(page: Page) -> Self {
        Self::Page(page)
    }
}

impl From<Outcome> for Event {
    fn from(outcome: Outcome) -> Self {
        Self::Outcome(outcome)
    }
}
