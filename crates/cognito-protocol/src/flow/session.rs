//! A signed-in session: its tokens, how they are refreshed, how it ends.

use super::{
    CallError, Effect, Event, HostEvent, Notice, Purpose, Screen, SignOutReason, TokenSet,
    account::Account,
    cx::Cx,
    sign_in::{enter_credentials, ignore, signed_out},
    state::{Phase, SignedIn, SigningOut, StoredSession},
};
use crate::idp::{
    AccessTokenRequest, AuthFlow, AuthenticationResult, ErrorCode, GetTokensFromRefreshTokenRequest, InitiateAuthRequest, Reply,
    Request, RevokeTokenRequest, StringMap,
};

/// Tokens with less than this to live are refreshed before they are handed out.
const FRESH_MILLIS: i64 = 60_000;

/// Life of an access token whose reply does not tell, in seconds: the service's default.
const DEFAULT_EXPIRES_IN_SECS: f64 = 3600.0;

/// How far a refresh has come, with the page's requests that wait for it. Only one tab refreshes at a time: where refresh tokens
/// rotate, the second to use one would end the session.
#[derive(Debug)]
pub(super) enum Refresh {
    Idle,
    AwaitingLock { waiting: Vec<u32>, then: Option<Box<Event>> },
    AwaitingReply { call: u32, by: RefreshOperation, waiting: Vec<u32>, then: Option<Box<Event>> },
}

/// The operation that refreshes. The newer one works with rotation and without; servers that do not know it get the older.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RefreshOperation {
    GetTokensFromRefreshToken,
    InitiateAuth,
}

/// The first screen.
pub(super) fn start(cx: &mut Cx<'_>, stored: Option<StoredSession>) -> Phase {
    match stored {
        Some(stored) => adopt(cx, stored),
        None => signed_out(cx, None),
    }
}

/// A session that came from the store.
pub(super) fn adopt(cx: &mut Cx<'_>, stored: StoredSession) -> Phase {
    let mut phase = SignedIn::new(stored);
    if phase.is_fresh(cx) {
        phase.announce(cx);
        phase.load_account(cx);
    } else if phase.session.refresh_token.is_some() {
        phase.refresh(cx, None, None);
    } else {
        cx.effect(Effect::Forget);
        return signed_out(cx, Some(Notice::SessionEnded));
    }
    Phase::SignedIn(Box::new(phase))
}

/// A sign-in came to its end.
pub(super) fn complete(cx: &mut Cx<'_>, sign_in_name: String, username: String, result: AuthenticationResult) -> Phase {
    let Some(access_token) = result.access_token else {
        return enter_credentials(cx, sign_in_name, Some(Notice::BadReply));
    };
    let session = StoredSession {
        username,
        sign_in_name,
        id_token: result.id_token.unwrap_or_default(),
        access_token,
        refresh_token: result.refresh_token,
        expires_at_millis: expiry(cx, result.expires_in),
    };
    cx.effect(Effect::Store(session.clone()));
    let mut phase = SignedIn::new(session);
    phase.announce(cx);
    phase.load_account(cx);
    Phase::SignedIn(Box::new(phase))
}

#[allow(clippy::cast_possible_truncation)]
fn expiry(cx: &Cx<'_>, expires_in_secs: Option<f64>) -> i64 {
    let secs = expires_in_secs.filter(|secs| secs.is_finite()).unwrap_or(DEFAULT_EXPIRES_IN_SECS);
    cx.now_millis.saturating_add((secs.clamp(0.0, 1e9) * 1000.0) as i64)
}

impl SignedIn {
    fn new(session: StoredSession) -> Self {
        Self { session, refresh: Refresh::Idle, announced: false, signing_out: None, account: Account::None }
    }

    pub fn screen(&self) -> Screen {
        if !self.announced { Screen::Loading } else { self.account.screen() }
    }

