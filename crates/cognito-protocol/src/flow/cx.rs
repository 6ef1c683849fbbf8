//! What a transition works with: the settings, the clocks, fresh ids, and the effects that it collects.

use super::{
    departure::Departure,
    device::Device,
    effect::{Effect, HostEvent},
    first_factor::FirstFactor,
    job::Job,
    notice::Notice,
    passkey::Ceremony,
    refreshing::{RefreshOperation, Refreshing},
    screen::Screen,
    settings::Settings,
    tokens::Tokens,
    view::Shown,
};
use crate::{
    Secret,
    idp::{ChallengeName, Json, Operation, Request, RespondToAuthChallengeRequest, RevokeTokenRequest, StringMap},
};

/// What every phase has.
#[derive(Debug)]
pub(super) struct Core {
    pub settings: Settings,
    last_id: u32,
    /// The service's clock less the local one, once a reply told it.
    pub service_ahead_millis: Option<i64>,
    /// Sessions that are over here and not yet at the service.
    pub departures: Vec<Departure>,
    /// Where the page goes when all else of this step is done.
    pub next_url: Option<String>,
    /// When the newest session of a challenge is over, by the local clock.
    pub session_ends_at_millis: i64,
    /// The device of the sign-in that is under way: each answer names it.
    device: Option<Device>,
    /// The device is looked for.
    finding_device: Option<u32>,
}

impl Core {
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            last_id: 0,
            service_ahead_millis: None,
            departures: Vec::new(),
            next_url: None,
            session_ends_at_millis: 0,
            device: None,
            finding_device: None,
        }
    }

    /// The store was looked through; what nobody waits for is dropped.
    pub fn device_found(&mut self, id: u32, device: Option<Device>) {
        if self.finding_device == Some(id) {
            (self.device, self.finding_device) = (device, None);
        }
    }
}

pub(super) struct Cx<'a> {
    core: &'a mut Core,
    pub now_millis: i64,
    effects: Vec<Effect>,
    errors: Vec<Notice>,
    /// Calls that end sessions. They come last: what is forgotten is forgotten before anybody is asked.
    farewells: Vec<(u32, Request)>,
    /// When the session is over of a challenge that is opened again.
    pub reopened_until_millis: Option<i64>,
}

impl<'a> Cx<'a> {
    pub fn new(core: &'a mut Core, now_millis: i64) -> Self {
        Self { core, now_millis, effects: Vec::new(), errors: Vec::new(), farewells: Vec::new(), reopened_until_millis: None }
    }

    /// The effects, with the errors told as being on `screen`.
    pub fn finish(mut self, screen: Screen) -> Vec<Effect> {
        for notice in core::mem::take(&mut self.errors) {
            self.tell(HostEvent::Error { notice, screen });
        }
        self.effects.extend(self.farewells.into_iter().map(|(id, request)| Effect::Call { id, request }));
        self.effects
    }

    pub fn core(&self) -> &Core {
        self.core
    }

    pub fn settings(&self) -> &Settings {
        &self.core.settings
    }

    /// The service's clock, as far as its replies told.
    pub fn service_millis(&self) -> i64 {
        self.now_millis.saturating_add(self.core.service_ahead_millis.unwrap_or(0))
    }

    /// Whether a reply told the service's clock.
    pub fn knows_service_clock(&self) -> bool {
        self.core.service_ahead_millis.is_some()
    }

    pub fn fresh_id(&mut self) -> u32 {
        self.core.last_id = self.core.last_id.wrapping_add(1);
        self.core.last_id
    }

    pub fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// What the person chose to sign in by is offered first from now on.
    pub fn remember_factor(&mut self, factor: FirstFactor) {
        self.core.settings.last_factor = Some(factor);
        self.effect(Effect::RememberFactor(factor));
    }

    pub fn tell(&mut self, news: HostEvent) {
        self.effect(Effect::Tell(news));
    }

    pub fn call(&mut self, request: impl Operation) -> u32 {
        self.send(request.into_request())
    }

    /// Asks for new tokens in the place of these, by their refresh token.
    pub fn refresh(&mut self, tokens: &Tokens, refresh_token: &Secret) -> Refreshing {
        let by = RefreshOperation::first(self.settings());
        let username = self.settings().client_has_secret.then(|| tokens.username.clone());
        let device_key = tokens.device_key(self.settings());
        let request = Request { username, ..by.request(self.settings(), refresh_token, device_key) };
        Refreshing { call: self.send(request), by }
    }

    /// Asks for them once more by an older operation.
    pub fn refresh_by(&mut self, refresh_token: &Secret, device_key: Option<String>, by: RefreshOperation) -> Refreshing {
        let call = self.send(by.request(self.settings(), refresh_token, device_key));
        Refreshing { call, by }
    }

    fn send(&mut self, request: Request) -> u32 {
        let id = self.fresh_id();
        self.effect(Effect::Call { id, request });
        id
    }

