//! Settings of providers, and of what a client does with them

use local_pool::seed;

use crate::config_file::{CLIENT, POOL, in_client, in_pool, pool};

#[test]
fn providers_and_what_a_client_does_with_them() {
    let text = "[pools.us-east-1_Mine.identityProviders.Google]\n\
                [pools.us-east-1_Mine.identityProviders.MyCompany.identities]\n\
                \"17\" = { email = \"ann@example.com\", email_verified = \"true\" }\n";
    let client = "callbackURLs = [\"https://example.com/\"]\nsupportedIdentityProviders = [\"MyCompany\"]\n";
    let pool = pool(&format!("{POOL}{CLIENT}{client}{text}"));
    let seed::Seed { user_pools, clients, .. } = pool.seed();
    assert_eq!(user_pools[0].identity_providers.len(), 2);
    assert_eq!(user_pools[0].identity_providers[0].identities.len(), 2);
    assert_eq!(user_pools[0].identity_providers[1].identities[0].id, "17");
    let oauth = &clients[0].oauth;
    assert_eq!((oauth.callback_urls.as_slice(), oauth.logout_urls.len()), (&["https://example.com/".to_owned()][..], 0));
    assert_eq!(oauth.identity_providers, ["MyCompany"]);
    let scopes: Vec<&str> = oauth.scopes.iter().map(|scope| scope.name()).collect();
    assert_eq!(scopes, ["openid", "email", "phone", "profile"]);
}

#[test]
fn mistakes_of_providers_and_urls_are_named() {
    let what = "cannot be registered; write whole URLs without a fragment: https, or http on localhost or 127.0.0.1";
    assert_eq!(in_client("callbackURLs = [\"http://example.com/\"]"), format!("callbackURLs: \"http://example.com/\" {what}"));
    assert_eq!(in_client("logoutURLs = [\"https://example.com/#x\"]"), format!("logoutURLs: \"https://example.com/#x\" {what}"));
    assert_eq!(
        in_client("supportedIdentityProviders = [\"Google\"]"),
        "supportedIdentityProviders: the pool has no identityProviders; add them there"
    );
    assert_eq!(
        in_pool("identityProviders.Google.identities.1.nickName = \"x\""),
        "identityProviders.Google.identities.1.nickName: there is no such attribute"
    );
    assert!(in_pool("identityProviders.COGNITO = {}").contains("this is no provider's name"));
}
