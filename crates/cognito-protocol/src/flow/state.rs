//! The whole state of one widget, and the step that changes it.

use super::{
    cx::{Core, Cx},
    effect::{Answer, Effect, HostEvent},
    event::{Event, Outcome, Page, Person, Returned},
    farewell::{self, Ended},
    form::Action,
    notice::{Notice, NoticeKind},
    phase::{Goto, Next, Phase, Standing},
    route::{Phases, reopen},
    screen::Screen,
    settings::Settings,
    view::{Details, View},
};
use crate::{idp::Json, stack::wipe_stack};

/// How many sessions that a store held beside its own are revoked. More than one or two, nobody has but who wrote them there.
const MOST_REVOKED: usize = 10;

/// The whole state of one widget.
#[derive(Debug)]
pub struct State {
    core: Core,
    phases: Phases,
    /// Made once with every event.
    view: View,
    /// The page's last request for a screen, while it cannot be known what comes of it.
    screen_request: Option<(u32, Screen)>,
    /// The timer of the session whose challenge is kept over a reload.
    kept_session: Option<u32>,
    /// What was kept before the page was loaded.
    found_challenge: Option<Json>,
    /// What the browser asks for, where its dialog is open.
    prompt: Option<u32>,
    /// What the page's address had.
    found_return: Option<Returned>,
}

/// Stands for the session of a challenge that was found: no timer has this number.
const FOUND: u32 = 0;

/// What one event led to.
#[derive(Debug)]
pub struct Step {
    /// The state to feed the next event to.
    pub state: State,
    /// What to do now, in this order.
    pub effects: Vec<Effect>,
}

/// `(state, event) → (state, effects)`.
///
/// `now_millis` is the local clock in milliseconds since the Unix epoch; the service's clock is known from its replies. An event
/// that does not fit the state is ignored when it comes from the person or is stale, and ends in a notice when it comes from the
/// service.
#[must_use]
pub fn step(mut state: State, now_millis: i64, event: Event) -> Step {
    let effects = state.on(now_millis, event);
    wipe_stack();
    Step { state, effects }
}

impl State {
    /// The state before [`Page::Started`].
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        let (core, phases) = (Core::new(settings), Phases::new());
        let view = view(&core, &phases);
        Self {
            core,
            phases,
            view,
            screen_request: None,
            kept_session: None,
            found_challenge: None,
            prompt: None,
            found_return: None,
        }
    }

    /// The settings that this machine runs with.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.core.settings
    }

    /// Exchanges the settings, for those that may change while the widget is on the page. What is under way goes on.
    pub fn set_settings(&mut self, settings: Settings) {
        self.core.settings = settings;
        self.view = view(&self.core, &self.phases);
    }

    /// What to draw.
    #[must_use]
    pub fn view(&self) -> &View {
        &self.view
    }

    /// Whether somebody is signed in.
    #[must_use]
    pub fn is_signed_in(&self) -> bool {
        self.phases.standing() == Standing::SignedIn
    }

    // Not inlined, so that its frame is one of those that `step` overwrites.
    #[inline(never)]
    fn on(&mut self, now_millis: i64, mut event: Event) -> Vec<Effect> {
        if let Event::Outcome(Outcome::Replied { service_millis: Some(service_millis), .. }) = &event {
            self.core.service_ahead_millis = Some(service_millis.saturating_sub(now_millis));
        }
        if let Event::Outcome(Outcome::DeviceFound { id, device }) = &mut event {
            self.core.device_found(*id, device.take());
        }
        if let Event::Page(Page::FaultFound { fault, said }) = event {
            let notice = Notice::of_fault(fault, &said);
            return vec![Effect::Tell(HostEvent::Error { notice, screen: self.view.screen })];
        }
        if let Event::Page(Page::ChallengeFound { record }) = event {
            (self.found_challenge, self.kept_session) = (Some(record), Some(FOUND));
            return Vec::new();
        }
        if let Event::Page(Page::ReturnFound(returned)) = event {
            self.found_return = Some(returned);
            return Vec::new();
        }
        let mut answers = self.note_request(&event);
        let signed_out_here = sign_out_request(&event);
        let answered = answered_prompt(&event);
        let mut cx = Cx::new(&mut self.core, now_millis);
        leave_out_others(&mut cx, &mut event);
        let is_start = matches!(event, Event::Page(Page::Started { stored: None }));
        let found = self.found_challenge.take().filter(|_| is_start);
        let returned = self.found_return.take();
        let next = match (returned, found.and_then(|record| reopen(&mut cx, record)), event) {
            (Some(returned), _, Event::Page(Page::Started { stored })) => Goto::Return { returned, stored }.into(),
            (_, Some(goto), _) => goto.into(),
            (_, None, event) => enter(&mut self.phases, &mut cx, &self.view, event),
        };
        if let Next::Go(goto) = next {
            self.phases.go(&mut cx, *goto);
        }
        let view = view(cx.core(), &self.phases);
        // What is shown until a screen can be has no name for a page.
        if view.screen != self.view.screen && view.screen != Screen::Loading {
            cx.tell(HostEvent::ScreenChanged(view.screen));
        }
        let mut effects = cx.finish(view.screen);
        self.view = view;
        if let Some(effect) = self.challenge_to_keep() {
            effects.insert(0, effect);
        }
        if self.prompt_to_dismiss(answered) {
            effects.insert(0, Effect::DismissPasskey);
        }
        answers.extend(signed_out_here.map(done));
        answers.extend(self.settled_screen_request());
        effects.append(&mut answers);
        effects.extend(self.core.next_url.take().map(|url| Effect::Navigate { url }));
        effects
    }

    /// Keeps the challenge that waits for the person, and no other. This comes first: what an answer uses is forgotten before it is sent.
    fn challenge_to_keep(&mut self) -> Option<Effect> {
        let open = self.phases.open_challenge();
        let session = open.as_ref().map(|open| open.session_timer);
        if core::mem::replace(&mut self.kept_session, session) == session {
            return None;
        }
        let record = open.map(|open| open.record(&self.core.settings, self.core.session_ends_at_millis));
        Some(record.map_or(Effect::ForgetChallenge, Effect::KeepChallenge))
    }

    /// Whether the browser asks for what nobody waits for any more, so that no phase has to think of it.
    fn prompt_to_dismiss(&mut self, answered: Option<u32>) -> bool {
        let now = self.phases.open_prompt();
        let before = core::mem::replace(&mut self.prompt, now);
        before.is_some() && before != now && before != answered
    }

    /// Keeps a request for a screen, which is answered when it is known what came of it. Of two the later counts.
    fn note_request(&mut self, event: &Event) -> Vec<Effect> {
        let Event::Page(Page::ScreenRequested { request, screen }) = *event else { return Vec::new() };
        let before = self.screen_request.replace((request, screen));
        before.map(|(request, _)| screen_unavailable(request)).into_iter().collect()
    }

    fn settled_screen_request(&mut self) -> Option<Effect> {
        let (request, screen) = self.screen_request?;
        if screen != self.view.screen && self.view.busy {
            return None;
        }
        self.screen_request = None;
        Some(if screen == self.view.screen { done(request) } else { screen_unavailable(request) })
    }
}

