//! Somebody is signed in: the tokens are kept fresh, the account's settings shown, and the end comes here.

use crate::{
    flow::{
        account::Account,
        call_error::CallError,
        cx::{Core, Cx},
        effect::{Answer, Effect, HostEvent, SignOutReason},
        event::{Event, Outcome, Page, Person},
        farewell,
        form::Action,
        new_device::{NewDevice, Registered},
        notice::{Notice, NoticeKind},
        phase::{Goto, Next, Phase, Standing},
        refresh::{Refresh, Refreshed},
        screen::Screen,
        settings::Purpose,
        tokens::Tokens,
        view::{Details, View},
    },
    idp::{ErrorCode, NewDeviceMetadata},
};

#[derive(Debug)]
pub(in crate::flow) struct SignedIn {
    tokens: Tokens,
    refresh: Refresh,
    /// Whether the page was told. It is told of stored tokens when they are fresh, or when they cannot be refreshed for now.
    announced: bool,
    /// In the account element, once the page was told.
    account: Option<Account>,
    /// The device is new, and being registered.
    device: Option<NewDevice>,
}

/// Which sessions end.
enum Scope {
    This,
    /// Those of all devices, with the request of the page that waits for it.
    All(Option<u32>),
}

impl SignedIn {
    /// With tokens from the store; `None` when they are old and cannot be refreshed.
    pub fn adopt(cx: &mut Cx<'_>, tokens: Tokens) -> Option<Self> {
        let mut phase = Self::new(tokens);
        if phase.tokens.are_fresh(cx.now_millis) {
            phase.announce(cx);
        } else if phase.tokens.refresh_token.is_some() {
            phase.refresh.begin(cx, None, None);
        } else {
            cx.effect(Effect::Forget);
            return None;
        }
        Some(phase)
    }

    /// With tokens that a sign-in has just brought, and the device that it was new on. `behind` is what is on the screen meanwhile.
    pub fn complete(cx: &mut Cx<'_>, tokens: Tokens, device: Option<NewDeviceMetadata>, behind: View) -> Self {
        cx.effect(Effect::Store(tokens.clone()));
        let mut phase = Self::new(tokens);
        phase.device = device.and_then(|device| NewDevice::begin(cx, &phase.tokens, device, Some(behind)));
        phase.announce(cx);
        phase
    }

    fn new(tokens: Tokens) -> Self {
        Self { tokens, refresh: Refresh::default(), announced: false, account: None, device: None }
    }

    /// Tells the page, and in the account element reads the settings; both once, and not before the device is registered.
    fn announce(&mut self, cx: &mut Cx<'_>) {
        if self.device.as_ref().is_some_and(NewDevice::holds_up) {
            return;
        }
        if !self.announced {
            self.announced = true;
            let (username, id_token) = (self.tokens.username.clone(), self.tokens.id_token.clone());
            cx.tell(HostEvent::SignedIn { username, id_token });
        }
        if cx.settings().purpose == Purpose::Account && self.account.is_none() {
            self.account = Some(Account::load(cx, &self.tokens));
        }
    }

    fn on_refreshed(&mut self, cx: &mut Cx<'_>, refreshed: Refreshed) -> Next {
        match refreshed {
            Refreshed::Continues => {}
            Refreshed::Fresh(then) => {
                self.announce(cx);
                if let Some(event) = then {
                    // However short the new tokens live: to refresh them again would be to do so for ever.
                    return self.act(cx, event);
                }
            }
            Refreshed::Never => return self.end(cx, SignOutReason::Expired, Some(NoticeKind::TokensExpired.into())),
            Refreshed::NotNow { notice, holds_up } => {
                // A passing fault is no reason to lose a session.
                if holds_up && let Some(device) = &mut self.device {
                    device.tell(cx, notice.clone());
                }
                match &mut self.account {
                    None if !self.announced && cx.settings().purpose == Purpose::Account => {
                        self.account = Some(Account::unknown(cx, notice));
                    }
                    // Only whoever waits is told: the page may refresh as it likes.
                    Some(account) if holds_up => account.tell(cx, notice),
                    None | Some(_) => {}
                }
                self.announce(cx);
            }
        }
        Next::Stay
    }

