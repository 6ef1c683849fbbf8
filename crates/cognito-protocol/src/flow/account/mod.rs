//! What a signed-in person may change: an overview, and one task at a time.
//!
//! A new task is a file here and an arm in [`Account::begins`].

mod authenticator;
mod devices;
mod form;
mod list;
mod load;
mod passkeys;
mod preference;
mod subject;
mod task;

use authenticator::SetUp;
use devices::ForgetDevice;
use form::Form;
use load::Load;
use passkeys::{Add, Remove};
use preference::{Change, Preference};
use subject::Subject;
use task::{Task, TaskNext, User, overview};

use super::{
    cx::{Core, Cx},
    event::{Event, Page, Person},
    factor::Factor,
    form::Action,
    notice::Notice,
    screen::Screen,
    tokens::Tokens,
    view::{Details, Shown, View},
};

/// The account's settings.
#[derive(Debug, Default)]
pub(super) struct Account {
    /// `None` until the service has told.
    user: Option<User>,
    notice: Option<Shown>,
    task: Option<Box<dyn Task>>,
}

/// What an event begins in the overview.
enum Beginning {
    Load,
    SetUpAuthenticator,
    Change(Change),
    Form(Subject),
    ForgetDevice(u32),
    AddPasskey,
    RemovePasskey(u32),
}

impl Account {
    /// Reads the settings.
    pub fn load(cx: &mut Cx<'_>, tokens: &Tokens) -> Self {
        Self { task: Some(Load::begin(cx, tokens, None)), ..Self::default() }
    }

    /// The settings cannot be read, for the reason that is told.
    pub fn unknown(cx: &mut Cx<'_>, notice: Notice) -> Self {
        Self { notice: cx.show(notice), ..Self::default() }
    }

    /// Whether the event makes it call the service, which needs an access token that lives.
    pub fn needs_token(&self, event: &Event) -> bool {
        match &self.task {
            Some(task) => task.needs_token(event),
            None => match self.begins(event) {
                Some(Beginning::Form(subject)) => matches!(subject, Subject::Code(_)),
                Some(
                    Beginning::Load
                    | Beginning::SetUpAuthenticator
                    | Beginning::Change(_)
                    | Beginning::ForgetDevice(_)
                    | Beginning::AddPasskey
                    | Beginning::RemovePasskey(_),
                ) => true,
                None => false,
            },
        }
    }

    /// Whether the event begins a change that weakens what protects the account, or takes it away from its owner.
    pub fn changes_protection(&self, event: &Event) -> bool {
        if let Some(task) = &self.task {
            return task.changes_protection(event);
        }
        match self.begins(event) {
            Some(Beginning::Change(Change::TurnOff(_))) => true,
            // A first one takes nothing away; another one replaces the owner's.
            Some(Beginning::SetUpAuthenticator) => self.user.as_ref().is_some_and(|user| user.has(Factor::App)),
            Some(Beginning::Form(subject)) => subject.changes_protection(),
            // A passkey signs in by itself: one that is added in a session left open would outlive it.
            Some(Beginning::AddPasskey | Beginning::RemovePasskey(_)) => true,
            // Whoever forgets a device has to prove more from then on, not less.
            Some(Beginning::Load | Beginning::Change(Change::TurnOn(_) | Change::Prefer(_)) | Beginning::ForgetDevice(_))
            | None => false,
        }
    }

    /// Whether the call with this id is waited for.
    pub fn awaits(&self, id: u32) -> bool {
        self.task.as_ref().is_some_and(|task| task.awaits(id))
    }

    /// What the browser asks for, where its dialog is open.
    pub fn open_prompt(&self) -> Option<u32> {
        self.task.as_ref().and_then(|task| task.open_prompt())
    }

    /// The tokens could not be refreshed for now.
    pub fn tell(&mut self, cx: &mut Cx<'_>, notice: Notice) {
        match &mut self.task {
            Some(task) => task.tell(cx, notice),
            None => self.notice = cx.show(notice),
        }
    }

    /// What an event leads to; with whether the user is no more.
    #[must_use]
    pub fn on(&mut self, cx: &mut Cx<'_>, tokens: &Tokens, event: Event) -> bool {
        let Some(task) = &mut self.task else {
            self.task = self.begin(cx, tokens, &event);
            return false;
        };
        match task.on(cx, tokens, &mut self.user, event) {
            TaskNext::Stay => {}
            TaskNext::Done(notice) => {
                self.task = None;
                self.notice = notice.and_then(|notice| cx.show(notice));
            }
            TaskNext::Reload(notice) => self.task = Some(Load::begin(cx, tokens, notice)),
            TaskNext::Deleted => return true,
        }
        false
    }