/// A request of the page to sign out on this device alone: nobody is signed in after the step that takes it.
fn sign_out_request(event: &Event) -> Option<u32> {
    match event {
        Event::Page(Page::SignOutRequested { request, global: false }) => Some(*request),
        Event::Page(_) | Event::Person(_) | Event::Outcome(_) => None,
    }
}

/// The dialog of the browser that is over.
fn answered_prompt(event: &Event) -> Option<u32> {
    match event {
        Event::Outcome(Outcome::PasskeyAnswered { id, .. }) => Some(*id),
        Event::Page(_) | Event::Person(_) | Event::Outcome(_) => None,
    }
}

/// Stored tokens of another pool or client, or of two users, are no session. They are forgotten, and sent nowhere: they may be
/// somebody else's secret.
fn leave_out_others(cx: &mut Cx<'_>, event: &mut Event) {
    let stored = match event {
        Event::Page(Page::Started { stored } | Page::StoreChanged { stored, .. })
        | Event::Outcome(Outcome::RefreshLockAcquired { stored }) => stored,
        Event::Page(_) | Event::Person(_) | Event::Outcome(_) => return,
    };
    if stored.take_if(|tokens| !tokens.are_ours(cx.settings())).is_some() {
        cx.effect(Effect::Forget);
    }
}

fn done(request: u32) -> Effect {
    Effect::Answer { request, answer: Ok(Answer::Done) }
}

fn screen_unavailable(request: u32) -> Effect {
    Effect::Answer { request, answer: Err(NoticeKind::ScreenUnavailable.into()) }
}

