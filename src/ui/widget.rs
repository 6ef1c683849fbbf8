//! The one stateful component: it owns the machine and draws its view.

use cognito_protocol::flow::{
    Action, Answer, Detail, Details, Event, HostEvent, Notice, NoticeKind, Page, Person, Purpose, Screen, Settings, SignInFlow,
    State, field, step,
};
use web_sys::Element;
use yew::{Callback, Component, Context, Html, NodeRef};

use super::{
    countdown::Countdown,
    draw::{Draw, asked_attributes},
    event::{WidgetError, WidgetEvent},
    fields::Fields,
    input::{Input, changes_little, leads_away, moves_focus, uses_store},
    parts,
    props::CognitoLoginProps,
    screens,
};
use crate::{
    config::LoginConfig,
    i18n::Texts,
    shell::{
        claims, clock,
        effects::{ForPage, Shell},
        last_factor::LastFactor,
        listener::Listener,
        page, passkeys,
    },
};

/// The login widget as a Yew component.
pub struct CognitoLogin {
    /// Absent only where the configuration is wrong, or while a step runs.
    machine: Option<(State, Shell)>,
    /// Numbers the widget, so that the ids of its fields differ where widgets share a document.
    id: u32,
    root: NodeRef,
    input: Callback<Input>,
    show_password: bool,
    has_spare_password: bool,
    /// Which rules the new password keeps: a bit each, in their order.
    kept_rules: u8,
    setup_key_copied: bool,
    countdown: Countdown,
    /// What was pressed last in the account, whose button has the focus again when the person comes back.
    left_by: Option<Action>,
    drawn: Drawn,
    is_drawn: bool,
    told_of_trouble: bool,
    _on_cached: Listener,
}

/// What was on the screen when it was last drawn, to see what is new.
#[derive(Default)]
struct Drawn {
    screen: Option<Screen>,
    notice: Option<u32>,
    /// Whether the change came from the person at this widget, so that the focus may move.
    by_person: bool,
}

impl core::fmt::Debug for CognitoLogin {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("CognitoLogin").finish_non_exhaustive()
    }
}

thread_local! {
    static LAST_WIDGET: core::cell::Cell<u32> = const { core::cell::Cell::new(0) };
}

impl Component for CognitoLogin {
    type Message = Input;
    type Properties = CognitoLoginProps;

    fn create(ctx: &Context<Self>) -> Self {
        let mut widget = Self {
            machine: None,
            id: 0,
            root: NodeRef::default(),
            input: ctx.link().callback(|input| input),
            show_password: false,
            has_spare_password: false,
            kept_rules: 0,
            setup_key_copied: false,
            countdown: Countdown::default(),
            left_by: None,
            drawn: Drawn::default(),
            is_drawn: false,
            told_of_trouble: false,
            _on_cached: {
                let link = ctx.link().clone();
                Listener::of_cached_page("pagehide", move || link.send_message(Input::PageCached))
            },
        };
        // Before the first drawing, which the script lays over a form that it drew.
        widget.begin(ctx);
        widget
    }