    pub fn on(mut self: Box<Self>, cx: &mut Cx<'_>, event: Event) -> Phase {
        match event {
            Event::TokensRequested { request } if self.signing_out.is_none() => {
                if self.is_fresh(cx) {
                    self.answer(cx, [request]);
                } else {
                    self.refresh(cx, Some(request), None);
                }
            }
            Event::RefreshLockAcquired { stored } => return self.on_lock(cx, stored),
            Event::Replied { id, outcome, .. } if self.refresh.call() == Some(id) => return self.on_refreshed(cx, outcome),
            Event::Replied { id, outcome, .. } if self.signing_out.as_ref().is_some_and(|out| out.call == Some(id)) => {
                return self.on_signed_out(cx, &outcome);
            }
            Event::SignOutRequested { global } if self.signing_out.is_none() => {
                // All sessions can only be ended with an access token that lives; and what a refresh under way brings must be
                // known before it can be revoked.
                let needs_refresh = global && !self.is_fresh(cx) && self.session.refresh_token.is_some();
                if needs_refresh || self.refresh.call().is_some() {
                    self.signing_out = Some(SigningOut { call: None, global, failure: None });
                    self.refresh(cx, None, None);
                } else {
                    return self.sign_out(cx, global, None);
                }
            }
            Event::StorageChanged { stored: None } => return self.end(cx, SignOutReason::Elsewhere, None),
            Event::StorageChanged { stored: Some(stored) } => {
                if stored.username != self.session.username {
                    self.release(cx);
                    if self.announced {
                        cx.tell(HostEvent::SignedOut(SignOutReason::Elsewhere));
                    }
                    return adopt(cx, stored);
                }
                self.session = stored;
            }
            event if self.signing_out.is_some() => ignore(cx, &event),
            event => {
                // What the account part does needs an access token that lives.
                if self.account.needs_token(&event) && !self.is_fresh(cx) {
                    self.refresh(cx, None, Some(Box::new(event)));
                } else {
                    self.on_account(cx, event);
                }
            }
        }
        Phase::SignedIn(self)
    }

    fn on_account(&mut self, cx: &mut Cx<'_>, event: Event) {
        if let Event::Replied { id, outcome: Err(error), .. } = &event
            && self.account.awaits(*id)
            && is_not_authorized(error)
        {
            // Whatever its age, this access token is no good; what is done next begins with a refresh.
            self.session.expires_at_millis = cx.now_millis;
        }
        self.account = core::mem::replace(&mut self.account, Account::None).on(cx, &self.session, event);
    }

    fn is_fresh(&self, cx: &Cx<'_>) -> bool {
        self.session.expires_at_millis.saturating_sub(cx.now_millis) >= FRESH_MILLIS
    }

    fn announce(&mut self, cx: &mut Cx<'_>) {
        if self.announced {
            return;
        }
        self.announced = true;
        cx.tell(HostEvent::SignedIn { username: self.session.username.clone(), id_token: self.session.id_token.clone() });
    }

    /// In the account element: reads the account's settings, unless they were asked for before.
    fn load_account(&mut self, cx: &mut Cx<'_>) {
        if cx.settings().purpose == Purpose::Account && matches!(self.account, Account::None) {
            self.account = Account::load(cx, &self.session);
        }
    }

    fn answer(&self, cx: &mut Cx<'_>, requests: impl IntoIterator<Item = u32>) {
        for request in requests {
            let tokens = TokenSet {
                id_token: self.session.id_token.clone(),
                access_token: self.session.access_token.clone(),
                expires_at_millis: self.session.expires_at_millis,
            };
            cx.effect(Effect::AnswerTokens { request, outcome: Ok(tokens) });
        }
    }

    /// Begins a refresh, or joins the one under way.
    fn refresh(&mut self, cx: &mut Cx<'_>, request: Option<u32>, next: Option<Box<Event>>) {
        match &mut self.refresh {
            Refresh::Idle => {
                cx.effect(Effect::AcquireRefreshLock);
                self.refresh = Refresh::AwaitingLock { waiting: request.into_iter().collect(), then: next };
            }
            Refresh::AwaitingLock { waiting, then } | Refresh::AwaitingReply { waiting, then, .. } => {
                waiting.extend(request);
                *then = next.or_else(|| then.take());
            }
        }
    }

    fn on_lock(mut self: Box<Self>, cx: &mut Cx<'_>, stored: Option<StoredSession>) -> Phase {
        let (waiting, then) = match core::mem::replace(&mut self.refresh, Refresh::Idle) {
            Refresh::AwaitingLock { waiting, then } => (waiting, then),
            // Nobody waits for it any more.
            Refresh::Idle => {
                cx.effect(Effect::ReleaseRefreshLock);
                return Phase::SignedIn(self);
            }
            // It is released when the reply comes.
            refresh @ Refresh::AwaitingReply { .. } => {
                self.refresh = refresh;
                return Phase::SignedIn(self);
            }
        };
        // The same token once more is no news, and the service may have refused it.
        let is_news = |stored: &StoredSession| {
            stored.username == self.session.username && stored.access_token.expose() != self.session.access_token.expose()
        };
        if let Some(stored) = stored.filter(is_news) {
            self.session = stored;
        }
        if self.is_fresh(cx) {
            // Another tab was quicker.
            return self.refreshed(cx, waiting, then);
        }
        if self.session.refresh_token.is_none() {
            cx.effect(Effect::ReleaseRefreshLock);
            return self.expire(cx, waiting);
        }
        self.refresh = self.ask(cx, RefreshOperation::GetTokensFromRefreshToken, waiting, then);
        Phase::SignedIn(self)
    }