    /// A call that ends a session, after all that is done here.
    pub fn farewell(&mut self, request: impl Operation) -> u32 {
        let id = self.fresh_id();
        self.farewells.push((id, request.into_request()));
        id
    }

    /// Ends a refresh token, if there is one. Nobody waits for it. Where the client has a secret, only its owner can.
    pub fn revoke(&mut self, refresh_token: Option<Secret>) {
        if let Some(token) = refresh_token
            && !self.settings().client_has_secret
        {
            let client_id = self.settings().client_id.clone();
            self.farewell(RevokeTokenRequest { token, client_id, client_secret: None, revoke_associated_sessions: None });
        }
    }

    /// Leaves for this page when all else is done.
    pub fn navigate(&mut self, url: Option<String>) {
        self.core.next_url = url;
    }

    /// Waits for the end of a session at the service.
    pub fn depart(&mut self, departure: Departure) {
        self.core.departures.push(departure);
    }

    /// Whether the end of a session at the service waits for this call.
    pub fn awaits_departure(&self, id: u32) -> bool {
        self.core.departures.iter().any(|departure| departure.awaits(id))
    }

    /// What waits for this call.
    pub fn take_departure(&mut self, id: u32) -> Option<Departure> {
        let at = self.core.departures.iter().position(|departure| departure.awaits(id))?;
        Some(self.core.departures.swap_remove(at))
    }

    /// Whether all sessions are about to end, so that a request of the page for that can wait for it too.
    pub fn join_departure(&mut self, request: u32) -> bool {
        let departure = self.core.departures.iter_mut().find(|departure| departure.ends_all);
        departure.map(|departure| departure.requests.push(request)).is_some()
    }

    /// An answer to a challenge, with what every answer carries.
    pub fn respond(&mut self, challenge_name: ChallengeName, session: Option<Secret>, mut challenge_responses: StringMap) -> u32 {
        self.name_device(&mut challenge_responses);
        self.call(RespondToAuthChallengeRequest {
            client_id: self.settings().client_id.clone(),
            challenge_name,
            session,
            challenge_responses,
            client_metadata: self.settings().client_metadata.clone(),
            analytics_metadata: StringMap::default(),
            user_context_data: StringMap::default(),
        })
    }

    /// Names the device of this sign-in in what is sent.
    pub fn name_device(&self, parameters: &mut StringMap) {
        if let Some(device) = &self.core.device {
            parameters.insert("DEVICE_KEY", device.key.clone());
        }
    }

    /// The device of this sign-in.
    pub fn device(&self) -> Option<&Device> {
        self.core.device.as_ref()
    }

    /// Looks for the device of the user whom this name tells. What was found before is another's.
    pub fn find_device(&mut self, name: &str) -> u32 {
        let id = self.fresh_id();
        (self.core.device, self.core.finding_device) = (None, Some(id));
        self.effect(Effect::FindDevice { id, name: name.to_owned() });
        id
    }

    /// No sign-in is under way.
    pub fn leave_device(&mut self) {
        (self.core.device, self.core.finding_device) = (None, None);
    }

    /// The device of this sign-in is none that the service knows. `false` where there was none.
    pub fn forget_device(&mut self) -> bool {
        let Some(Device { username, key, .. }) = self.core.device.take() else { return false };
        self.effect(Effect::ForgetDevice { username, key });
        true
    }

    pub fn derive(&mut self, job: Job) -> u32 {
        let id = self.fresh_id();
        self.effect(Effect::Derive { id, job });
        id
    }

    /// Has the browser ask for a passkey.
    pub fn ask_passkey(&mut self, ceremony: Ceremony, options: Json) -> u32 {
        let id = self.fresh_id();
        self.effect(Effect::AskPasskey { id, ceremony, options });
        id
    }

    /// Starts the timer of a challenge, which lives as long as its session.
    pub fn start_session_timer(&mut self) -> u32 {
        let longest = self.now_millis.saturating_add(self.core.settings.session_millis);
        let ends_at_millis = self.reopened_until_millis.take().map_or(longest, |ends| ends.min(longest));
        self.core.session_ends_at_millis = ends_at_millis;
        self.start_timer(u32::try_from(ends_at_millis.saturating_sub(self.now_millis)).unwrap_or(u32::MAX))
    }

    pub fn start_timer(&mut self, millis: u32) -> u32 {
        let id = self.fresh_id();
        self.effect(Effect::StartTimer { id, millis });
        id
    }

    /// A notice to show. The page is told of errors, with the screen on which they end up.
    pub fn show(&mut self, notice: impl Into<Notice>) -> Option<Shown> {
        let notice = notice.into();
        if notice.kind.is_error() {
            self.errors.push(notice.clone());
        }
        Some(Shown { id: self.fresh_id(), notice })
    }
}