/// What every phase does alike, and else what the phase does.
fn enter(phases: &mut Phases, cx: &mut Cx<'_>, shown: &View, event: Event) -> Next {
    if let Some(changing) = &mut phases.changing {
        if is_for_session(&event, &*changing.session) {
            let next = changing.session.on(cx, event);
            if matches!(next, Next::Go(_)) {
                // Without the session there is nothing to change.
                phases.changing = None;
            }
            return next;
        }
        // The page wants the settings back.
        if matches!(event, Event::Page(Page::ScreenRequested { screen: Screen::Account, .. })) {
            return Goto::SignedOut { notice: None }.into();
        }
    }
    let standing = phases.now.standing();
    match event {
        Event::Outcome(Outcome::Replied { id, reply, .. }) if cx.awaits_departure(id) => {
            match cx.take_departure(id).map_or(Ended::Quietly, |departure| farewell::go_on(cx, departure, reply)) {
                Ended::Quietly => Next::Stay,
                Ended::HereOnly => tell_signed_out_here_only(cx, standing, shown),
            }
        }
        Event::Outcome(Outcome::LeftOver { sessions }) => {
            let mut revoked = 0;
            for tokens in sessions {
                // What is not ours is somebody else's secret.
                if revoked < MOST_REVOKED && tokens.are_ours(cx.settings()) {
                    revoked += 1;
                    cx.revoke(tokens.refresh_token);
                }
            }
            Next::Stay
        }
        Event::Page(Page::SignOutRequested { request, global: true }) if standing != Standing::SignedIn => {
            if !cx.join_departure(request) {
                cx.effect(done(request));
            }
            Next::Stay
        }
        Event::Page(Page::TokensRequested { request }) if standing != Standing::SignedIn => {
            cx.effect(Effect::Answer { request, answer: Err(NoticeKind::NotSignedIn.into()) });
            Next::Stay
        }
        // Whoever waited for the lock is gone; the other tabs must not wait.
        Event::Outcome(Outcome::RefreshLockAcquired { .. }) if standing != Standing::SignedIn => {
            cx.effect(Effect::ReleaseRefreshLock);
            Next::Stay
        }
        Event::Page(Page::ResetRequested) if standing == Standing::SigningIn => Goto::Begin.into(),
        // Shown already; the way back would leave it.
        Event::Page(Page::ScreenRequested { screen: Screen::SignIn, .. }) if shown.screen == Screen::SignIn => Next::Stay,
        // The page's way to the form is the person's way back.
        Event::Page(Page::ScreenRequested { screen: Screen::SignIn, .. }) if standing == Standing::SigningIn => {
            phases.now.on(cx, Person::Pressed(Action::Back).into())
        }
        Event::Page(Page::ScreenRequested { screen, .. }) if let Some(goto) = way_to(cx.settings(), screen, standing, shown) => {
            goto.into()
        }
        event => {
            if let (Some(kept), Event::Outcome(Outcome::TimerFired { id })) = (&mut phases.kept, &event) {
                kept.timer_fired_aside(*id);
            }
            phases.now.on(cx, event)
        }
    }
}

/// The page's way to a screen beside the form, with the name that was typed last.
fn way_to(settings: &Settings, screen: Screen, standing: Standing, shown: &View) -> Option<Goto> {
    if !matches!(standing, Standing::SigningIn | Standing::SignedOut) || screen == shown.screen {
        return None;
    }
    let name = match &shown.details {
        Details::Name(name) | Details::NameAlone(name) => name,
        Details::None
        | Details::FirstFactors(_)
        | Details::Attributes(..)
        | Details::Challenge(_)
        | Details::TotpSetup(_)
        | Details::Account(_) => &settings.sign_in_name,
    };
    Goto::screen(settings, screen, name.clone())
}

/// While the person signs in once more for a change: whether an event is for the session that goes on.
fn is_for_session(event: &Event, session: &dyn Phase) -> bool {
    match event {
        Event::Page(Page::TokensRequested { .. } | Page::SignOutRequested { .. } | Page::StoreChanged { .. })
        | Event::Outcome(Outcome::RefreshLockAcquired { .. }) => true,
        Event::Outcome(Outcome::Replied { id, .. } | Outcome::Derived { id, .. }) => session.awaits_aside(*id),
        Event::Person(_)
        | Event::Page(
            Page::Cached
            | Page::ChallengeFound { .. }
            | Page::FaultFound { .. }
            | Page::ReturnFound(_)
            | Page::Started { .. }
            | Page::ScreenRequested { .. }
            | Page::ResetRequested
            | Page::ChallengeTakenOver { .. }
            | Page::ChallengeAnswered { .. },
        )
        | Event::Outcome(
            Outcome::DeviceFound { .. }
            | Outcome::TimerFired { .. }
            | Outcome::CouldNotLeave { .. }
            | Outcome::LeftOver { .. }
            | Outcome::PasskeyAnswered { .. },
        ) => false,
    }
}

/// Whoever wanted to end all sessions has long left this one. The notice is shown where it disturbs nothing; the page hears of it anyway.
fn tell_signed_out_here_only(cx: &mut Cx<'_>, standing: Standing, shown: &View) -> Next {
    let notice = Some(NoticeKind::SignedOutHereOnly.into());
    match (standing, &shown.details) {
        (Standing::SignedOut, _) => Goto::SignedOut { notice }.into(),
        (Standing::SigningIn, Details::Name(name) | Details::NameAlone(name))
            if shown.screen == Screen::SignIn && !shown.busy =>
        {
            Goto::Form { sign_in_name: name.clone(), notice }.into()
        }
        (Standing::Starting | Standing::SigningIn | Standing::SignedIn, _) => {
            drop(cx.show(NoticeKind::SignedOutHereOnly));
            Next::Stay
        }
    }
}

/// The view of the phase; while a new code is asked for, that of the challenge which is kept.
fn view(core: &Core, phases: &Phases) -> View {
    match &phases.kept {
        Some(kept) => View { busy: true, notice: None, ..kept.view(core) },
        None => phases.now.view(core),
    }
}
