//! What an operation works with: the settings, the state behind its lock, and one reading of the clock.

use aws_lc_rs::hmac;
use base64ct::{Base64, Encoding};
use cognito_protocol::{
    Secret,
    idp::{ErrorCode, StringMap},
};
use parking_lot::MutexGuard;
use subtle::ConstantTimeEq;

use crate::{
    config::{AppClient, Settings, UserPool},
    configuration::Configuration,
    error::ApiError,
    functions::Functions,
    shared::Shared,
    state::{Attempts, Factor, State, UserId, simulated},
};

pub(crate) struct Cx<'a> {
    pub shared: &'a Shared,
    /// As it was when the operation began.
    pub configuration: &'a Configuration,
    pub state: MutexGuard<'a, State>,
    pub now_millis: i64,
    /// The user for the log; a name that the pool does not know stays out, since it may be a password in the wrong field.
    pub user_for_log: Option<String>,
}

impl<'a> Cx<'a> {
    pub fn settings(&self) -> &'a Settings {
        &self.configuration.settings
    }

    /// Runs a trigger; others use the state meanwhile ([`Shared::trigger`]).
    pub fn trigger<T>(&mut self, run: impl FnOnce(&Functions) -> Result<T, ApiError>) -> Result<T, ApiError> {
        self.shared.trigger(&mut self.state, run)
    }

    pub fn user_pools(&self) -> &'a [UserPool] {
        &self.configuration.seed.user_pools
    }

    pub fn issuer(&self, user_pool_id: &str) -> String {
        self.shared.issuer(user_pool_id)
    }

    pub fn now_secs(&self) -> i64 {
        self.now_millis.div_euclid(1000)
    }

    /// Every user has one, simulated ones too.
    pub fn pool_of(&self, user: &UserId) -> Result<&'a UserPool, ApiError> {
        self.user_pools().iter().find(|pool| pool.id == user.user_pool_id).ok_or_else(ApiError::internal)
    }

    pub fn pool_of_client(&self, client: &AppClient) -> Result<&'a UserPool, ApiError> {
        self.user_pools().iter().find(|pool| pool.id == client.user_pool_id).ok_or_else(ApiError::internal)
    }

    pub fn client(&self, client_id: &str) -> Result<&'a AppClient, ApiError> {
        self.configuration.seed.clients.iter().find(|client| client.id == client_id).ok_or_else(|| {
            let shown: String = client_id.chars().take(128).collect();
            ApiError::new(ErrorCode::ResourceNotFound, format!("User pool client {shown} does not exist."))
        })
    }

    /// The user whom a sign-in name means, or a simulated one where the client must not learn that there is none.
    pub fn identify(&mut self, client: &AppClient, name: &str) -> Result<UserId, ApiError> {
        if let Some(user) = self.state.find(&client.user_pool_id, name) {
            let id = user.id.clone();
            self.tell_user(&id);
            return Ok(id);
        }
        if !client.prevent_user_existence_errors {
            return Err(ApiError::user_not_found());
        }
        let (username, _) = simulated(&client.user_pool_id, &self.pool_of_client(client)?.sign_in_names.folded(name));
        Ok(UserId { user_pool_id: client.user_pool_id.clone(), username })
    }

    /// Whether a `USERNAME` in an answer means the user of the challenge: the real username, or the sign-in name, which the
    /// service takes too as long as it is in no hash.
    pub fn is_named(&self, user: &UserId, name: &str) -> bool {
        match self.state.user(user) {
            Some(user) => user.answers_to(name),
            None => {
                let folded = self.pool_of(user).map(|pool| pool.sign_in_names.folded(name));
                user.username == name || folded.is_ok_and(|name| simulated(&user.user_pool_id, &name).0 == user.username)
            }
        }
    }

    pub fn tell_user(&mut self, id: &UserId) {
        self.user_for_log = self.state.user(id).map(|user| user.sign_in_name().to_owned());
    }

    /// Checks `SECRET_HASH`, which is made with the name that is sent beside it.
    pub fn check_secret_hash(&self, client: &AppClient, username: &str, secret_hash: Option<&str>) -> Result<(), ApiError> {
        let unable = || ApiError::not_authorized(format!("Unable to verify secret hash for client {}", client.id));
        match (&client.secret, secret_hash) {
            (None, None) => Ok(()),
            (Some(secret), Some(given)) => {
                let expected = derive_secret_hash(secret, username, &client.id);
                if bool::from(expected.as_bytes().ct_eq(given.as_bytes())) { Ok(()) } else { Err(unable()) }
            }
            (Some(_), None) => Err(ApiError::not_authorized(format!(
                "Client {} is configured with secret but SECRET_HASH was not received",
                client.id
            ))),
            (None, Some(_)) => Err(unable()),
        }
    }

    /// The same for `AuthParameters` and `ChallengeResponses`.
    pub fn check_secret_hash_in(&self, client: &AppClient, username: &str, map: &StringMap) -> Result<(), ApiError> {
        self.check_secret_hash(client, username, map.get("SECRET_HASH"))
    }

    /// Checks `ClientSecret`, which `RevokeToken` and `GetTokensFromRefreshToken` take as it is.
    pub fn is_client_secret_right(client: &AppClient, given: Option<&Secret>) -> bool {
        match (&client.secret, given) {
            (None, None) => true,
            (Some(expected), Some(given)) => bool::from(expected.expose().as_bytes().ct_eq(given.expose().as_bytes())),
            _ => false,
        }
    }

    pub fn check_lock(&self, user: &UserId, factor: Factor) -> Result<(), ApiError> {
        let attempts = self.state.attempts.get(&(user.clone(), factor));
        if attempts.is_some_and(|attempts| attempts.is_locked(self.now_millis)) {
            return Err(ApiError::attempts_exceeded());
        }
        Ok(())
    }

    pub fn attempts(&mut self, user: &UserId, factor: Factor) -> &mut Attempts {
        self.state.attempts.entry((user.clone(), factor)).or_default()
    }

    /// One more use of an hourly quota.
    pub fn use_quota(&mut self, user: &UserId, factor: Factor, per_hour: u32) -> Result<(), ApiError> {
        let now = self.now_millis;
        if self.attempts(user, factor).use_quota(now, per_hour) { Ok(()) } else { Err(ApiError::limit_exceeded()) }
    }

    pub fn failed(&mut self, user: &UserId, factor: Factor) {
        let now = self.now_millis;
        self.attempts(user, factor).fail(now);
    }

    pub fn succeeded(&mut self, user: &UserId, factor: Factor) {
        self.state.attempts.remove(&(user.clone(), factor));
    }
}

/// `SECRET_HASH`: base64 of `HMAC-SHA256(client secret, username ‖ client id)`.
fn derive_secret_hash(secret: &Secret, username: &str, client_id: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.expose().as_bytes());
    Base64::encode_string(hmac::sign(&key, [username, client_id].concat().as_bytes()).as_ref())
}