    fn update(&mut self, ctx: &Context<Self>, input: Input) -> bool {
        match input {
            // The page's own form comes before one of ours.
            Input::Event(event) if is_wish_to_sign_in(&event) && page::reveal_login() => return false,
            Input::Event(event) => {
                let before = changes_little(&event).then(|| self.seen());
                if let Event::Person(Person::Pressed(action)) = *event
                    && self.drawn.screen == Some(Screen::Account)
                {
                    self.left_by = Some(action);
                }
                if uses_store(&event) {
                    self.look_at_store(ctx);
                }
                if leads_away(&event)
                    && let Some(name) = self.with_fields(ctx, |fields| fields.sign_in_name()).flatten()
                {
                    self.step(ctx, Person::Named(name).into());
                }
                self.step(ctx, *event);
                return before.is_none_or(|before| before != self.seen());
            }
            Input::Submitted => {
                if let Some(answers) = self.with_fields(ctx, |fields| fields.answers()) {
                    self.step(ctx, Person::Submitted(answers).into());
                }
            }
            Input::NewPasswordTyped => {
                let Ok(config) = &ctx.props().config.0 else { return false };
                let kept = self.with_fields(ctx, |fields| fields.kept_rules(&config.password_policy)).unwrap_or(0);
                return core::mem::replace(&mut self.kept_rules, kept) != kept;
            }
            Input::CodeTyped => {
                self.with_fields(ctx, |fields| fields.tidy_code());
                return self.update(ctx, Person::Touched.into());
            }
            // Once seen, it stays in sight.
            Input::SparePasswordTyped => {
                self.has_spare_password |= self.with_fields(ctx, |fields| fields.has_spare_password()).unwrap_or(false);
            }
            Input::PasswordToggled => self.show_password = !self.show_password,
            Input::SetupKeyCopyRequested => {
                if let Some((state, _)) = &self.machine
                    && let Details::TotpSetup(Some(setup)) = &state.view().details
                {
                    let input = self.input.clone();
                    page::copy(setup.secret_base32.expose(), move || input.emit(Input::SetupKeyCopied));
                }
                return false;
            }
            Input::SetupKeyCopied => self.setup_key_copied = true,
            Input::SecondPassed => self.countdown.ticked(),
            Input::StoreRead => self.look_at_store(ctx),
            Input::PageCached => {
                // Whoever sits down at this browser next may press "Back".
                self.forget_screen();
                self.with_fields(ctx, |fields| fields.empty_secrets());
                self.step(ctx, Page::Cached.into());
            }
        }
        true
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Self::Properties) -> bool {
        let props = ctx.props();
        if props.is_parked {
            self.park();
            return true;
        }
        if old.is_parked {
            self.begin(ctx);
            return true;
        }
        if props.config == old.config {
            return false;
        }
        match (&props.config.0, &old.config.0, &mut self.machine) {
            (Ok(new), Ok(old), Some((state, shell))) if new.goes_on_from(old) => {
                state.set_settings(settings(new, props.purpose));
                shell.set_secret_hash(new.secret_hash.clone());
            }
            // Another pool, or another way to sign in: everything begins anew.
            _ => self.start(ctx),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        if !self.is_drawn {
            let screen = self.machine.as_ref().map(|(state, _)| state.view().screen.as_str());
            ctx.props().on_first_drawing.emit(Some(screen.unwrap_or_default()));
        }
        if ctx.props().is_parked {
            return Html::default();
        }
        let (config, state) = match (&ctx.props().config.0, &self.machine) {
            (Ok(config), Some((state, _))) => (config, state),
            (Ok(_), None) => return Html::default(),
            (Err(error), _) => return parts::bad_configuration(&error.to_string()),
        };
        let draw = Draw {
            config,
            purpose: ctx.props().purpose,
            view: state.view(),
            widget: self.id,
            root: &self.root,
            input: &self.input,
            show_password: self.show_password,
            has_spare_password: self.has_spare_password,
            kept_rules: self.kept_rules,
            has_countries: ctx.props().has_countries,
            setup_key_copied: self.setup_key_copied,
            left_by: self.left_by,
        };
        parts::screen(&draw, screens::layout(draw.view))
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first_render: bool) {
        if !core::mem::replace(&mut self.is_drawn, true) {
            ctx.props().on_first_drawing.emit(None);
        }
        let Some((state, _)) = &self.machine else { return };
        let view = state.view();
        let screen_is_new = self.drawn.screen.is_some_and(|screen| screen != Screen::Loading && screen != view.screen);
        let notice = view.notice.as_ref().map(|shown| shown.id);
        let notice_is_new = notice.is_some() && notice != self.drawn.notice;
        let kind = view.notice.as_ref().map(|shown| shown.notice.kind);
        self.with_fields(ctx, |fields| {
            if self.drawn.screen != Some(view.screen)
                && let Details::Name(name) | Details::NameAlone(name) = &view.details
                && !name.is_empty()
            {
                fields.prefill(field::USERNAME, name);
            }
            if self.drawn.screen != Some(view.screen) {
                fields.choose();
            }
            if notice_is_new {
                fields.empty_by_notice(kind);
            }
            if self.drawn.by_person && (screen_is_new || notice_is_new) {
                fields.focus(kind, screen_is_new);
            }
        });
        self.countdown.tick(&view.details, &self.input);
        (self.drawn.screen, self.drawn.notice) = (Some(view.screen), notice);
        if screen_is_new {
            self.forget_screen();
        }
    }

    fn destroy(&mut self, ctx: &Context<Self>) {
        ctx.props().handle.leave();
    }
}

impl CognitoLogin {
    /// Begins on a page.
    fn begin(&mut self, ctx: &Context<Self>) {
        self.id = LAST_WIDGET.with(|last| {
            last.set(last.get().wrapping_add(1));
            last.get()
        });
        self.is_drawn = false;
        emit(ctx, WidgetEvent::Ready);
        self.start(ctx);
    }

