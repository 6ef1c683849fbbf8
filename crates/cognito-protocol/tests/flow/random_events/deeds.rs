//! What the person and the page do.

use cognito_protocol::flow::{AccountView, Action, Answers, Contact, Details, Event, Outcome, Page, Person, Screen, field};
use proptest::prelude::*;

use super::world::World;
use crate::{
    machine::{NOW, typed},
    service::{NAME, PASSWORD},
    totp_setup::code,
};

/// What the person and the page can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Deed {
    Touches,
    SubmitsCredentials,
    SubmitsAnswer,
    Names,
    Presses,
    RequestsTokens,
    SignsOut,
    RequestsScreen,
    Resets,
    TakesChallengeOver,
    AnswersChallenge,
}

impl Deed {
    /// The deed that an event is; `None` for what comes of other things. An event that is new has to be thought of here.
    pub fn of(event: &Event) -> Option<Self> {
        match event {
            Event::Person(Person::Touched) => Some(Self::Touches),
            Event::Person(Person::Named(_)) => Some(Self::Names),
            Event::Person(Person::Submitted(_)) => Some(Self::SubmitsCredentials),
            Event::Person(Person::Pressed(_)) => Some(Self::Presses),
            Event::Page(Page::TokensRequested { .. }) => Some(Self::RequestsTokens),
            Event::Page(Page::SignOutRequested { .. }) => Some(Self::SignsOut),
            Event::Page(Page::ScreenRequested { .. }) => Some(Self::RequestsScreen),
            Event::Page(Page::ResetRequested) => Some(Self::Resets),
            Event::Page(Page::ChallengeTakenOver { .. }) => Some(Self::TakesChallengeOver),
            Event::Page(Page::ChallengeAnswered { .. }) => Some(Self::AnswersChallenge),
            Event::Page(
                Page::Cached
                | Page::ChallengeFound { .. }
                | Page::FaultFound { .. }
                | Page::ReturnFound(_)
                | Page::Started { .. }
                | Page::StoreChanged { .. },
            )
            | Event::Outcome(
                Outcome::Replied { .. }
                | Outcome::Derived { .. }
                | Outcome::PasskeyAnswered { .. }
                | Outcome::TimerFired { .. }
                | Outcome::DeviceFound { .. }
                | Outcome::CouldNotLeave { .. }
                | Outcome::RefreshLockAcquired { .. }
                | Outcome::LeftOver { .. },
            ) => None,
        }
    }
}

/// Deeds, the more often the further they lead.
pub(super) fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        1 => Just(Deed::Touches),
        4 => Just(Deed::SubmitsCredentials),
        4 => Just(Deed::SubmitsAnswer),
        1 => Just(Deed::Names),
        6 => Just(Deed::Presses),
        2 => Just(Deed::RequestsTokens),
        1 => Just(Deed::SignsOut),
        1 => Just(Deed::RequestsScreen),
        1 => Just(Deed::Resets),
        1 => Just(Deed::TakesChallengeOver),
        1 => Just(Deed::AnswersChallenge),
    ]
}

/// The buttons of the account that lead furthest, which are few among all.
const OF_ACCOUNT: [Action; 7] = [
    Action::ForgetDevice(0),
    Action::AddPasskey,
    Action::RemovePasskey(0),
    Action::ChangePassword,
    Action::ChangeContact(Contact::Email),
    Action::VerifyContact(Contact::PhoneNumber),
    Action::DeleteAccount,
];

/// What any form of the account asks for.
fn whole_form() -> Event {
    Person::Submitted(Answers::of([
        (field::PASSWORD, PASSWORD.into()),
        (field::NEW_PASSWORD, PASSWORD.into()),
        (field::CODE, "493817".into()),
        (Contact::Email.attribute(), NAME.into()),
        (Contact::PhoneNumber.attribute(), "+15550100123".into()),
    ]))
    .into()
}

impl World {
    /// Something that the person or the page does. `kind` chooses among all that there is, `how` its details.
    pub fn deed(&mut self, kind: Deed, how: u8) -> Event {
        let request = self.next_request;
        let credentials = |name: &str, password: &str| {
            Person::Submitted(Answers::of([(field::USERNAME, name.into()), (field::PASSWORD, password.into())])).into()
        };
        match kind {
            Deed::Touches => Person::Touched.into(),
            Deed::SubmitsCredentials | Deed::SubmitsAnswer if self.is_in_form() && how >= 64 => whole_form(),
            Deed::SubmitsCredentials if how < 8 => credentials(" ", ""),
            Deed::SubmitsCredentials if how < 60 => credentials(NAME, ""),
            Deed::SubmitsCredentials => credentials(NAME, PASSWORD),
            Deed::Names => Person::Named("ann".to_owned()).into(),
            Deed::SubmitsAnswer => match how % 8 {
                4 => Person::Submitted(Answers::of([(field::CHOICE, "EMAIL_OTP".into())])).into(),
                5 => Person::Submitted(Answers::of([(field::EMAIL, NAME.into())])).into(),
                6 | 7 => whole_form(),
                0 | 1 => typed(&code(self.now - NOW)),
                2 => typed(&code(self.now - NOW + 90_000)),
                _ => typed("a cat"),
            },
            Deed::Presses => Person::Pressed(self.action(how)).into(),
            Deed::RequestsTokens => Page::TokensRequested { request }.into(),
            Deed::SignsOut => Page::SignOutRequested { request, global: how > 127 }.into(),
            Deed::RequestsScreen => {
                Page::ScreenRequested { request, screen: Screen::ALL[usize::from(how) % Screen::ALL.len()] }.into()
            }
            Deed::Resets => Page::ResetRequested.into(),
            Deed::TakesChallengeOver => Page::ChallengeTakenOver { challenge: self.challenge }.into(),
            Deed::AnswersChallenge => {
                Page::ChallengeAnswered { challenge: self.challenge.wrapping_sub(u32::from(how % 2)), answer: "a cat".into() }
                    .into()
            }
        }
    }

    /// Whether a form of the account is open.
    fn is_in_form(&self) -> bool {
        let forms = [Screen::ChangePassword, Screen::ChangeEmail, Screen::ChangePhoneNumber];
        let proofs = [Screen::VerifyEmail, Screen::VerifyPhoneNumber, Screen::DeleteAccount];
        [forms, proofs].concat().contains(&self.view().screen)
    }

    /// One of the devices that are listed.
    fn device_entry(&self, how: u8) -> Option<u32> {
        let Details::Account(AccountView::Ready(settings)) = &self.view().details else { return None };
        let devices = settings.devices.as_ref().filter(|devices| !devices.is_empty())?;
        Some(devices[usize::from(how) / Action::ALL.len() % devices.len()].id)
    }

    /// One of the buttons; of those in a list that of an entry.
    fn action(&self, how: u8) -> Action {
        let first = match &self.view().details {
            Details::Account(AccountView::Ready(settings)) => settings.passkeys.as_ref().and_then(|passkeys| passkeys.first()),
            _ => None,
        };
        let is_account = matches!(&self.view().details, Details::Account(AccountView::Ready(_)));
        let action = if is_account && how % 8 < 6 {
            OF_ACCOUNT[usize::from(how) % OF_ACCOUNT.len()]
        } else {
            Action::ALL[usize::from(how) % Action::ALL.len()]
        };
        match action {
            Action::RemovePasskey(_) => Action::RemovePasskey(first.map_or(0, |passkey| passkey.id)),
            Action::ForgetDevice(number) => Action::ForgetDevice(self.device_entry(how).unwrap_or(number)),
            action => action,
        }
    }
}
