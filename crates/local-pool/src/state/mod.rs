//! What changes while the pool runs: all of it is in memory, and [`kept`] says what of it a file keeps besides.

mod attempts;
mod devices;
mod grants;
pub(crate) mod kept;
mod oauth;
mod passkeys;
mod sent_code;
mod sessions;
mod users;

use std::collections::HashMap;

pub(crate) use attempts::{Attempts, Factor};
pub(crate) use devices::{Confirmed, Device, Devices};
pub(crate) use grants::{Grant, OauthGrant, RefreshToken};
pub(crate) use oauth::{Authorization, BrowserSession, Code, CodeUse, Oauth, Visit};
pub(crate) use passkeys::{Ceremony, Passkey, PasskeyRegistration};
pub(crate) use sent_code::{Confirmation, SentCode, Verification};
pub(crate) use sessions::{DeviceProof, EmailOtp, EmailOtpPurpose, Flow, Pending, Progress, Session, Setup, SrpExchange};
pub(crate) use users::{Preference, Totp, User, UserId, UserStatus, simulated};

use crate::{
    config::SignInNames,
    config_file,
    seed::{Seed, SeededUser},
};

/// Everything that a reset brings back to the start.
#[derive(Default)]
pub(crate) struct State {
    pub users: Vec<User>,
    /// By their text; used and expired ones stay a while so that the error can say which it is.
    pub sessions: HashMap<String, Session>,
    /// By `SECRET_BLOCK`.
    pub srp_exchanges: HashMap<String, SrpExchange>,
    /// By `origin_jti`: one for each completed sign-in.
    pub grants: HashMap<String, Grant>,
    /// By their text.
    pub refresh_tokens: HashMap<String, RefreshToken>,
    /// Codes for forgotten passwords, those of users who do not exist too.
    pub recoveries: HashMap<UserId, SentCode>,
    pub attempts: HashMap<(UserId, Factor), Attempts>,
    pub devices: Devices,
    /// Of the OAuth endpoints.
    pub oauth: Oauth,
    /// How often the pool was reset: the one thing that a reset does not bring back.
    pub resets: u64,
}

impl State {
    pub fn of(seed: &Seed) -> Self {
        Self {
            users: seed.users.iter().map(|user| User::seeded(user, &seed.sign_in_names(&user.user_pool_id))).collect(),
            ..Self::default()
        }
    }

    /// Goes from one seed to another: users of whom it says something else begin anew, and those whose pool is gone go with it.
    pub fn reseed(&mut self, before: &Seed, after: &Seed) {
        let is_in = |seed: &Seed, user: &SeededUser| seed.users.iter().any(|other| config_file::is_same_user(other, user));
        for user in before.users.iter().filter(|user| !is_in(after, user)) {
            self.begin_anew(&User::seeded_id(user, &before.sign_in_names(&user.user_pool_id)));
        }
        let gone = self.users.iter().map(|user| user.id.clone()).filter(|id| !after.has_pool(&id.user_pool_id));
        gone.collect::<Vec<_>>().iter().for_each(|id| self.forget(id));
        after
            .users
            .iter()
            .filter(|user| !is_in(before, user))
            .for_each(|user| self.add(user, &after.sign_in_names(&user.user_pool_id)));
    }

    /// Adds a user, in the place of whoever has the sign-in name.
    pub fn add(&mut self, user: &SeededUser, names: &SignInNames) {
        let name = user.sign_in_name();
        self.users.retain(|present| present.id.user_pool_id != user.user_pool_id || !present.answers_to(name));
        self.begin(User::seeded(user, names));
    }

    /// Adds a user. Sign-ins of one of before, who had the same username, are none of theirs.
    pub fn begin(&mut self, user: User) {
        self.sign_out(&user.id);
        self.users.push(user);
    }

    /// Ends all sign-ins of a user.
    pub fn sign_out(&mut self, id: &UserId) {
        self.grants.values_mut().filter(|grant| grant.user == *id).for_each(|grant| grant.is_revoked = true);
    }

    /// Removes a user who is to have no past.
    fn begin_anew(&mut self, id: &UserId) {
        self.forget(id);
        self.sign_out(id);
    }

    /// The user whom a sign-in name or a real username means.
    pub fn find(&self, user_pool_id: &str, name: &str) -> Option<&User> {
        self.users.iter().find(|user| user.id.user_pool_id == user_pool_id && user.answers_to(name))
    }

    /// Whether somebody else of the pool has the sign-in name.
    pub fn is_taken(&self, name: &str, by_other_than: &UserId) -> bool {
        self.find(&by_other_than.user_pool_id, name).is_some_and(|user| user.id != *by_other_than)
    }

    pub fn user(&self, id: &UserId) -> Option<&User> {
        self.users.iter().find(|user| user.id == *id)
    }

    /// Removes a user with all that belongs to them but for grants: those tell that the user does not exist.
    pub fn forget(&mut self, id: &UserId) {
        self.users.retain(|user| user.id != *id);
        self.sessions.retain(|_, session| session.progress.user != *id);
        self.srp_exchanges.retain(|_, exchange| exchange.progress.user != *id);
        self.recoveries.remove(id);
        self.devices.forget_all_of(id);
        self.oauth.forget_user(id);
        self.attempts.retain(|(user, _), _| user != id);
    }

    pub fn user_mut(&mut self, id: &UserId) -> Option<&mut User> {
        self.users.iter_mut().find(|user| user.id == *id)
    }
}
