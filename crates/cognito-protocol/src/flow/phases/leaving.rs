//! The person is on the way to another provider.

use crate::flow::{
    cx::{Core, Cx},
    effect::Effect,
    event::{Event, Outcome, Page},
    job::{Derived, Job},
    notice::NoticeKind,
    phase::{Goto, Next, Phase, Standing},
    redirect_secrets::Way,
    screen::Screen,
    view::{Details, View},
};

/// So long a browser may take to leave; then the form takes presses again.
const LEAVING_MILLIS: u32 = 15_000;

/// Makes the secrets of the way, keeps them, and leaves the page.
#[derive(Debug)]
pub(in crate::flow) struct Leaving {
    sign_in_name: String,
    provider: u8,
    /// Whether the form that stays on the screen has a password.
    asks_password: bool,
    /// The person is signed in and has to show once more who they are.
    proves_again: bool,
    job: u32,
    timer: Option<u32>,
}

impl Leaving {
    pub fn new(cx: &mut Cx<'_>, sign_in_name: String, provider: u8, asks_password: bool, proves_again: bool) -> Self {
        Self { sign_in_name, provider, asks_password, proves_again, job: cx.derive(Job::MakeRedirectSecrets), timer: None }
    }

    fn on_derived(&mut self, cx: &mut Cx<'_>, derived: Derived) -> Next {
        let (Derived::RedirectSecrets(secrets), Some(federation)) = (derived, cx.settings().federation.clone()) else {
            return self.to_form(Some(NoticeKind::Unexpected));
        };
        let Some(provider) = federation.providers.get(usize::from(self.provider)) else { return self.to_form(None) };
        let client_id = cx.settings().client_id.clone();
        let (login_hint, proves_again) = (self.sign_in_name.as_str(), self.proves_again);
        let way = Way { client_id: &client_id, federation: &federation, provider, login_hint, proves_again };
        let record = secrets.record(&client_id, &federation, cx.now_millis);
        let timer = cx.start_timer(LEAVING_MILLIS);
        self.timer = Some(timer);
        cx.effect(Effect::Leave { id: timer, record, url: secrets.authorize_url(&way).into() });
        Next::Stay
    }

    fn to_form(&self, notice: Option<NoticeKind>) -> Next {
        Goto::Form { sign_in_name: self.sign_in_name.clone(), notice: notice.map(Into::into) }.into()
    }
}

impl Phase for Leaving {
    fn standing(&self) -> Standing {
        Standing::SigningIn
    }

    fn on(&mut self, cx: &mut Cx<'_>, event: Event) -> Next {
        match event {
            Event::Outcome(Outcome::Derived { id, derived }) if id == self.job => self.on_derived(cx, derived),
            Event::Outcome(Outcome::TimerFired { id }) if self.timer == Some(id) => self.to_form(None),
            Event::Outcome(Outcome::CouldNotLeave { id }) if self.timer == Some(id) => {
                self.to_form(Some(NoticeKind::ProviderFailed))
            }
            Event::Page(Page::StoreChanged { stored: Some(tokens), .. }) => Goto::Adopt(tokens).into(),
            // Whoever comes back did not go on there.
            Event::Page(Page::Cached) if self.timer.is_some() => self.to_form(None),
            Event::Person(_) | Event::Page(_) | Event::Outcome(_) => Next::Stay,
        }
    }

    fn view(&self, _core: &Core) -> View {
        let name = self.sign_in_name.clone();
        View::of(Screen::SignIn, true, if self.asks_password { Details::Name(name) } else { Details::NameAlone(name) })
    }
}
