//! How tokens are refreshed. Only one tab refreshes at a time: where refresh tokens rotate, the second to use one would end the
//! session.

use super::{
    call_error::CallError,
    cx::Cx,
    effect::{Answer, Effect, HostEvent},
    event::{CallResult, Event},
    notice::{Notice, NoticeKind},
    refreshing::Refreshing,
    tokens::Tokens,
};
use crate::{Secret, idp::ErrorCode};

/// A refresh, with the page's requests that wait for it.
#[derive(Debug, Default)]
pub(super) struct Refresh {
    stage: Stage,
    /// The refresh token of the last call.
    used: Secret,
    waiting: Vec<u32>,
    /// What the person wants done when it is over.
    then: Option<Event>,
}

/// How far it has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Idle,
    AwaitingLock,
    /// The service refused the tokens that are held here. The lock is waited for once more, to see in the store whether another tab has
    /// newer ones.
    AwaitingOthers,
    AwaitingReply(Refreshing),
}

/// What came of a step.
pub(super) enum Refreshed {
    /// It goes on, or there was none.
    Continues,
    /// The tokens are fresh; with what the person wants done now.
    Fresh(Option<Event>),
    /// The tokens cannot be refreshed any more.
    Never,
    /// They cannot be refreshed for now; with whether the person waits for it.
    NotNow { notice: Notice, holds_up: bool },
}

impl Refresh {
    /// Begins, or joins what is under way.
    pub fn begin(&mut self, cx: &mut Cx<'_>, request: Option<u32>, then: Option<Event>) {
        if self.stage == Stage::Idle {
            cx.effect(Effect::AcquireRefreshLock);
            self.stage = Stage::AwaitingLock;
        }
        self.waiting.extend(request);
        self.then = then.or_else(|| self.then.take());
    }

    /// Whether something that the person wants waits for it.
    pub fn holds_up(&self) -> bool {
        self.then.is_some()
    }

    /// Whether the call with this id is waited for.
    pub fn awaits(&self, id: u32) -> bool {
        matches!(self.stage, Stage::AwaitingReply(refreshing) if refreshing.call == id)
    }

    /// No other tab refreshes now; `stored` is what the store holds.
    pub fn on_lock(&mut self, cx: &mut Cx<'_>, tokens: &mut Tokens, stored: Option<Tokens>) -> Refreshed {
        let is_refused = match self.stage {
            Stage::AwaitingLock => false,
            Stage::AwaitingOthers => true,
            // Nobody waits for it any more.
            Stage::Idle => {
                cx.effect(Effect::ReleaseRefreshLock);
                return Refreshed::Continues;
            }
            // It is released when the reply comes.
            Stage::AwaitingReply(_) => return Refreshed::Continues,
        };
        // The same token once more is no news, and the service may have refused it.
        let is_news =
            |stored: &Tokens| stored.username == tokens.username && !stored.access_token.is(tokens.access_token.expose());
        if let Some(stored) = stored.filter(is_news) {
            *tokens = stored;
        }
        if tokens.are_fresh(cx.now_millis) {
            // Another tab was quicker.
            return self.succeed(cx, tokens);
        }
        match &tokens.refresh_token {
            Some(refresh_token) if !is_refused || !refresh_token.is(self.used.expose()) => {
                self.used = refresh_token.clone();
                self.stage = Stage::AwaitingReply(cx.refresh(tokens, refresh_token));
                Refreshed::Continues
            }
            Some(_) | None => self.fail_for_good(cx),
        }
    }

