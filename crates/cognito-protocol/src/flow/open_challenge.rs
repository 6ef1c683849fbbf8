//! A challenge that waits for the person, as it is kept over a reload of the page.
//!
//! What is kept is what the service told and the sign-in name: never a password, an answer, or the key of an authenticator app. A session
//! serves once, so that nothing is kept from the moment an answer leaves until the reply says which session is open now.

use super::settings::Settings;
use crate::{
    Secret,
    idp::{AuthReply, ChallengeName, Json, Member, StringMap, Wire},
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

/// The members of what is kept. Those of the challenge itself have the names that they have in a reply of the service.
const CLIENT_ID: &str = "ClientId";
const USER_POOL_ID: &str = "UserPoolId";
const ENDS_AT_MILLIS: &str = "EndsAtMillis";
const USER_ID: &str = "UserId";
const SIGN_IN_NAME: &str = "SignInName";

impl OpenChallenge<'_> {
    /// What is kept; `ends_at_millis` is when the session is over, by the local clock.
    #[allow(clippy::cast_precision_loss)]
    pub fn record(&self, settings: &Settings, ends_at_millis: i64) -> Json {
        let text = |text: &str| Json::Text(text.into());
        let members = [
            (CLIENT_ID, text(&settings.client_id)),
            (USER_POOL_ID, text(&settings.user_pool_id)),
            (ENDS_AT_MILLIS, Json::Number(ends_at_millis as f64)),
            (USER_ID, text(self.user_id)),
            (SIGN_IN_NAME, text(self.sign_in_name)),
            ("ChallengeName", text(self.name.as_str())),
            ("Session", Json::Text(self.session.clone())),
            ("ChallengeParameters", self.parameters.encode().unwrap_or(Json::Null)),
        ];
        Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }
}

/// What was kept.
pub(super) struct Record {
    pub user_id: String,
    pub sign_in_name: String,
    /// The challenge, as the service told it. It has no tokens, which come from the service alone.
    pub reply: AuthReply,
    /// When the session is over, by the local clock.
    pub ends_at_millis: i64,
}

impl Record {
    /// Reads what was kept; `None` where it is over, another pool's or client's, or not what is kept here.
    #[allow(clippy::cast_possible_truncation)]
    pub fn read(settings: &Settings, now_millis: i64, mut record: Json) -> Option<Self> {
        let mut text = |name| Some(record.take(name)?.as_text()?.to_owned());
        let is_ours = text(CLIENT_ID)? == settings.client_id && text(USER_POOL_ID)? == settings.user_pool_id;
        let (user_id, sign_in_name) = (text(USER_ID)?, text(SIGN_IN_NAME)?);
        let Json::Number(ends_at_millis) = record.take(ENDS_AT_MILLIS)? else { return None };
        let ends_at_millis = ends_at_millis as i64;
        let reply = AuthReply { authentication_result: None, ..<AuthReply as Wire>::decode(record).ok()? };
        let is_open = is_ours && ends_at_millis > now_millis && reply.session.is_some();
        is_open.then_some(Self { user_id, sign_in_name, reply, ends_at_millis })
    }
}
