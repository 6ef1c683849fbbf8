//! What the component reacts to.

use cognito_protocol::flow::{Event, Outcome, Page, Person};

/// What the component reacts to.
#[derive(Debug)]
pub enum Input {
    /// For the machine.
    Event(Box<Event>),
    /// The screen's form was submitted.
    Submitted,
    /// Something was typed into the field of a new password.
    NewPasswordTyped,
    /// Something was typed or pasted into the field of a code.
    CodeTyped,
    /// A password manager filled in a password that nobody was asked for.
    SparePasswordTyped,
    /// Show or hide the password.
    PasswordToggled,
    /// Copy the setup key.
    SetupKeyCopyRequested,
    /// It is on the clipboard.
    SetupKeyCopied,
    /// A second went by in a countdown.
    SecondPassed,
    /// What answers for the page's own store was read anew.
    StoreRead,
    /// The page goes into the browser's cache of whole pages, from where "Back" brings it as it was left.
    PageCached,
}

impl From<Event> for Input {
    fn from(event: Event) -> Self {
        Self::Event(Box::new(event))
    }
}

impl From<Person> for Input {
    fn from(person: Person) -> Self {
        Event::from(person).into()
    }
}

impl From<Page> for Input {
    fn from(page: Page) -> Self {
        Event::from(page).into()
    }
}

/// Whether an event may lead away from a form that is not submitted.
pub(super) fn leads_away(event: &Event) -> bool {
    match event {
        Event::Person(Person::Pressed(_)) | Event::Page(Page::ScreenRequested { .. }) => true,
        Event::Person(Person::Touched | Person::Named(_) | Person::Submitted(_)) | Event::Page(_) | Event::Outcome(_) => false,
    }
}

/// Whether an event is of somebody who goes by what the store held when it was last looked at.
pub(super) fn uses_store(event: &Event) -> bool {
    match event {
        Event::Person(_)
        | Event::Page(
            Page::TokensRequested { .. } | Page::SignOutRequested { .. } | Page::ScreenRequested { .. } | Page::ResetRequested,
        ) => true,
        Event::Page(
            Page::Cached
            | Page::ChallengeFound { .. }
            | Page::FaultFound { .. }
            | Page::ReturnFound(_)
            | Page::Started { .. }
            | Page::StoreChanged { .. }
            | Page::ChallengeTakenOver { .. }
            | Page::ChallengeAnswered { .. },
        )
        | Event::Outcome(_) => false,
    }
}

/// Whether an event is one of those of which there are many, and which change no more of the view than the screen, the notice, and
/// whether something is under way: a key, or the end of a computation.
pub(super) fn changes_little(event: &Event) -> bool {
    match event {
        Event::Person(Person::Touched) | Event::Outcome(Outcome::Derived { .. }) => true,
        Event::Person(Person::Named(_) | Person::Submitted(_) | Person::Pressed(_)) | Event::Page(_) | Event::Outcome(_) => false,
    }
}

/// Whether an event lets the focus move, as what the person at this widget does and the screen that the page asks for, or forbids it, as
/// what others do: that must not pull the focus out of what the person does elsewhere on the page. `None` where it is the consequence of something before.
pub(super) fn moves_focus(event: &Event) -> Option<bool> {
    match event {
        Event::Person(Person::Touched | Person::Named(_)) => None,
        Event::Person(Person::Submitted(_) | Person::Pressed(_))
        | Event::Page(Page::SignOutRequested { .. } | Page::ScreenRequested { .. } | Page::ChallengeAnswered { .. }) => {
            Some(true)
        }
        Event::Page(
            Page::Cached
            | Page::ChallengeFound { .. }
            | Page::FaultFound { .. }
            | Page::ReturnFound(_)
            | Page::Started { .. }
            | Page::StoreChanged { .. },
        ) => Some(false),
        Event::Page(Page::TokensRequested { .. } | Page::ResetRequested | Page::ChallengeTakenOver { .. })
        | Event::Outcome(
            Outcome::Replied { .. }
            | Outcome::Derived { .. }
            | Outcome::DeviceFound { .. }
            | Outcome::TimerFired { .. }
            | Outcome::CouldNotLeave { .. }
            | Outcome::RefreshLockAcquired { .. }
            | Outcome::PasskeyAnswered { .. }
            | Outcome::LeftOver { .. },
        ) => None,
    }
}