    fn ask(&self, cx: &mut Cx<'_>, by: RefreshOperation, waiting: Vec<u32>, then: Option<Box<Event>>) -> Refresh {
        let refresh_token = self.session.refresh_token.clone().unwrap_or_default();
        let client_id = cx.settings().client_id.clone();
        let client_metadata = cx.settings().client_metadata.clone();
        let call = cx.call(match by {
            RefreshOperation::GetTokensFromRefreshToken => Request::GetTokensFromRefreshToken(GetTokensFromRefreshTokenRequest {
                refresh_token,
                client_id,
                client_secret: None,
                device_key: None,
                client_metadata,
            }),
            RefreshOperation::InitiateAuth => Request::InitiateAuth(InitiateAuthRequest {
                auth_flow: AuthFlow::RefreshTokenAuth,
                client_id,
                auth_parameters: StringMap::of([("REFRESH_TOKEN", refresh_token.expose())]),
                client_metadata,
                session: None,
                analytics_metadata: StringMap::default(),
                user_context_data: StringMap::default(),
            }),
        });
        Refresh::AwaitingReply { call, by, waiting, then }
    }

    fn on_refreshed(mut self: Box<Self>, cx: &mut Cx<'_>, outcome: Result<Reply, CallError>) -> Phase {
        let Refresh::AwaitingReply { by, waiting, then, .. } = core::mem::replace(&mut self.refresh, Refresh::Idle) else {
            return Phase::SignedIn(self);
        };
        let result = match outcome {
            Ok(Reply::GetTokensFromRefreshToken(reply)) => Ok(reply.authentication_result),
            Ok(Reply::Auth(reply)) => reply.authentication_result.ok_or(CallError::BadReply),
            Ok(_) => Err(CallError::BadReply),
            Err(error) => Err(error),
        };
        let result = result.and_then(|result| match result.access_token {
            Some(access_token) => Ok((access_token, result.id_token, result.refresh_token, result.expires_in)),
            None => Err(CallError::BadReply),
        });
        match result {
            Ok((access_token, id_token, refresh_token, expires_in)) => {
                self.session.access_token = access_token;
                self.session.id_token = id_token.unwrap_or_default();
                // Without rotation no refresh token comes back, and the old one stays in force.
                if refresh_token.is_some() {
                    self.session.refresh_token = refresh_token;
                }
                self.session.expires_at_millis = expiry(cx, expires_in);
                cx.effect(Effect::Store(self.session.clone()));
                self.refreshed(cx, waiting, then)
            }
            // Without locks another tab may have been quicker, and told by the store.
            Err(_) if self.is_fresh(cx) => self.refreshed(cx, waiting, then),
            Err(error) if by == RefreshOperation::GetTokensFromRefreshToken && is_unknown_operation(&error) => {
                self.refresh = self.ask(cx, RefreshOperation::InitiateAuth, waiting, then);
                Phase::SignedIn(self)
            }
            Err(error) => {
                cx.effect(Effect::ReleaseRefreshLock);
                if ends_session(&error) {
                    return self.expire(cx, waiting);
                }
                let notice = Notice::of(&error);
                refuse(cx, waiting, &notice);
                if let Some(out) = self.signing_out.take() {
                    let failure = out.global.then_some(Notice::SignedOutHereOnly);
                    return self.sign_out(cx, false, failure);
                }
                // A passing fault is no reason to lose a session.
                if !self.announced && cx.settings().purpose == Purpose::Account {
                    self.account = Account::Unknown { notice: cx.show(notice) };
                } else if then.is_some() {
                    // Only whoever waits is told: the page may refresh as it likes.
                    self.account = self.account.fail(cx, notice);
                }
                self.announce(cx);
                Phase::SignedIn(self)
            }
        }
    }

    /// The session cannot be refreshed any more.
    fn expire(self, cx: &mut Cx<'_>, waiting: Vec<u32>) -> Phase {
        refuse(cx, waiting, &Notice::SessionEnded);
        if self.signing_out.is_some() {
            return self.end(cx, SignOutReason::Requested, None);
        }
        self.end(cx, SignOutReason::Expired, Some(Notice::SessionEnded))
    }

    fn refreshed(mut self: Box<Self>, cx: &mut Cx<'_>, waiting: Vec<u32>, then: Option<Box<Event>>) -> Phase {
        cx.effect(Effect::ReleaseRefreshLock);
        cx.tell(HostEvent::TokensRefreshed);
        self.answer(cx, waiting);
        if let Some(out) = self.signing_out.take() {
            return self.sign_out(cx, out.global, None);
        }
        self.announce(cx);
        self.load_account(cx);
        if let Some(event) = then {
            // However short the new tokens live: to refresh them again would be to do so for ever.
            self.on_account(cx, *event);
        }
        Phase::SignedIn(self)
    }

