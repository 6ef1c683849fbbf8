//! Whether the pool is there: its public keys.

use cognito_protocol::fault::{Fault, region};
use serde_json::Value;
use ureq::http::Request;

use crate::{
    arguments::{Question, is_this_machine},
    report::Finding,
    web,
};

pub(super) fn check(question: &Question) -> Vec<Finding> {
    let mut url = question.endpoint.clone();
    let path = format!("{}/{}/.well-known/jwks.json", url.path().trim_end_matches('/'), question.pool_id);
    url.set_path(&path);
    url.set_query(None);
    // A proxy may take nothing but the API's calls.
    let must_have_keys = region::of_endpoint(question.endpoint.as_str()).is_some() || is_this_machine(&question.endpoint);
    let finding = match web::send(Request::get("/"), &url, "") {
        Ok(reply) if reply.status == 200 && has_keys(&reply.body) => {
            Finding::Right("The user pool exists: it publishes its keys.".to_owned())
        }
        Ok(reply) if (400..500).contains(&reply.status) && must_have_keys => {
            Finding::Fault(Fault::PoolUnknown, format!("{} at {url}", reply.summary()))
        }
        Ok(reply) if must_have_keys => Finding::Unknown(format!("No keys of the pool are at {url}: {}", reply.summary())),
        Err(_) if must_have_keys => Finding::Unknown(format!("No reply came from {url}.")),
        Ok(_) | Err(_) => {
            Finding::Note("The endpoint does not publish the pool's keys, so whether the pool exists was not asked.".to_owned())
        }
    };
    vec![finding]
}

fn has_keys(body: &str) -> bool {
    serde_json::from_str::<Value>(body).is_ok_and(|body| body["keys"].is_array())
}