    fn begin(&self, cx: &mut Cx<'_>, tokens: &Tokens, event: &Event) -> Option<Box<dyn Task>> {
        match (self.begins(event)?, &self.user) {
            (Beginning::Load, _) => Some(Load::begin(cx, tokens, None)),
            (Beginning::Form(subject), Some(_)) => Some(Form::begin(cx, tokens, subject)),
            (Beginning::SetUpAuthenticator, Some(user)) => Some(SetUp::begin(cx, tokens, user)),
            (Beginning::Change(change), Some(user)) => Some(Preference::begin(cx, tokens, user, change)),
            (Beginning::ForgetDevice(entry), Some(user)) => ForgetDevice::begin(cx, tokens, user, entry),
            (Beginning::AddPasskey, Some(_)) => Some(Add::begin(cx, tokens)),
            (Beginning::RemovePasskey(entry), Some(user)) => Remove::begin(cx, tokens, user, entry),
            (
                Beginning::SetUpAuthenticator
                | Beginning::Change(_)
                | Beginning::Form(_)
                | Beginning::ForgetDevice(_)
                | Beginning::AddPasskey
                | Beginning::RemovePasskey(_),
                None,
            ) => None,
        }
    }

    fn has_passkeys(&self) -> bool {
        self.user.as_ref().is_some_and(|user| user.settings.passkeys.is_some())
    }

    /// What an event begins. Who signs in with another provider has no password, no second factors and no passkeys here.
    fn begins(&self, event: &Event) -> Option<Beginning> {
        let has_provider = self.user.as_ref().is_some_and(|user| user.settings.provider.is_some());
        self.asked(event).filter(|beginning| match beginning {
            Beginning::SetUpAuthenticator | Beginning::Change(_) | Beginning::Form(Subject::Password) | Beginning::AddPasskey => {
                !has_provider
            }
            Beginning::Load | Beginning::Form(_) | Beginning::RemovePasskey(_) | Beginning::ForgetDevice(_) => true,
        })
    }

    fn asked(&self, event: &Event) -> Option<Beginning> {
        let is_known = self.user.is_some();
        match event {
            Event::Person(Person::Pressed(action)) => match action {
                Action::SetUpAuthenticator if is_known => Some(Beginning::SetUpAuthenticator),
                Action::TurnOn(factor @ (Factor::Sms | Factor::Email)) if is_known => {
                    Some(Beginning::Change(Change::TurnOn(*factor)))
                }
                Action::TurnOff(factor) if is_known && *factor != Factor::Passkey => {
                    Some(Beginning::Change(Change::TurnOff(*factor)))
                }
                Action::Prefer(factor) if is_known && *factor != Factor::Passkey => {
                    Some(Beginning::Change(Change::Prefer(*factor)))
                }
                Action::ForgetDevice(entry) if self.user.as_ref().is_some_and(|user| user.device(*entry).is_some()) => {
                    Some(Beginning::ForgetDevice(*entry))
                }
                Action::AddPasskey if self.has_passkeys() => Some(Beginning::AddPasskey),
                Action::RemovePasskey(entry) if self.user.as_ref().is_some_and(|user| user.passkey(*entry).is_some()) => {
                    Some(Beginning::RemovePasskey(*entry))
                }
                Action::TryAgain if !is_known => Some(Beginning::Load),
                action if is_known && let Some(subject) = Subject::of_action(*action) => Some(Beginning::Form(subject)),
                Action::SetUpAuthenticator
                | Action::ChangePassword
                | Action::ChangeContact(_)
                | Action::VerifyContact(_)
                | Action::DeleteAccount
                | Action::RememberDevice
                | Action::NotNow
                | Action::ForgetDevice(_)
                | Action::AddPasskey
                | Action::RemovePasskey(_)
                | Action::TurnOn(_)
                | Action::TurnOff(_)
                | Action::Prefer(_)
                | Action::TryAgain
                | Action::Back
                | Action::SendNewCode
                | Action::SignIn
                | Action::SignUp
                | Action::SignInBy(_)
                | Action::ContinueWith(_)
                | Action::OtherWays
                | Action::ForgotPassword
                | Action::SignOut
                | Action::SignOutEverywhere => None,
            },
            Event::Page(Page::ScreenRequested { screen: Screen::TotpSetup, .. }) if is_known => {
                Some(Beginning::SetUpAuthenticator)
            }
            Event::Page(Page::ScreenRequested { screen, .. }) if is_known => Subject::of_screen(*screen).map(Beginning::Form),
            Event::Page(Page::ResetRequested) if !is_known => Some(Beginning::Load),
            Event::Person(_) | Event::Page(_) | Event::Outcome(_) => None,
        }
    }

    pub fn view(&self, core: &Core) -> View {
        match &self.task {
            Some(task) => task.view(core, self.user.as_ref()),
            None => View::of(Screen::Account, false, Details::Account(overview(self.user.as_ref()))).telling(&self.notice),
        }
    }
}
