//! How a session ends at the service after it was forgotten here. Nobody waits for that but the page that asked to end all sessions:
//! what the service says, or that it says nothing, leaves nobody signed in.

use super::{
    cx::Cx,
    effect::{Answer, Effect},
    event::CallResult,
    notice::NoticeKind,
    refreshing::Refreshing,
    tokens::Tokens,
};
use crate::{Secret, idp::GlobalSignOutRequest};

/// A session that is over here and not yet at the service.
#[derive(Debug)]
pub(super) struct Departure {
    stage: Stage,
    /// Is revoked should ending all sessions fail.
    refresh_token: Option<Secret>,
    /// The page's requests to end all sessions; empty where only this one ends.
    requests: Vec<u32>,
}

#[derive(Debug)]
enum Stage {
    /// The refresh may bring another refresh token, which has to be revoked, or the access token that ends all sessions.
    Refreshing(Refreshing),
    EndingAll(u32),
}

/// What the person has to know of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// Nothing, or nothing yet.
    Quietly,
    /// All sessions were to end, and this one alone did.
    HereOnly,
}

impl Departure {
    /// This session ends; its refresh token is revoked at once, and what a refresh under way brings when it comes.
    pub fn of_this_session(cx: &mut Cx<'_>, tokens: &Tokens, refreshing: Option<Refreshing>) {
        cx.revoke(tokens.refresh_token.clone());
        Self::of_refresh(cx, refreshing);
    }

    /// What a refresh under way brings will be revoked.
    pub fn of_refresh(cx: &mut Cx<'_>, refreshing: Option<Refreshing>) {
        if let Some(refreshing) = refreshing {
            cx.depart(Self { stage: Stage::Refreshing(refreshing), refresh_token: None, requests: Vec::new() });
        }
    }

    /// All sessions end, by an access token that lives: with an old one a refresh comes first.
    pub fn of_all_sessions(cx: &mut Cx<'_>, request: u32, tokens: &Tokens, refreshing: Option<Refreshing>) {
        let refresh_token = tokens.refresh_token.clone();
        let stage = if tokens.are_fresh(cx.now_millis) {
            Self::of_refresh(cx, refreshing);
            end_all(cx, tokens.access_token.clone())
        } else if let Some(refreshing) = refreshing {
            Stage::Refreshing(refreshing)
        } else if let Some(refresh_token) = &refresh_token {
            Stage::Refreshing(Refreshing::begin(cx, refresh_token))
        } else {
            end_all(cx, tokens.access_token.clone())
        };
        cx.depart(Self { stage, refresh_token, requests: vec![request] });
    }

    /// Whether the call with this id is waited for.
    pub fn awaits(&self, id: u32) -> bool {
        match &self.stage {
            Stage::Refreshing(refreshing) => refreshing.call == id,
            Stage::EndingAll(call) => *call == id,
        }
    }

    /// Whether the page waits for the end of all sessions; one more request may join.
    pub fn join(&mut self, request: u32) -> bool {
        let ends_all = !self.requests.is_empty();
        if ends_all {
            self.requests.push(request);
        }
        ends_all
    }

    /// The call is over.
    pub fn on_reply(mut self, cx: &mut Cx<'_>, reply: CallResult) -> Ended {
        let ends_all = !self.requests.is_empty();
        match self.stage {
            Stage::Refreshing(refreshing) => match refreshing.result(reply) {
                Ok(result) => {
                    let rotated = result.refresh_token;
                    match result.access_token {
                        Some(access_token) if ends_all => {
                            self.refresh_token = rotated.or(self.refresh_token);
                            self.stage = end_all(cx, access_token);
                            cx.depart(self);
                            return Ended::Quietly;
                        }
                        Some(_) | None => cx.revoke(rotated),
                    }
                }
                Err(error) if ends_all && refreshing.may_go_on_after(&error) => {
                    if let Some(refresh_token) = &self.refresh_token {
                        self.stage = Stage::Refreshing(refreshing.go_on(cx, refresh_token));
                        cx.depart(self);
                        return Ended::Quietly;
                    }
                }
                Err(_) => {}
            },
            Stage::EndingAll(_) if reply.is_ok() => {
                for request in self.requests {
                    cx.effect(Effect::Answer { request, answer: Ok(Answer::Done) });
                }
                return Ended::Quietly;
            }
            Stage::EndingAll(_) => {}
        }
        // This device's session can be ended all the same.
        cx.revoke(self.refresh_token);
        for request in self.requests {
            cx.effect(Effect::Answer { request, answer: Err(NoticeKind::SignedOutHereOnly.into()) });
        }
        if ends_all { Ended::HereOnly } else { Ended::Quietly }
    }
}

fn end_all(cx: &mut Cx<'_>, access_token: Secret) -> Stage {
    Stage::EndingAll(cx.farewell(GlobalSignOutRequest { access_token }))
}