    /// Does what takes an access token that lives.
    fn act(&mut self, cx: &mut Cx<'_>, event: Event) -> Next {
        match self.device.take_if(|device| device.takes(&event)) {
            Some(mut device) => {
                match device.on(cx, &self.tokens, event) {
                    Registered::Continues => self.device = Some(device),
                    Registered::Over => self.announce(cx),
                }
                Next::Stay
            }
            None => self.on_account(cx, event),
        }
    }

    fn on_account(&mut self, cx: &mut Cx<'_>, event: Event) -> Next {
        let Some(account) = &mut self.account else { return Next::Stay };
        if let Event::Outcome(Outcome::Replied { id, reply: Err(error), .. }) = &event
            && account.awaits(*id)
            && is_about_token(error)
        {
            // Whatever its age, this access token is no good; what is done next begins with a refresh.
            self.tokens.expires_at_millis = cx.now_millis;
        }
        if account.on(cx, &self.tokens, event) {
            return self.end(cx, SignOutReason::Deleted, Some(NoticeKind::AccountDeleted.into()));
        }
        Next::Stay
    }

    /// The session is forgotten before the service is asked to end it: a tab that is closed meanwhile leaves nobody signed in.
    fn sign_out(&mut self, cx: &mut Cx<'_>, scope: Scope) -> Next {
        let refreshing = self.refresh.give_up(cx);
        let next = self.end(cx, SignOutReason::Requested, None);
        match scope {
            Scope::All(request) => farewell::end_all_sessions(cx, request, &self.tokens, refreshing),
            Scope::This => farewell::end_this_session(cx, &self.tokens, refreshing),
        }
        next
    }

    fn end(&mut self, cx: &mut Cx<'_>, reason: SignOutReason, notice: Option<Notice>) -> Next {
        self.give_up_refresh(cx);
        if reason != SignOutReason::Elsewhere {
            cx.effect(Effect::Forget);
        }
        cx.tell(HostEvent::SignedOut(reason));
        // Whoever did not want to leave finds the name in the form; where it is the user id, nobody typed it.
        let Tokens { username, sign_in_name, .. } = &self.tokens;
        // Nor was the name of another provider's person.
        let was_typed = sign_in_name != username && !self.tokens.is_federated;
        if reason == SignOutReason::Expired && was_typed && cx.settings().purpose == Purpose::SignIn {
            return Goto::Form { sign_in_name: sign_in_name.clone(), notice }.into();
        }
        Goto::SignedOut { notice }.into()
    }

    /// What a refresh under way brings is revoked: nobody will use it.
    fn give_up_refresh(&mut self, cx: &mut Cx<'_>) {
        let refreshing = self.refresh.give_up(cx);
        farewell::revoke_what_comes(cx, refreshing);
    }

    fn on_store_changed(&mut self, cx: &mut Cx<'_>, stored: Option<Tokens>, was_removed: bool) -> Next {
        let Some(stored) = stored else { return self.end(cx, SignOutReason::Elsewhere, None) };
        if was_removed && stored.access_token.is(self.tokens.access_token.expose()) {
            // Signed out in another tab while this one stored what a refresh had brought.
            cx.effect(Effect::Forget);
            cx.revoke(self.tokens.refresh_token.clone());
            return self.end(cx, SignOutReason::Elsewhere, None);
        }
        if stored.username == self.tokens.username {
            let is_same = stored.access_token.is(self.tokens.access_token.expose());
            // An access token that the service refused does not become good by being read once more.
            let known_end = if is_same { self.tokens.expires_at_millis } else { i64::MAX };
            self.tokens = Tokens { expires_at_millis: stored.expires_at_millis.min(known_end), ..stored };
            return Next::Stay;
        }
        self.give_up_refresh(cx);
        if self.announced {
            cx.tell(HostEvent::SignedOut(SignOutReason::Elsewhere));
        }
        Goto::Adopt(stored).into()
    }
}

impl Phase for SignedIn {
    fn standing(&self) -> Standing {
        Standing::SignedIn
    }

