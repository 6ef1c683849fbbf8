//! How a session ends at the service after it was forgotten here. Nobody waits for that but the page that asked to end all sessions:
//! what the service says, or that it says nothing, leaves nobody signed in.

use super::{
    cx::Cx,
    departure::{Departure, Stage},
    effect::{Answer, Effect},
    event::CallResult,
    federation,
    notice::NoticeKind,
    refreshing::Refreshing,
    tokens::Tokens,
};
use crate::{Secret, idp::GlobalSignOutRequest};

/// What the person has to know of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// Nothing, or nothing yet.
    Quietly,
    /// All sessions were to end, and this one alone did.
    HereOnly,
}

/// This session ends; its refresh token is revoked at once, and what a refresh under way brings when it comes.
pub(super) fn end_this_session(cx: &mut Cx<'_>, tokens: &Tokens, refreshing: Option<Refreshing>) {
    cx.revoke(tokens.refresh_token.clone());
    revoke_what_comes(cx, refreshing);
    let url = url_after(cx, tokens);
    cx.navigate(url);
}

/// Where the browser goes after a sign-out: it is signed in at the pool's domain, where the tokens came from.
fn url_after(cx: &Cx<'_>, tokens: &Tokens) -> Option<String> {
    federation::logout_url(cx.settings()).filter(|_| tokens.is_federated)
}

/// What a refresh under way brings will be revoked.
pub(super) fn revoke_what_comes(cx: &mut Cx<'_>, refreshing: Option<Refreshing>) {
    if let Some(refreshing) = refreshing {
        cx.depart(Departure {
            stage: Stage::Refreshing(refreshing),
            refresh_token: None,
            device_key: None,
            ends_all: false,
            requests: Vec::new(),
            next_url: None,
        });
    }
}

/// All sessions end, at the request of the page or of the person, by an access token that lives: with an old one a refresh comes first.
pub(super) fn end_all_sessions(cx: &mut Cx<'_>, request: Option<u32>, tokens: &Tokens, refreshing: Option<Refreshing>) {
    let refresh_token = tokens.refresh_token.clone();
    let stage = if tokens.are_fresh(cx.now_millis) {
        revoke_what_comes(cx, refreshing);
        end_all(cx, tokens.access_token.clone())
    } else if let Some(refreshing) = refreshing {
        Stage::Refreshing(refreshing)
    } else if let Some(refresh_token) = &refresh_token {
        Stage::Refreshing(cx.refresh(tokens, refresh_token))
    } else {
        end_all(cx, tokens.access_token.clone())
    };
    let (device_key, next_url) = (tokens.device_key(cx.settings()), url_after(cx, tokens));
    let requests = request.into_iter().collect();
    cx.depart(Departure { stage, refresh_token, device_key, ends_all: true, requests, next_url });
}

/// The call that the end of a session waited for is over.
pub(super) fn go_on(cx: &mut Cx<'_>, mut departure: Departure, reply: CallResult) -> Ended {
    let ends_all = departure.ends_all;
    match departure.stage {
        Stage::Refreshing(refreshing) => match refreshing.result(reply) {
            Ok(result) => {
                let rotated = result.refresh_token;
                match result.access_token {
                    Some(access_token) if ends_all => {
                        departure.refresh_token = rotated.or(departure.refresh_token);
                        departure.stage = end_all(cx, access_token);
                        cx.depart(departure);
                        return Ended::Quietly;
                    }
                    Some(_) | None => cx.revoke(rotated),
                }
            }
            Err(error) => {
                if let (Some(by), Some(refresh_token)) = (refreshing.older_after(&error), &departure.refresh_token) {
                    departure.stage = Stage::Refreshing(cx.refresh_by(refresh_token, departure.device_key.clone(), by));
                    cx.depart(departure);
                    return Ended::Quietly;
                }
            }
        },
        Stage::EndingAll(_) if reply.is_ok() => {
            for request in departure.requests {
                cx.effect(Effect::Answer { request, answer: Ok(Answer::Done) });
            }
            cx.navigate(departure.next_url);
            return Ended::Quietly;
        }
        Stage::EndingAll(_) => {}
    }
    // This device's session can be ended all the same.
    cx.revoke(departure.refresh_token);
    for request in departure.requests {
        cx.effect(Effect::Answer { request, answer: Err(NoticeKind::SignedOutHereOnly.into()) });
    }
    if ends_all { Ended::HereOnly } else { Ended::Quietly }
}

fn end_all(cx: &mut Cx<'_>, access_token: Secret) -> Stage {
    Stage::EndingAll(cx.farewell(GlobalSignOutRequest { access_token }))
}