    /// Forgets all, as if it were dropped.
    fn park(&mut self) {
        self.machine = None;
        self.forget_screen();
        self.countdown = Countdown::default();
        self.drawn = Drawn::default();
        (self.is_drawn, self.told_of_trouble) = (false, false);
    }

    /// Forgets what the person made of the screen.
    fn forget_screen(&mut self) {
        self.show_password = false;
        self.has_spare_password = false;
        self.kept_rules = 0;
        self.setup_key_copied = false;
    }

    /// Begins with what the store holds.
    fn start(&mut self, ctx: &Context<Self>) {
        let props = ctx.props();
        self.drawn = Drawn::default();
        self.machine = None;
        props.handle.restart(&self.input);
        match &props.config.0 {
            Ok(config) => {
                let state = State::new(settings(config, props.purpose));
                let input = self.input.clone();
                let shell = Shell::new(config, self.id, move |event| input.emit(event.into()));
                let (stored, challenge) = (shell.load(), shell.load_challenge());
                self.tell_of_trouble(ctx, &shell);
                let returned = config.federation.as_ref().and_then(|_| shell.load_return());
                self.machine = Some((state, shell));
                if let Some(record) = challenge {
                    self.step(ctx, Page::ChallengeFound { record }.into());
                }
                if let Some(returned) = returned {
                    self.step(ctx, Page::ReturnFound(returned).into());
                }
                self.step(ctx, Page::Started { stored }.into());
            }
            Err(error) => {
                let text = error.to_string();
                let detail = error.fault().map_or(Detail::Text(text.clone()), |fault| Detail::Fault(fault, text));
                let notice = Notice { detail, ..NoticeKind::Configuration.into() };
                emit(ctx, WidgetEvent::Error(WidgetError::of(notice, &Texts::english(), Default::default())));
            }
        }
    }

    fn step(&mut self, ctx: &Context<Self>, event: Event) {
        let (Ok(config), Some((state, shell))) = (&ctx.props().config.0, self.machine.take()) else {
            return refuse(ctx, &event);
        };
        if let Some(moves) = moves_focus(&event) {
            self.drawn.by_person = moves;
        }
        let is_reset = matches!(event, Event::Page(Page::ResetRequested));
        let next = step(state, clock::now_millis(), event);
        let (texts, kind) = (&config.texts, config.username_kind);
        for effect in next.effects {
            let for_page = shell.perform(effect);
            self.tell_of_trouble(ctx, &shell);
            match for_page {
                None => {}
                Some(ForPage::Answer { request, answer }) => {
                    ctx.props().handle.settle(request, answer.map_err(|notice| WidgetError::of(notice, texts, kind)));
                }
                Some(ForPage::News(news)) => self.tell(ctx, config, &shell, news),
            }
        }
        self.machine = Some((next.state, shell));
        if is_reset {
            // What a form that stays on the screen still holds.
            self.with_fields(ctx, |fields| fields.reset(&config.username));
            self.kept_rules = 0;
        }
    }

    /// No event tells what another library on this page does with the store.
    fn look_at_store(&mut self, ctx: &Context<Self>) {
        if let Some(news) = self.machine.as_ref().and_then(|(_, shell)| shell.news()) {
            self.step(ctx, news);
        }
    }

