//! Whether passkeys can be used on the page: its host against the pool's relying party, by the rules of Web Authentication.

use cognito_protocol::fault::Fault;
use url::{Host, Url};

use crate::{arguments::Question, report::Finding};

pub(super) fn check(question: &Question) -> Vec<Finding> {
    let (Some(rp_id), Some(origin)) = (&question.rp_id, &question.origin) else { return Vec::new() };
    vec![match wrong(rp_id, origin) {
        Some(seen) => Finding::Fault(Fault::PasskeyWrongHost, seen),
        None => Finding::Right(format!("Passkeys of {rp_id} can be used on {}.", origin.origin().ascii_serialization())),
    }]
}

fn wrong(rp_id: &str, origin: &Url) -> Option<String> {
    let Some(Host::Domain(host)) = origin.host() else {
        return Some("a page without a host name can have no passkeys; use http://localhost on this machine".to_owned());
    };
    let is_secure = origin.scheme() == "https" || host == "localhost" || host.ends_with(".localhost");
    if !is_secure {
        return Some(format!("{} is served without encryption", origin.origin().ascii_serialization()));
    }
    let is_below = host.strip_suffix(rp_id).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    // No registrable domain has a single label; longer public suffixes are the browser's to know.
    let is_domain = rp_id == "localhost" || rp_id.contains('.');
    (!is_below || !is_domain).then(|| format!("{host} is neither {rp_id:?} nor below it"))
}

#[cfg(test)]
mod tests {
    use super::wrong;

    #[test]
    fn a_page_has_the_passkeys_of_its_host_and_of_domains_above_it() {
        for (rp_id, origin, is_right) in [
            ("shop.example", "https://shop.example", true),
            ("shop.example", "https://login.shop.example/sign-in?x=1", true),
            ("localhost", "http://localhost:8080", true),
            ("login.shop.example", "https://shop.example", false),
            ("shop.example", "https://workshop.example", false),
            ("shop.example", "http://shop.example", false),
            ("example", "https://shop.example", false),
            ("127.0.0.1", "http://127.0.0.1:8080", false),
            ("localhost", "http://127.0.0.1:8080", false),
        ] {
            assert_eq!(wrong(rp_id, &origin.parse().expect("a URL")).is_none(), is_right, "{rp_id} {origin}");
        }
    }
}
