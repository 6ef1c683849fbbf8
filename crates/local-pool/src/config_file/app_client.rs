//! `pools.<id>.clients.<id>`

use std::time::Duration;

use cognito_protocol::Secret;

use super::{
    fields::Fields,
    mistakes::{Mistakes, Place},
    oauth_client,
    tree::Tree,
};
use crate::config::{AppClient, AuthFlowAllowed, IdentityProvider, STANDARD_ATTRIBUTES};

const EXISTENCE: [(&str, bool); 2] = [("ENABLED", true), ("LEGACY", false)];
const MAX_GRACE_SECONDS: u32 = 60;

/// What a client is read among.
pub(super) struct Around<'a> {
    pub user_pool_id: &'a str,
    /// Those of the pool.
    pub identity_providers: &'a [IdentityProvider],
}

pub(super) fn read(id: &str, around: &Around<'_>, tree: &Tree, place: Place, mistakes: &Mistakes) -> AppClient {
    let is_word = |char: char| char.is_ascii_alphanumeric() || char == '_' || char == '+';
    if !(1..=128).contains(&id.len()) || !id.chars().all(is_word) {
        mistakes.add(&place, "this is no client id; write 1 to 128 letters, digits, \"_\" and \"+\"");
    }
    let mut fields = Fields::of(tree, place, mistakes);
    let new = AppClient::browser(id, around.user_pool_id, fields.text("description").unwrap_or_default());

    let refresh_token_rotation = fields.boolean("refreshTokenRotation").unwrap_or(new.refresh_token_rotation);
    let rotation_grace =
        fields.number("retryGracePeriodSeconds", 0..=MAX_GRACE_SECONDS).map(|secs| Duration::from_secs(secs.into()));
    let named = AuthFlowAllowed::ALL.map(|flow| (flow.name(), flow));
    let flows = fields.many_of("explicitAuthFlows", &named);
    let allows = |flow: AuthFlowAllowed, by_default: bool| flows.as_ref().map_or(by_default, |flows| flows.contains(&flow));
    if refresh_token_rotation && allows(AuthFlowAllowed::RefreshToken, false) {
        let what = "ALLOW_REFRESH_TOKEN_AUTH does not go with refreshTokenRotation; leave one of them out";
        fields.wrong("explicitAuthFlows", what);
    }

    let secret = fields.text("clientSecret");
    if let Some(secret) = secret {
        let length = secret.chars().count();
        if !(24..=64).contains(&length) {
            fields.wrong("clientSecret", format!("a secret has 24 to 64 characters, and this one has {length}"));
        } else if !secret.chars().all(is_word) {
            fields.wrong("clientSecret", "a secret is made of letters, digits, \"_\" and \"+\"");
        }
    }
    let standard = STANDARD_ATTRIBUTES.map(|name| (name, name));
    let write_attributes = fields.many_of("writeAttributes", &standard);
    let client = AppClient {
        secret: secret.map(Secret::from),
        allow_user_srp_auth: allows(AuthFlowAllowed::UserSrp, new.allow_user_srp_auth),
        allow_custom_auth: allows(AuthFlowAllowed::Custom, new.allow_custom_auth),
        allow_user_password_auth: allows(AuthFlowAllowed::UserPassword, new.allow_user_password_auth),
        allow_user_auth: allows(AuthFlowAllowed::UserAuth, new.allow_user_auth),
        allow_refresh_token_auth: allows(AuthFlowAllowed::RefreshToken, new.allow_refresh_token_auth),
        write_attributes: write_attributes.map(|names| names.into_iter().map(str::to_owned).collect()),
        prevent_user_existence_errors: fields
            .one_of("preventUserExistenceErrors", &EXISTENCE)
            .unwrap_or(new.prevent_user_existence_errors),
        refresh_token_rotation,
        rotation_grace: rotation_grace.unwrap_or(new.rotation_grace),
        oauth: oauth_client::read(&mut fields, around.identity_providers),
        ..new
    };
    fields.finish();
    client
}

pub(super) fn write(client: &AppClient) -> Tree {
    let existence = EXISTENCE.iter().find(|(_, prevents)| *prevents == client.prevent_user_existence_errors);
    let own = [
        ("description", Some(client.description.as_str().into())),
        ("clientSecret", client.secret.as_ref().map(|secret| secret.expose().into())),
        ("explicitAuthFlows", Some(Tree::texts(client.explicit_auth_flows().map(AuthFlowAllowed::name)))),
        ("writeAttributes", client.write_attributes.as_ref().map(|names| Tree::texts(names.iter().map(String::as_str)))),
        ("preventUserExistenceErrors", existence.map(|(name, _)| (*name).into())),
        ("refreshTokenRotation", Some(client.refresh_token_rotation.into())),
        ("retryGracePeriodSeconds", Some(client.rotation_grace.as_secs().into())),
    ];
    Tree::table(own.into_iter().chain(oauth_client::write(&client.oauth)))
}