    /// Tells the page once that its session is in memory alone. The person is not bothered: nothing that they could do is amiss.
    fn tell_of_trouble(&mut self, ctx: &Context<Self>, shell: &Shell) {
        if let Some(message) = shell.trouble().filter(|_| !self.told_of_trouble) {
            self.told_of_trouble = true;
            emit(ctx, WidgetEvent::Error(WidgetError::for_author("storage_unavailable", message)));
        }
    }

    /// Tells the page, which may take a challenge over.
    fn tell(&self, ctx: &Context<Self>, config: &LoginConfig, shell: &Shell, news: HostEvent) {
        let challenge = match &news {
            HostEvent::Challenge { id, .. } => Some(*id),
            HostEvent::ScreenChanged(_)
            | HostEvent::SignedIn { .. }
            | HostEvent::SignedOut(_)
            | HostEvent::TokensRefreshed
            | HostEvent::Error { .. } => None,
        };
        // Not this widget's input: after a new beginning that would be another machine's, with challenges of the same number.
        let feed = shell.feed();
        let respond = Callback::from(move |(challenge, answer): (u32, String)| {
            feed(Page::ChallengeAnswered { challenge, answer: answer.into() }.into());
        });
        let goes_on = emit(ctx, WidgetEvent::of(news, &config.texts, config.username_kind, respond));
        if let (Some(challenge), false) = (challenge, goes_on) {
            self.input.emit(Page::ChallengeTakenOver { challenge }.into());
        }
    }

    /// What events that change little may change of what is seen.
    fn seen(&self) -> Option<(Screen, bool, Option<u32>)> {
        let (state, _) = self.machine.as_ref()?;
        let view = state.view();
        Some((view.screen, view.busy, view.notice.as_ref().map(|shown| shown.id)))
    }

    /// Looks at the inputs of the screen that is drawn; `None` where none is.
    fn with_fields<T>(&self, ctx: &Context<Self>, look: impl FnOnce(&Fields<'_>) -> T) -> Option<T> {
        let root = self.root.cast::<Element>()?;
        let view = self.machine.as_ref()?.0.view();
        let config = ctx.props().config.0.as_ref().ok()?;
        let attributes = asked_attributes(config, &view.details);
        Some(look(&Fields { root: &root, layout: screens::layout(view), attributes }))
    }
}

/// What the machine must know, of which the device knows a part.
fn settings(config: &LoginConfig, purpose: Purpose) -> Settings {
    // Another flow does not ask for it.
    let last_factor = if config.auth_flow == SignInFlow::Choice { LastFactor::of(config).read() } else { None };
    let has_passkeys = config.passkeys.is_some() && passkeys::are_there();
    let device_name = page::user_agent();
    let of_config = config.settings(purpose, &page::host_name(), claims::read);
    let mut settings = Settings { last_factor, has_passkeys, device_name, ..of_config };
    if let Some(federation) = settings.federation.as_mut().filter(|federation| federation.redirect_uri.is_empty()) {
        federation.redirect_uri = page::own_url();
    }
    settings
}

fn is_wish_to_sign_in(event: &Event) -> bool {
    matches!(event, Event::Person(Person::Pressed(Action::SignIn)))
}

/// Without a machine nobody is signed in, and there is no screen.
fn refuse(ctx: &Context<CognitoLogin>, event: &Event) {
    let (request, answer) = match event {
        Event::Page(Page::TokensRequested { request }) => (*request, Err(NoticeKind::NotSignedIn)),
        Event::Page(Page::ScreenRequested { request, .. }) => (*request, Err(NoticeKind::ScreenUnavailable)),
        Event::Page(Page::SignOutRequested { request, .. }) => (*request, Ok(Answer::Done)),
        Event::Page(_) | Event::Person(_) | Event::Outcome(_) => return,
    };
    let answer = answer.map_err(|kind| WidgetError::of(kind.into(), &Texts::english(), Default::default()));
    ctx.props().handle.settle(request, answer);
}

/// The answer is `false` when the page prevented the default.
fn emit(ctx: &Context<CognitoLogin>, event: WidgetEvent) -> bool {
    if let WidgetEvent::SignedIn { username, claims } = &event {
        ctx.props().on_signed_in.emit((username.clone(), claims.clone()));
    }
    ctx.props().on_event.as_ref().is_none_or(|callback| callback.emit(event))
}