    fn sign_out(mut self: Box<Self>, cx: &mut Cx<'_>, global: bool, failure: Option<Notice>) -> Phase {
        // A refresh that only waits for the lock is not worth waiting for.
        self.release(cx);
        let request = match &self.session.refresh_token {
            _ if global => Request::GlobalSignOut(AccessTokenRequest { access_token: self.session.access_token.clone() }),
            Some(token) => revocation(cx, token),
            None => return self.end(cx, SignOutReason::Requested, failure),
        };
        self.signing_out = Some(SigningOut { call: Some(cx.call(request)), global, failure });
        Phase::SignedIn(self)
    }

    /// Whatever the service says, the session ends here. Whoever wanted to end all of them is told when that failed.
    fn on_signed_out(mut self: Box<Self>, cx: &mut Cx<'_>, outcome: &Result<Reply, CallError>) -> Phase {
        let Some(out) = self.signing_out.take() else { return Phase::SignedIn(self) };
        match outcome {
            // This device's session can be ended all the same.
            Err(_) if out.global => self.sign_out(cx, false, Some(Notice::SignedOutHereOnly)),
            _ => self.end(cx, SignOutReason::Requested, out.failure),
        }
    }

    fn release(&mut self, cx: &mut Cx<'_>) {
        let refresh = core::mem::replace(&mut self.refresh, Refresh::Idle);
        let (waiting, holds_lock) = match refresh {
            Refresh::Idle => return,
            // The lock comes later, and is released then.
            Refresh::AwaitingLock { waiting, .. } => (waiting, false),
            Refresh::AwaitingReply { waiting, .. } => (waiting, true),
        };
        if holds_lock {
            cx.effect(Effect::ReleaseRefreshLock);
        }
        refuse(cx, waiting, &Notice::NotSignedIn);
    }

    fn end(mut self, cx: &mut Cx<'_>, reason: SignOutReason, notice: Option<Notice>) -> Phase {
        self.release(cx);
        if reason != SignOutReason::Elsewhere {
            cx.effect(Effect::Forget);
        }
        cx.tell(HostEvent::SignedOut(reason));
        // Whoever did not want to leave finds the name in the form; where it is the user id, nobody typed it.
        let StoredSession { username, sign_in_name, .. } = self.session;
        if reason == SignOutReason::Expired && cx.settings().purpose == Purpose::SignIn && sign_in_name != username {
            return enter_credentials(cx, sign_in_name, notice);
        }
        signed_out(cx, notice)
    }
}

/// Answers requests for tokens of which there are none.
fn refuse(cx: &mut Cx<'_>, waiting: Vec<u32>, notice: &Notice) {
    for request in waiting {
        cx.effect(Effect::AnswerTokens { request, outcome: Err(notice.clone()) });
    }
}

fn revocation(cx: &Cx<'_>, refresh_token: &crate::Secret) -> Request {
    let client_id = cx.settings().client_id.clone();
    Request::RevokeToken(RevokeTokenRequest { token: refresh_token.clone(), client_id, client_secret: None })
}

impl Refresh {
    /// Whether something that the person wants waits for it.
    pub fn holds_up(&self) -> bool {
        match self {
            Self::Idle => false,
            Self::AwaitingLock { then, .. } | Self::AwaitingReply { then, .. } => then.is_some(),
        }
    }

    fn call(&self) -> Option<u32> {
        match self {
            Self::AwaitingReply { call, .. } => Some(*call),
            Self::Idle | Self::AwaitingLock { .. } => None,
        }
    }
}

fn is_not_authorized(error: &CallError) -> bool {
    matches!(error, CallError::Service(error) if error.code == ErrorCode::NotAuthorized)
}

fn is_unknown_operation(error: &CallError) -> bool {
    matches!(error, CallError::Service(error) if matches!(
        error.code,
        ErrorCode::UnknownOperation | ErrorCode::UnsupportedOperation | ErrorCode::OperationNotEnabled
    ))
}

/// The errors after which no refresh can succeed; all others are passing.
fn ends_session(error: &CallError) -> bool {
    matches!(error, CallError::Service(error) if matches!(
        error.code,
        ErrorCode::NotAuthorized
            | ErrorCode::RefreshTokenReuse
            | ErrorCode::UserNotFound
            | ErrorCode::PasswordResetRequired
            | ErrorCode::UserNotConfirmed
    ))
}
