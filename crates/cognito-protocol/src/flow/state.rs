//! The whole state of one widget, and the step that changes it.

use super::{
    cx::{Core, Cx},
    effect::{Answer, Effect, HostEvent},
    event::{Event, Outcome, Page, Person},
    form::Action,
    notice::NoticeKind,
    phase::{Goto, Next, Standing},
    route::Phases,
    screen::Screen,
    settings::Settings,
    view::View,
};
use crate::stack::wipe_stack;

/// The whole state of one widget.
#[derive(Debug)]
pub struct State {
    core: Core,
    phases: Phases,
    /// Made once with every event.
    view: View,
    /// The page's requests to sign out that wait for the end.
    sign_outs: Vec<u32>,
    /// The page's last request for a screen, while it cannot be known what comes of it.
    screen_request: Option<(u32, Screen)>,
}

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
        Self { core, phases, view, sign_outs: Vec::new(), screen_request: None }
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
        self.phases.now.standing() == Standing::SignedIn
    }

    // Not inlined, so that its frame is one of those that `step` overwrites.
    #[inline(never)]
    fn on(&mut self, now_millis: i64, event: Event) -> Vec<Effect> {
        if let Event::Outcome(Outcome::Replied { service_millis: Some(service_millis), .. }) = &event {
            self.core.service_ahead_millis = Some(service_millis.saturating_sub(now_millis));
        }
        let mut answers = self.note_request(&event);
        let mut cx = Cx::new(&mut self.core, now_millis);
        let was_signed_in = self.phases.now.standing() == Standing::SignedIn;
        let next = enter(&mut self.phases, &mut cx, self.view.screen, event);
        let has_signed_out = was_signed_in && matches!(next, Next::Go(_));
        if let Next::Go(goto) = next {
            self.phases.go(&mut cx, *goto);
        }
        let view = view(cx.core(), &self.phases);
        if view.screen != self.view.screen {
            cx.tell(HostEvent::ScreenChanged(view.screen));
        }
        let mut effects = cx.finish(view.screen);
        self.view = view;
        answers.extend(self.settled_requests(has_signed_out));
        effects.append(&mut answers);
        effects
    }

    /// Keeps a request of the page that is answered when it is known what came of it. Of two requests for a screen the later counts.
    fn note_request(&mut self, event: &Event) -> Vec<Effect> {
        let Event::Page(page) = event else { return Vec::new() };
        match *page {
            Page::SignOutRequested { request, .. } => self.sign_outs.push(request),
            Page::ScreenRequested { request, screen } => {
                let before = self.screen_request.replace((request, screen));
                return before.map(|(request, _)| screen_unavailable(request)).into_iter().collect();
            }
            Page::Started { .. }
            | Page::StoreChanged { .. }
            | Page::TokensRequested { .. }
            | Page::ResetRequested
            | Page::ChallengeTakenOver { .. }
            | Page::ChallengeAnswered { .. } => {}
        }
        Vec::new()
    }

    /// Answers to the requests of which it is known by now what came of them. Whoever wanted to sign out has done so also where
    /// another tab has signed somebody else in.
    fn settled_requests(&mut self, has_signed_out: bool) -> Vec<Effect> {
        let mut answers = Vec::new();
        if has_signed_out || !self.is_signed_in() {
            answers.extend(self.sign_outs.drain(..).map(done));
        }
        if let Some((request, screen)) = self.screen_request
            && (screen == self.view.screen || !self.view.busy)
        {
            self.screen_request = None;
            answers.push(if screen == self.view.screen { done(request) } else { screen_unavailable(request) });
        }
        answers
    }
}

fn done(request: u32) -> Effect {
    Effect::Answer { request, answer: Ok(Answer::Done) }
}

fn screen_unavailable(request: u32) -> Effect {
    Effect::Answer { request, answer: Err(NoticeKind::ScreenUnavailable.into()) }
}

/// What every phase does alike, and else what the phase does.
fn enter(phases: &mut Phases, cx: &mut Cx<'_>, shown: Screen, event: Event) -> Next {
    let standing = phases.now.standing();
    match event {
        Event::Page(Page::TokensRequested { request }) if standing != Standing::SignedIn => {
            cx.effect(Effect::Answer { request, answer: Err(NoticeKind::NotSignedIn.into()) });
            Next::Stay
        }
        // Whoever waited for the lock is gone; the other tabs must not wait.
        Event::Outcome(Outcome::RefreshLockAcquired { .. }) if standing != Standing::SignedIn => {
            cx.effect(Effect::ReleaseRefreshLock);
            Next::Stay
        }
        Event::Page(Page::ResetRequested) if standing == Standing::SigningIn => Goto::SignedOut { notice: None }.into(),
        // Shown already; the way back would leave it.
        Event::Page(Page::ScreenRequested { screen: Screen::SignIn, .. }) if shown == Screen::SignIn => Next::Stay,
        // The page's way to the form is the person's way back.
        Event::Page(Page::ScreenRequested { screen: Screen::SignIn, .. }) if standing == Standing::SigningIn => {
            phases.now.on(cx, Person::Pressed(Action::Back).into())
        }
        event => {
            if let (Some(kept), Event::Outcome(Outcome::TimerFired { id })) = (&mut phases.kept, &event) {
                kept.timer_fired_aside(*id);
            }
            phases.now.on(cx, event)
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