    fn on(&mut self, cx: &mut Cx<'_>, event: Event) -> Next {
        match event {
            Event::Page(Page::TokensRequested { request }) => {
                if self.tokens.are_fresh(cx.now_millis) {
                    cx.effect(Effect::Answer { request, answer: Ok(Answer::Tokens(self.tokens.for_page())) });
                } else {
                    self.refresh.begin(cx, Some(request), None);
                }
            }
            Event::Outcome(Outcome::RefreshLockAcquired { stored }) => {
                let refreshed = self.refresh.on_lock(cx, &mut self.tokens, stored);
                return self.on_refreshed(cx, refreshed);
            }
            Event::Outcome(Outcome::Replied { id, reply, .. }) if self.refresh.awaits(id) => {
                let refreshed = self.refresh.on_reply(cx, &mut self.tokens, reply);
                return self.on_refreshed(cx, refreshed);
            }
            Event::Page(Page::StoreChanged { stored, was_removed }) => return self.on_store_changed(cx, stored, was_removed),
            Event::Page(Page::SignOutRequested { request, global }) => {
                return self.sign_out(cx, if global { Scope::All(Some(request)) } else { Scope::This });
            }
            Event::Person(Person::Pressed(Action::SignOut)) => return self.sign_out(cx, Scope::This),
            Event::Person(Person::Pressed(Action::SignOutEverywhere)) => return self.sign_out(cx, Scope::All(None)),
            // What the account does needs an access token that lives.
            event => {
                let is_sensitive = self.account.as_ref().is_some_and(|account| account.changes_protection(&event));
                if is_sensitive && !self.tokens.are_of_recent_sign_in(cx.settings(), cx.service_millis()) {
                    return Goto::SignInAgain { sign_in_name: self.tokens.sign_in_name.clone(), change: event }.into();
                }
                let needs_token = match &self.device {
                    Some(device) if device.takes(&event) => device.needs_token(&event),
                    Some(_) | None => self.account.as_ref().is_some_and(|account| account.needs_token(&event)),
                };
                if needs_token && !self.tokens.are_fresh(cx.now_millis) {
                    self.refresh.begin(cx, None, Some(event));
                } else {
                    return self.act(cx, event);
                }
            }
        }
        Next::Stay
    }

    fn view(&self, core: &Core) -> View {
        if let Some(view) = self.device.as_ref().and_then(NewDevice::view) {
            return View { busy: view.busy || self.refresh.holds_up(), ..view };
        }
        if !self.announced {
            return View::of(Screen::Loading, true, Details::None);
        }
        let view = match &self.account {
            Some(account) => account.view(core),
            None => View::of(Screen::SignedIn, false, Details::Name(self.tokens.sign_in_name.clone())),
        };
        View { busy: view.busy || self.refresh.holds_up(), ..view }
    }

    fn open_prompt(&self) -> Option<u32> {
        self.account.as_ref().and_then(Account::open_prompt)
    }

    fn awaits_aside(&self, id: u32) -> bool {
        self.refresh.awaits(id)
            || self.device.as_ref().is_some_and(|device| device.awaits(id))
            || self.account.as_ref().is_some_and(|account| account.awaits(id))
    }

    fn signed_in_again(&mut self, cx: &mut Cx<'_>, tokens: Tokens, device: Option<NewDeviceMetadata>, change: Event) -> Next {
        cx.effect(Effect::Store(tokens.clone()));
        if !tokens.are_of_the_user_of(&self.tokens, cx.settings()) {
            return self.on_store_changed(cx, Some(tokens), false);
        }
        self.tokens = tokens;
        // Nobody is asked in the middle of something else.
        self.device = device.and_then(|device| NewDevice::begin(cx, &self.tokens, device, None));
        cx.tell(HostEvent::TokensRefreshed);
        let refreshing = self.refresh.supersede(cx, &self.tokens);
        farewell::revoke_what_comes(cx, refreshing);
        self.on_account(cx, change)
    }
}

/// Whether the service refused the access token. It has the same error for what was typed, and for what the client may not do.
fn is_about_token(error: &CallError) -> bool {
    let is_not_authorized = matches!(error, CallError::Service(error) if error.code == ErrorCode::NotAuthorized);
    let about_other = [NoticeKind::WrongCredentials, NoticeKind::Throttled, NoticeKind::Configuration, NoticeKind::ScopeMissing];
    is_not_authorized && !about_other.contains(&Notice::from(error).kind)
}