    /// The call is over.
    pub fn on_reply(&mut self, cx: &mut Cx<'_>, tokens: &mut Tokens, reply: CallResult) -> Refreshed {
        let Stage::AwaitingReply(refreshing) = self.stage else { return Refreshed::Continues };
        let used = self.used.clone();
        let renewed = refreshing.result(reply);
        let renewed = renewed.and_then(|result| tokens.renew(cx.settings(), result, cx.now_millis).ok_or(CallError::BadReply));
        let error = match renewed {
            Ok(()) => {
                cx.effect(Effect::StoreRenewed { tokens: tokens.clone(), used });
                return self.succeed(cx, tokens);
            }
            // Without locks another tab may have been quicker, and told by the store.
            Err(_) if tokens.are_fresh(cx.now_millis) => return self.succeed(cx, tokens),
            Err(error) => error,
        };
        if let Some(by) = refreshing.older_after(&error) {
            self.stage = Stage::AwaitingReply(cx.refresh_by(&used, tokens.device_key(cx.settings()), by));
            Refreshed::Continues
        } else if is_final(&error) {
            // Where refresh tokens rotate, it may be another tab that used this one, and has not told yet.
            cx.effect(Effect::ReleaseRefreshLock);
            cx.effect(Effect::AcquireRefreshLock);
            self.stage = Stage::AwaitingOthers;
            Refreshed::Continues
        } else {
            cx.effect(Effect::ReleaseRefreshLock);
            let (notice, holds_up) = (Notice::from(&error), self.holds_up());
            refuse(cx, core::mem::take(self).waiting, &notice);
            Refreshed::NotNow { notice, holds_up }
        }
    }

    fn succeed(&mut self, cx: &mut Cx<'_>, tokens: &Tokens) -> Refreshed {
        let Self { waiting, then, .. } = core::mem::take(self);
        cx.effect(Effect::ReleaseRefreshLock);
        cx.tell(HostEvent::TokensRefreshed);
        serve(cx, waiting, tokens);
        Refreshed::Fresh(then)
    }

    fn fail_for_good(&mut self, cx: &mut Cx<'_>) -> Refreshed {
        cx.effect(Effect::ReleaseRefreshLock);
        refuse(cx, core::mem::take(self).waiting, &NoticeKind::TokensExpired.into());
        Refreshed::Never
    }

    /// Gives up what is under way, and hands back the call that may still bring tokens.
    pub fn give_up(&mut self, cx: &mut Cx<'_>) -> Option<Refreshing> {
        let (under_way, waiting) = self.leave(cx);
        refuse(cx, waiting, &NoticeKind::NotSignedIn.into());
        under_way
    }

    /// The same, with tokens from elsewhere for those who wait.
    pub fn supersede(&mut self, cx: &mut Cx<'_>, tokens: &Tokens) -> Option<Refreshing> {
        let (under_way, waiting) = self.leave(cx);
        serve(cx, waiting, tokens);
        under_way
    }

    fn leave(&mut self, cx: &mut Cx<'_>) -> (Option<Refreshing>, Vec<u32>) {
        let Self { stage, waiting, used: _, then: _ } = core::mem::take(self);
        let under_way = match stage {
            Stage::AwaitingReply(refreshing) => Some(refreshing),
            // A lock that is still to come is released when it does.
            Stage::Idle | Stage::AwaitingLock | Stage::AwaitingOthers => None,
        };
        if under_way.is_some() {
            cx.effect(Effect::ReleaseRefreshLock);
        }
        (under_way, waiting)
    }
}

/// Answers requests for tokens.
fn serve(cx: &mut Cx<'_>, waiting: Vec<u32>, tokens: &Tokens) {
    for request in waiting {
        cx.effect(Effect::Answer { request, answer: Ok(Answer::Tokens(tokens.for_page())) });
    }
}

/// Answers requests for tokens of which there are none.
fn refuse(cx: &mut Cx<'_>, waiting: Vec<u32>, notice: &Notice) {
    for request in waiting {
        cx.effect(Effect::Answer { request, answer: Err(notice.clone()) });
    }
}

/// The errors after which no refresh can succeed; all others are passing.
fn is_final(error: &CallError) -> bool {
    // It says nothing of the refresh token.
    let is_about_secret = Notice::from(error).kind.is_about_client_secret();
    !is_about_secret && is_refusal(error)
}

fn is_refusal(error: &CallError) -> bool {
    matches!(error, CallError::Service(error) if matches!(
        error.code,
        ErrorCode::NotAuthorized
            | ErrorCode::RefreshTokenReuse
            | ErrorCode::UserNotFound
            | ErrorCode::PasswordResetRequired
            | ErrorCode::UserNotConfirmed
    ))
}
