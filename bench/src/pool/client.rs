//! Calls of Cognito's API, unsigned, by several connections at once.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use ureq::Agent;

/// Enough that the server always has something to do.
const CONNECTIONS: usize = 8;

/// Calls one server.
#[derive(Clone)]
pub struct Client {
    agent: Agent,
    url: String,
}

impl Client {
    pub fn new(port: u16) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_idle_connections_per_host(CONNECTIONS)
            .timeout_global(Some(Duration::from_secs(60)));
        Self { agent: config.build().into(), url: format!("http://127.0.0.1:{port}/") }
    }

    /// Whether anything answers.
    pub fn is_answered(&self) -> bool {
        self.agent.get(&self.url).call().is_ok()
    }

    /// The status and the body of the answer.
    pub fn ask(&self, operation: &str, body: &Value) -> Result<(u16, Value)> {
        let request = self
            .agent
            .post(&self.url)
            .header("content-type", "application/x-amz-json-1.1")
            .header("x-amz-target", format!("AWSCognitoIdentityProviderService.{operation}"));
        let mut answer = request.send(body.to_string()).with_context(|| format!("{operation} at {}", self.url))?;
        let text = answer.body_mut().read_to_string()?;
        Ok((answer.status().as_u16(), serde_json::from_str(&text).unwrap_or_default()))
    }

    /// The body of an answer that must be a good one.
    pub fn call(&self, operation: &str, body: &Value) -> Result<Value> {
        match self.ask(operation, body)? {
            (200, answer) => Ok(answer),
            (status, answer) => bail!("{operation} at {}: {status} {answer}", self.url),
        }
    }
}

/// What `of` makes of each, in their order.
pub fn at_once<Item: Sync, Made: Send>(items: &[Item], of: impl Fn(&Item) -> Result<Made> + Sync) -> Result<Vec<Made>> {
    let next = AtomicUsize::new(0);
    let made = Mutex::new(Vec::with_capacity(items.len()));
    thread::scope(|scope| {
        for _ in 0..CONNECTIONS {
            scope.spawn(|| {
                while let Some((index, item)) = {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    items.get(index).map(|item| (index, item))
                } {
                    let one = of(item);
                    made.lock().unwrap_or_else(PoisonError::into_inner).push((index, one));
                }
            });
        }
    });
    let mut made = made.into_inner().unwrap_or_else(PoisonError::into_inner);
    made.sort_by_key(|(index, _)| *index);
    made.into_iter().map(|(_, one)| one).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_at_once_comes_in_its_order() {
        let items: Vec<usize> = (0..100).collect();
        assert_eq!(at_once(&items, |item| Ok(item * 2)).unwrap(), (0..100).map(|item| item * 2).collect::<Vec<_>>());
        assert!(at_once(&items, |item| if *item == 50 { bail!("the fiftieth") } else { Ok(()) }).is_err());
        assert_eq!(at_once(&[], |(): &()| Ok(())).unwrap(), []);
    }
}
