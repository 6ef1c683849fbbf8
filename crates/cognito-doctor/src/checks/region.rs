//! Whether endpoint, domain and pool are of one Region: a look at their names.

use cognito_protocol::fault::{Fault, region};

use crate::{arguments::Question, report::Finding};

pub(super) fn check(question: &Question) -> Vec<Finding> {
    let of_pool = region::of_pool(&question.pool_id).unwrap_or_default();
    let of_endpoint = region::of_endpoint(question.endpoint.as_str());
    let of_domain = question.oauth_domain.as_ref().and_then(|domain| region::of_oauth_host(domain.host_str()?));
    let other = |region: Option<&str>| region.filter(|region| *region != of_pool).map(str::to_owned);
    let mut findings = Vec::new();
    if let Some(region) = other(of_endpoint) {
        findings.push(Finding::Fault(Fault::RegionMismatch, format!("the pool is in {of_pool}, the endpoint in {region}")));
    }
    if let Some(region) = other(of_domain) {
        findings.push(Finding::Fault(Fault::OauthDomainWrong, format!("the pool is in {of_pool}, the domain in {region}")));
    }
    findings
}
