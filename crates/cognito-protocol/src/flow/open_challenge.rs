//! A challenge that waits for the person, as it is kept over a reload of the page.
//!
//! What is kept is what the service told and the sign-in name: never a password, an answer, or the key of an authenticator app. A session
//! serves once, so that nothing is kept from the moment an answer leaves until the reply says which session is open now.

use super::settings::Settings;
use crate::{
    Secret,
    idp::{AuthReply, ChallengeName, Json, StringMap, Wire, wire::wire},
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

wire! {
    /// What is kept. What the challenge consists of has the names that it has in a reply of the service.
    pub struct Record {
        client_id: String => "ClientId",
        user_pool_id: String => "UserPoolId",
        /// When the session is over, by the local clock, in milliseconds since the Unix epoch.
        ends_at_millis: f64 => "EndsAtMillis",
        user_id: String => "UserId",
        sign_in_name: String => "SignInName",
        challenge_name: ChallengeName => "ChallengeName",
        session: Secret => "Session",
        challenge_parameters: StringMap => "ChallengeParameters",
    }
}

impl OpenChallenge<'_> {
    /// What is kept; `ends_at_millis` is when the session is over, by the local clock.
    #[allow(clippy::cast_precision_loss)]
    pub fn record(&self, settings: &Settings, ends_at_millis: i64) -> Json {
        let record = Record {
            client_id: settings.client_id.clone(),
            user_pool_id: settings.user_pool_id.clone(),
            ends_at_millis: ends_at_millis as f64,
            user_id: self.user_id.to_owned(),
            sign_in_name: self.sign_in_name.to_owned(),
            challenge_name: self.name.clone(),
            session: self.session.clone(),
            challenge_parameters: self.parameters.clone(),
        };
        Wire::encode(&record)
    }
}

impl Record {
    /// Reads what was kept; `None` where it is over, another pool's or client's, or not what is kept here.
    pub fn read(settings: &Settings, now_millis: i64, record: Json) -> Option<Self> {
        let record = <Self as Wire>::decode(record).ok()?;
        let is_ours = record.client_id == settings.client_id && record.user_pool_id == settings.user_pool_id;
        (is_ours && record.ends_at_millis() > now_millis).then_some(record)
    }

    /// When the session is over, by the local clock.
    #[allow(clippy::cast_possible_truncation)]
    pub fn ends_at_millis(&self) -> i64 {
        self.ends_at_millis as i64
    }

    /// The challenge as the service told it. It brings no tokens, whatever was written into the store.
    pub fn into_reply(self) -> AuthReply {
        AuthReply {
            challenge_name: Some(self.challenge_name),
            session: Some(self.session),
            challenge_parameters: self.challenge_parameters,
            authentication_result: None,
            available_challenges: Vec::new(),
        }
    }
}
