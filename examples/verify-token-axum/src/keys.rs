//! The pool's public keys: asked for when the first token comes, and again when a token names a key that is not among them, since pools
//! change their keys. Anybody can make up such a name, so that is once a minute at most.

use std::time::{Duration, Instant};

use jsonwebtoken::jwk::{Jwk, JwkSet};
use tokio::sync::Mutex;
use tokio::task::spawn_blocking;

/// Between two requests for the keys.
const PAUSE: Duration = Duration::from_secs(60);
/// The same after one that failed.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(5);
/// For one request.
const TIMEOUT: Duration = Duration::from_secs(5);

/// The keys cannot be had.
#[derive(Debug, PartialEq)]
pub struct Unavailable;

/// The keys at one URL.
pub struct Keys {
    url: String,
    /// Locked during a request: tokens that come meanwhile wait for its answer and make none of their own.
    cached: Mutex<Cached>,
}

#[derive(Default)]
struct Cached {
    keys: Option<JwkSet>,
    ask_again_at: Option<Instant>,
}

impl Keys {
    pub fn at(url: String) -> Self {
        Self { url, cached: Mutex::default() }
    }

    /// The key of that id, if the pool has it.
    pub async fn find(&self, kid: &str) -> Result<Option<Jwk>, Unavailable> {
        let url = self.url.clone();
        // A client that waits, in a thread for that: it is used so seldom that another would be too much.
        let fetch = async || spawn_blocking(move || fetch(&url)).await.ok().flatten();
        self.cached.lock().await.find(kid, Instant::now(), fetch).await
    }
}

impl Cached {
    async fn find(
        &mut self,
        kid: &str,
        now: Instant,
        fetch: impl AsyncFnOnce() -> Option<JwkSet>,
    ) -> Result<Option<Jwk>, Unavailable> {
        if let Some(key) = self.known(kid) {
            return Ok(Some(key));
        }
        if self.ask_again_at.is_none_or(|at| now >= at) {
            let fetched = fetch().await;
            self.ask_again_at = Some(now + if fetched.is_some() { PAUSE } else { PAUSE_AFTER_FAILURE });
            // Those of before stay good where no others can be had.
            self.keys = fetched.or(self.keys.take());
        }
        if self.keys.is_none() { Err(Unavailable) } else { Ok(self.known(kid)) }
    }

    fn known(&self, kid: &str) -> Option<Jwk> {
        self.keys.as_ref()?.find(kid).cloned()
    }
}

fn fetch(url: &str) -> Option<JwkSet> {
    let agent = ureq::Agent::new_with_config(ureq::Agent::config_builder().timeout_global(Some(TIMEOUT)).build());
    serde_json::from_str(&agent.get(url).call().ok()?.body_mut().read_to_string().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn keys(kid: &str) -> JwkSet {
        let key = json!({"kty": "RSA", "alg": "RS256", "use": "sig", "kid": kid, "n": "AQAB", "e": "AQAB"});
        serde_json::from_value(json!({"keys": [key]})).unwrap()
    }

    async fn nothing_is_asked_for() -> Option<JwkSet> {
        panic!("the keys were asked for")
    }

    #[tokio::test]
    async fn a_known_key_is_asked_for_once() {
        let (mut cached, now) = (Cached::default(), Instant::now());
        assert!(cached.find("a", now, async || Some(keys("a"))).await.unwrap().is_some());
        assert!(cached.find("a", now + 100 * PAUSE, nothing_is_asked_for).await.unwrap().is_some());
    }

    #[tokio::test]
    async fn unknown_keys_are_asked_for_once_a_minute() {
        let (mut cached, now) = (Cached::default(), Instant::now());
        assert_eq!(cached.find("b", now, async || Some(keys("a"))).await, Ok(None));
        let later = now + PAUSE - Duration::from_millis(1);
        assert_eq!(cached.find("b", later, nothing_is_asked_for).await, Ok(None));
        assert!(cached.find("b", now + PAUSE, async || Some(keys("b"))).await.unwrap().is_some());
        // The pool has changed its keys.
        assert_eq!(cached.find("a", now + PAUSE, nothing_is_asked_for).await, Ok(None));
    }

    #[tokio::test]
    async fn a_pool_that_does_not_answer_is_not_a_bad_token() {
        let (mut cached, now) = (Cached::default(), Instant::now());
        assert_eq!(cached.find("a", now, async || None).await, Err(Unavailable));
        assert_eq!(cached.find("a", now, nothing_is_asked_for).await, Err(Unavailable));
        assert!(cached.find("a", now + PAUSE_AFTER_FAILURE, async || Some(keys("a"))).await.unwrap().is_some());
        // Nor does it lose the keys.
        let later = now + 2 * PAUSE;
        assert_eq!(cached.find("b", later, async || None).await, Ok(None));
        assert!(cached.find("a", later, nothing_is_asked_for).await.unwrap().is_some());
    }
}
