//! What of the state is kept over a restart, as JSON has it.
//!
//! Each structure of the state is taken apart without `..`: who adds a field to it has to say here whether it is kept.

mod device;
mod grant;
mod pool;
mod secret;
mod user;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub(crate) use pool::KeptPool;

use super::State;
use crate::{config_file, keys::Keyring, seed::Seed};

/// What the file begins with, so that no other JSON is taken for one.
pub(crate) const FORMAT: &str = "state of a local pool";
/// Goes up where a pool of before would misread the file.
pub(crate) const VERSION: u32 = 1;

/// All that a file of state holds.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Kept {
    pub format: String,
    pub version: u32,
    /// How far the pool's clock runs ahead: without it, codes that were used would lie in the future.
    pub clock_offset_millis: i64,
    /// By user pool id; those that the configuration does not have stay as they are.
    pub pools: BTreeMap<String, KeptPool>,
}

impl Kept {
    /// A file that has nothing in it yet.
    pub fn empty() -> Self {
        Self { format: FORMAT.to_owned(), version: VERSION, clock_offset_millis: 0, pools: BTreeMap::new() }
    }

    /// What is to be kept of the user pools that the seed has.
    pub fn of(state: &State, seed: &Seed, keys: &Keyring, clock_offset_millis: i64) -> Self {
        let State {
            users,
            grants,
            refresh_tokens,
            devices,
            // Whoever was signing in begins again.
            sessions: _,
            srp_exchanges: _,
            // A code for a forgotten password is asked for again.
            recoveries: _,
            // A restart ends what locks and quotas are under way.
            attempts: _,
            // Who was on the way from a provider begins again, and every browser is signed out there.
            oauth: _,
            resets: _,
        } = state;
        let pools = seed.user_pools.iter().map(|pool| {
            let id = pool.id.as_str();
            let seeded = seed.users.iter().filter(|user| user.user_pool_id == id);
            let kept = KeptPool {
                keys: keys.kept(id),
                seeded: seeded.map(|user| (seeded_username(user, seed), config_file::fingerprint(user))).collect(),
                users: users.iter().filter(|user| user.id.user_pool_id == id).map(user::KeptUser::of).collect(),
                sign_ins: grant::of_pool(id, grants, refresh_tokens),
                devices: devices.of_pool(id).map(device::KeptDevice::of).collect(),
            };
            (id.to_owned(), kept)
        });
        Self { clock_offset_millis, pools: pools.collect(), ..Self::empty() }
    }

    /// Adds what other user pools have.
    pub fn beside(mut self, others: &BTreeMap<String, KeptPool>) -> Self {
        for (id, pool) in others {
            self.pools.entry(id.clone()).or_insert_with(|| pool.clone());
        }
        self
    }
}

impl State {
    /// Goes on from what was kept of the seed's user pools. Of seeded users the settings count where they say something else than
    /// when the file was written; whoever they do not have any more is gone.
    ///
    /// # Errors
    /// What a file that this program wrote cannot hold.
    pub fn restored(kept: &BTreeMap<String, KeptPool>, seed: &Seed, now_millis: i64) -> Result<Self, &'static str> {
        let mut state = Self::default();
        for pool in &seed.user_pools {
            if let Some(kept) = kept.get(&pool.id) {
                let names = seed.sign_in_names(&pool.id);
                for user in &kept.users {
                    let user = user.restored(&pool.id, &names)?;
                    if state.user(&user.id).is_some() {
                        return Err("a user is there twice");
                    }
                    state.users.push(user);
                }
                grant::restore(&kept.sign_ins, &pool.id, now_millis, &mut state)?;
                for device in &kept.devices {
                    state.devices.add(device.restored(&pool.id)?);
                }
                state.settle(&pool.id, kept, seed);
            } else {
                for user in seed.users.iter().filter(|user| user.user_pool_id == pool.id) {
                    state.add(user, &seed.sign_in_names(&pool.id));
                }
            }
        }
        Ok(state)
    }

    /// Lets the settings of now count where they are not those of before.
    fn settle(&mut self, user_pool_id: &str, kept: &KeptPool, seed: &Seed) {
        let now: BTreeMap<String, _> = seed
            .users
            .iter()
            .filter(|user| user.user_pool_id == user_pool_id)
            .map(|user| (seeded_username(user, seed), user))
            .collect();
        for username in kept.seeded.keys().filter(|username| !now.contains_key(*username)) {
            self.begin_anew(&super::UserId { user_pool_id: user_pool_id.to_owned(), username: username.clone() });
        }
        for (username, user) in now {
            if kept.seeded.get(&username) != Some(&config_file::fingerprint(user)) {
                self.begin_anew(&super::UserId { user_pool_id: user_pool_id.to_owned(), username });
                self.add(user, &seed.sign_in_names(user_pool_id));
            }
        }
    }
}

fn seeded_username(user: &crate::seed::SeededUser, seed: &Seed) -> String {
    super::User::seeded_id(user, &seed.sign_in_names(&user.user_pool_id)).username
}
