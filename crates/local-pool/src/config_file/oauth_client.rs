//! The keys of a client that are about the OAuth endpoints.

use super::{fields::Fields, tree::Tree};
use crate::config::{IdentityProvider, OauthClient, OauthScope, can_be_registered};

/// The scopes of a client that does not say which: what an app has that never calls an operation.
const USUAL_SCOPES: [OauthScope; 4] = [OauthScope::Openid, OauthScope::Email, OauthScope::Phone, OauthScope::Profile];

pub(super) fn read(fields: &mut Fields<'_>, providers: &[IdentityProvider]) -> OauthClient {
    let callback_urls = urls(fields, "callbackURLs");
    let named: Vec<(&str, &str)> = providers.iter().map(|provider| (provider.name.as_str(), provider.name.as_str())).collect();
    let names = if providers.is_empty() {
        if fields.texts("supportedIdentityProviders").is_some_and(|names| !names.is_empty()) {
            fields.wrong("supportedIdentityProviders", "the pool has no identityProviders; add them there");
        }
        Vec::new()
    } else {
        let all = || named.iter().map(|(name, _)| *name).collect();
        fields.many_of("supportedIdentityProviders", &named).unwrap_or_else(all)
    };
    OauthClient {
        callback_urls,
        logout_urls: urls(fields, "logoutURLs"),
        scopes: fields
            .many_of("allowedOAuthScopes", &OauthScope::ALL.map(|scope| (scope.name(), scope)))
            .unwrap_or_else(|| USUAL_SCOPES.to_vec()),
        identity_providers: names.into_iter().map(str::to_owned).collect(),
    }
}

fn urls(fields: &mut Fields<'_>, key: &'static str) -> Vec<String> {
    let urls = fields.texts(key).unwrap_or_default();
    for url in urls.iter().filter(|url| !can_be_registered(url)) {
        let what = "write whole URLs without a fragment: https, or http on localhost or 127.0.0.1";
        fields.wrong(key, format!("\"{url}\" cannot be registered; {what}"));
    }
    urls.into_iter().map(str::to_owned).collect()
}

pub(super) fn write(client: &OauthClient) -> [(&'static str, Option<Tree>); 4] {
    let texts = |texts: &[String]| Some(Tree::texts(texts.iter().map(String::as_str)));
    [
        ("callbackURLs", texts(&client.callback_urls)),
        ("logoutURLs", texts(&client.logout_urls)),
        ("allowedOAuthScopes", Some(Tree::texts(client.scopes.iter().map(|scope| scope.name())))),
        ("supportedIdentityProviders", texts(&client.identity_providers)),
    ]
}
