//! A challenge that waits for the person, as it is kept over a reload of the page.
//!
//! What is kept is what the service told and the sign-in name: never a password, an answer, or the key of an authenticator app. A session
//! serves once, so that nothing is kept from the moment an answer leaves until the reply says which session is open now.

use super::settings::Settings;
use crate::{
    Secret,
    idp::{AuthReply, ChallengeName, Json, Member, StringMap},
};

/// A challenge whose session no answer has used.
pub(super) struct OpenChallenge<'a> {
    /// The timer of the session's life, which tells one session from the next.
    pub session_timer: u32,
    pub name: &'a ChallengeName,
    pub session: &'a Secret,
    /// Those that the challenge needs.
    pub parameters: &'a StringMap,
    pub user_id: &'a str,
    pub sign_in_name: &'a str,
}

/// The members of a record: what the challenge tells, as in a reply of the service, and what it takes to answer.
const PARAMETERS: &str = "ChallengeParameters";
const SIGN_IN: &str = "SignIn";

/// What can be chosen of first factors, which a reply has beside the parameters: their names with spaces between them.
pub(super) const AVAILABLE: &str = "AvailableChallenges";

/// The entries of the latter.
const CLIENT_ID: &str = "ClientId";
const USER_POOL_ID: &str = "UserPoolId";
/// When the session is over, by the local clock, in milliseconds since the Unix epoch.
const ENDS_AT: &str = "EndsAt";
const CHALLENGE_NAME: &str = "ChallengeName";
const SESSION: &str = "Session";
const USER_ID: &str = "UserId";
const NAME: &str = "Name";

impl OpenChallenge<'_> {
    /// What is kept; `ends_at_millis` is when the session is over, by the local clock.
    pub fn record(&self, settings: &Settings, ends_at_millis: i64) -> Json {
        let mut sign_in = StringMap::default();
        for (key, value) in [
            (CLIENT_ID, settings.client_id.as_str()),
            (USER_POOL_ID, &settings.user_pool_id),
            (ENDS_AT, &ends_at_millis.to_string()),
            (CHALLENGE_NAME, self.name.as_str()),
            (SESSION, self.session.expose()),
            (USER_ID, self.user_id),
            (NAME, self.sign_in_name),
        ] {
            sign_in.insert(key, value);
        }
        let member = |name: &str, map: &StringMap| (name.to_owned(), map.encode().unwrap_or(Json::Null));
        Json::Object(vec![member(SIGN_IN, &sign_in), member(PARAMETERS, self.parameters)])
    }
}

/// What was kept.
pub(super) struct Record {
    sign_in: StringMap,
    /// When the session is over, by the local clock.
    pub ends_at_millis: i64,
    /// The challenge as the service told it. It brings no tokens, whatever was written into the store.
    pub reply: AuthReply,
}

impl Record {
    /// Reads what was kept; `None` where it is over, another pool's or client's, or not what is kept here.
    pub fn read(settings: &Settings, now_millis: i64, mut record: Json) -> Option<Self> {
        let mut map = |name| StringMap::decode(record.take(name), name).ok();
        let (sign_in, challenge_parameters) = (map(SIGN_IN)?, map(PARAMETERS)?);
        let is_ours = sign_in.get(CLIENT_ID)? == settings.client_id && sign_in.get(USER_POOL_ID)? == settings.user_pool_id;
        let available = challenge_parameters.get(AVAILABLE).unwrap_or_default().split_ascii_whitespace();
        let available_challenges = available.map(ChallengeName::from).collect();
        let ends_at_millis = sign_in.get(ENDS_AT)?.parse().ok()?;
        let reply = AuthReply {
            challenge_name: Some(sign_in.get(CHALLENGE_NAME)?.into()),
            session: Some(sign_in.get(SESSION)?.into()),
            challenge_parameters,
            authentication_result: None,
            available_challenges,
        };
        (is_ours && ends_at_millis > now_millis).then_some(Self { sign_in, ends_at_millis, reply })
    }

    /// Whom the challenge is for.
    pub fn user_id(&self) -> Option<String> {
        self.sign_in.get(USER_ID).map(str::to_owned)
    }

    /// What was typed to sign in.
    pub fn sign_in_name(&self) -> Option<String> {
        self.sign_in.get(NAME).map(str::to_owned)
    }
}
