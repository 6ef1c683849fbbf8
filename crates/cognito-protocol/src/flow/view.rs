//! What the screens show: a projection of the state, and nothing that they must not have.

use super::{
    contact::Contact,
    factor::{Choice, Factor},
    first_factor::FirstFactor,
    notice::Notice,
    screen::Screen,
};
use crate::{Secret, idp::StringMap};

/// What to draw.
#[derive(Clone, Debug)]
pub struct View {
    /// Which screen.
    pub screen: Screen,
    /// Whether something is under way that a button started.
    pub busy: bool,
    /// What to tell.
    pub notice: Option<Shown>,
    /// What the screen is about.
    pub details: Details,
}

/// A notice on the screen. The id tells two showings of the same notice apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// New each time.
    pub id: u32,
    /// What to tell.
    pub notice: Notice,
}

/// What a screen is about.
#[derive(Clone, Debug)]
pub enum Details {
    /// Nothing.
    None,
    /// `sign-in`: the name to begin with. `remember-device`, `signed-in`, `change-password`, `delete-account`: what was typed to sign in.
    Name(String),
    /// `sign-in` that asks for the name alone: the name to begin with. A password is taken where the form has one all the same.
    NameAlone(String),
    /// `choose-factor`: what can be chosen, in this order.
    FirstFactors(Vec<FirstFactor>),
    /// A challenge that the person answers, or another code that was sent.
    Challenge(ChallengeView),
    /// `new-password`, `change-email`, `change-phone-number`: the attributes that are asked for, by their names in the pool; and what was
    /// typed to sign in.
    Attributes(Vec<String>, String),
    /// `totp-setup`; `None` until the secret is there.
    TotpSetup(Option<TotpSetupView>),
    /// `account`
    Account(AccountView),
}

/// A challenge.
#[derive(Clone, Debug)]
pub struct ChallengeView {
    /// What may be shown of its parameters: all of a custom challenge, and `destination` where a code went somewhere.
    pub parameters: StringMap,
    /// What was typed to sign in.
    pub sign_in_name: String,
    /// Whether a new code can be asked for.
    pub is_renewable: bool,
    /// When a new code was last sent at the person's wish, by the local clock.
    pub renewed_at_millis: Option<i64>,
    /// The page shows it itself.
    pub taken_over: bool,
    /// What can be chosen, where that is what it asks.
    pub choices: Vec<Choice>,
}

/// An enrolment.
#[derive(Clone, Debug)]
pub struct TotpSetupView {
    /// Base32.
    pub secret_base32: Secret,
    /// `otpauth://…`, for the QR code.
    pub key_uri: Secret,
    /// Whether this is part of a sign-in; else of the account's settings.
    pub signing_in: bool,
    /// What was typed to sign in.
    pub account_name: String,
}

/// The account's settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountView {
    /// Nobody is signed in.
    NotSignedIn,
    /// Not known yet.
    Loading,
    /// Could not be read.
    Unknown,
    /// Known.
    Ready(AccountSettings),
}

/// What is known of the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountSettings {
    /// The second factors that are on.
    pub factors: Vec<Factor>,
    /// The one that is asked for first.
    pub preferred: Option<Factor>,
    /// The e-mail address.
    pub email: Option<ContactDetail>,
    /// The phone number.
    pub phone_number: Option<ContactDetail>,
    /// The passkeys; `None` where the pool has none to give, or the browser.
    pub passkeys: Option<Vec<PasskeyEntry>>,
    /// The devices that the pool knows; `None` where it tracks none.
    pub devices: Option<Vec<DeviceEntry>>,
    /// The provider that the user signs in with, where that is no password here.
    pub provider: Option<String>,
}

/// A device of the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceEntry {
    /// Names it in [`Action::ForgetDevice`](super::Action::ForgetDevice).
    pub id: u32,
    /// What it was registered as, mostly a browser's user agent; may be empty.
    pub name: String,
    /// When somebody signed in on it last, in milliseconds since the Unix epoch.
    pub last_used_millis: Option<i64>,
    /// Whether it is the device of this session.
    pub is_this: bool,
    /// What the service knows it by.
    pub(super) key: String,
}

/// A passkey of the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasskeyEntry {
    /// Names it in [`Action::RemovePasskey`](super::Action::RemovePasskey).
    pub id: u32,
    /// What the service calls it, of moderate length; may be empty.
    pub name: String,
    /// When it was added, in milliseconds since the Unix epoch.
    pub added_at_millis: Option<i64>,
    /// What the service knows it by.
    pub(super) credential_id: String,
}

/// An address or number of the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactDetail {
    /// The address or number.
    pub value: String,
    /// Whether codes can go there: the person has shown that they come.
    pub is_verified: bool,
}

impl AccountSettings {
    /// The address or number, if there is one.
    #[must_use]
    pub fn contact(&self, contact: Contact) -> Option<&ContactDetail> {
        match contact {
            Contact::Email => self.email.as_ref(),
            Contact::PhoneNumber => self.phone_number.as_ref(),
        }
    }

    /// The address or number, if codes can go there.
    #[must_use]
    pub fn verified(&self, contact: Contact) -> Option<&ContactDetail> {
        self.contact(contact).filter(|detail| detail.is_verified)
    }
}

impl ContactDetail {
    /// A phone number as the service shows it: the last four digits.
    #[must_use]
    pub fn masked_number(&self) -> String {
        let mut left = self.value.chars().filter(char::is_ascii_digit).count();
        let mask = |char: char| {
            if !char.is_ascii_digit() {
                return char;
            }
            left = left.saturating_sub(1);
            if left < 4 { char } else { '*' }
        };
        self.value.chars().map(mask).collect()
    }
}

impl View {
    /// A view without a notice.
    pub(super) fn of(screen: Screen, busy: bool, details: Details) -> Self {
        Self { screen, busy, notice: None, details }
    }

    /// The same with what is told.
    pub(super) fn telling(self, notice: &Option<Shown>) -> Self {
        Self { notice: notice.clone(), ..self }
    }
}
