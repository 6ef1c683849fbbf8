//! `pools.<id>`

use super::{
    app_client, code_digits, device_configuration,
    fields::Fields,
    identity_provider,
    mistakes::{Mistakes, Place},
    password_policy, sign_in_names,
    tree::Tree,
    user, web_authn,
};
use crate::{
    config::{FirstFactor, MfaConfiguration, STANDARD_ATTRIBUTES, SecondFactor, UserPool, UsernameKind, VerifiedAttribute},
    seed::Seed,
};

/// `UserSessionTracking`
const TRACKING: [(&str, bool); 2] = [("ENABLED", true), ("DISABLED", false)];

/// Reads a pool into what was read before.
pub(super) fn read(id: &str, tree: &Tree, before: Option<&Seed>, place: Place, mistakes: &Mistakes, seed: &mut Seed) {
    if !is_user_pool_id(id) {
        let what = "this is no user pool id; write a region, \"_\", and letters and digits, such as us-east-1_Example";
        mistakes.add(&place, what);
    }
    let mut fields = Fields::of(tree, place, mistakes);
    let pool = own(id, &mut fields);

    let is_another = |other: &UserPool| other.id == id && other.sign_in_names != pool.sign_in_names;
    if before.is_some_and(|seed| seed.user_pools.iter().any(is_another)) {
        fields.wrong("usernameAttributes", "the sign-in names of a pool cannot change, as on the service; add another pool");
    }

    let first = seed.clients.len();
    for (client_id, tree, place) in fields.named("clients") {
        match seed.clients.iter().find(|other| other.id == client_id) {
            Some(other) => {
                let what =
                    format!("pools.{} has a client of that id too; client ids are unique, so write another", other.user_pool_id);
                mistakes.add(&place, what);
            }
            None => {
                let around = app_client::Around { user_pool_id: id, identity_providers: &pool.identity_providers };
                seed.clients.push(app_client::read(client_id, &around, tree, place, mistakes));
            }
        }
    }
    let clients = seed.clients.get(first..).unwrap_or_default();
    if clients.is_empty() {
        fields.wrong("clients", "the pool needs a client; write [pools.<pool id>.clients.<client id>], if only that line");
    }
    for (name, tree, place) in fields.named("users") {
        let is_the_same = |user: &&crate::seed::SeededUser| user.user_pool_id == id && user.sign_in_name() == name;
        let before = before.and_then(|seed| seed.users.iter().find(is_the_same));
        let around = user::Around { pool: &pool, clients, before };
        seed.users.push(user::read(name, tree, &around, place, mistakes));
    }
    fields.finish();
    seed.user_pools.push(pool);
}

/// All but clients and users.
fn own(id: &str, fields: &mut Fields<'_>) -> UserPool {
    let mfa = fields.one_of("mfaConfiguration", &MfaConfiguration::ALL.map(|mfa| (mfa.as_str(), mfa)));
    let new = UserPool::new(id, mfa.unwrap_or(MfaConfiguration::Optional));
    let sign_in_names = sign_in_names::read(fields);
    let auto_verified =
        fields.many_of("autoVerifiedAttributes", &VerifiedAttribute::ALL.map(|attribute| (attribute.name(), attribute)));
    let auto_verified = auto_verified.unwrap_or_else(|| match &sign_in_names.kind {
        UsernameKind::Attributes(attributes) => attributes.clone(),
        UsernameKind::Chosen(_) => new.auto_verified,
    });
    let factors = fields.many_of("secondFactors", &SecondFactor::ALL.map(|factor| (factor.name(), factor)));
    let second_factors = factors.unwrap_or(new.second_factors);
    if new.mfa == MfaConfiguration::On && second_factors.is_empty() {
        let names = SecondFactor::ALL.map(SecondFactor::name).join(", ");
        fields.wrong("secondFactors", format!("with mfaConfiguration ON there must be one at least: {names}"));
    }
    let first_factors = fields.many_of("allowedFirstAuthFactors", &FirstFactor::ALL.map(|factor| (factor.name(), factor)));
    let first_factors = first_factors.unwrap_or(new.first_factors);
    if !first_factors.contains(&FirstFactor::Password) {
        fields.wrong("allowedFirstAuthFactors", "the service takes no pool without PASSWORD; add it");
    }
    let required = fields.many_of("requiredAttributes", &STANDARD_ATTRIBUTES.map(|name| (name, name))).unwrap_or_default();
    let both = VerifiedAttribute::ALL.map(|attribute| (attribute.name(), attribute));
    UserPool {
        identity_providers: identity_provider::read_all(fields),
        code_digits: fields.table("codeDigits").map(code_digits::read).unwrap_or_default(),
        sign_in_names,
        auto_verified,
        first_factors,
        second_factors,
        web_authn: fields.table("webAuthnConfiguration").map(web_authn::read).unwrap_or_default(),
        password_policy: fields.table("passwordPolicy").map(password_policy::read).unwrap_or_default(),
        required_attributes: required.into_iter().map(str::to_owned).collect(),
        tracks_sessions: fields.one_of("userSessionTracking", &TRACKING).unwrap_or(new.tracks_sessions),
        verifies_before_update: fields.many_of("attributesRequireVerificationBeforeUpdate", &both).unwrap_or_default(),
        device_configuration: fields.table("deviceConfiguration").map(device_configuration::read),
        ..new
    }
}

/// `[\w-]+_[0-9a-zA-Z]+`, at most 55 characters.
fn is_user_pool_id(id: &str) -> bool {
    id.len() <= 55
        && id.rsplit_once('_').is_some_and(|(region, name)| {
            let is_region = region.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
            // A second "_" would part region and name elsewhere.
            is_region
                && !region.is_empty()
                && !region.contains('_')
                && !name.is_empty()
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

pub(super) fn write(pool: &UserPool, seed: &Seed) -> Tree {
    let clients = seed.clients.iter().filter(|client| client.user_pool_id == pool.id);
    let users = seed.users.iter().filter(|user| user.user_pool_id == pool.id);
    let names = sign_in_names::write(&pool.sign_in_names);
    Tree::table(names.into_iter().chain([
        ("autoVerifiedAttributes", Some(Tree::texts(pool.auto_verified.iter().map(|attribute| attribute.name())))),
        ("mfaConfiguration", Some(pool.mfa.as_str().into())),
        ("allowedFirstAuthFactors", Some(Tree::texts(pool.first_factors.iter().map(|factor| factor.name())))),
        ("secondFactors", Some(Tree::texts(pool.second_factors.iter().map(|factor| factor.name())))),
        ("userSessionTracking", TRACKING.iter().find(|(_, on)| *on == pool.tracks_sessions).map(|(name, _)| (*name).into())),
        ("webAuthnConfiguration", Some(web_authn::write(&pool.web_authn))),
        ("codeDigits", Some(code_digits::write(pool.code_digits))),
        ("passwordPolicy", Some(password_policy::write(&pool.password_policy))),
        ("requiredAttributes", Some(Tree::texts(pool.required_attributes.iter().map(String::as_str)))),
        (
            "attributesRequireVerificationBeforeUpdate",
            Some(Tree::texts(pool.verifies_before_update.iter().map(|attribute| attribute.name()))),
        ),
        ("deviceConfiguration", pool.device_configuration.map(device_configuration::write)),
        ("identityProviders", Some(Tree::table(pool.identity_providers.iter().map(identity_provider::write)))),
        ("clients", Some(Tree::table(clients.map(|client| (client.id.as_str(), Some(app_client::write(client))))))),
        ("users", Some(Tree::table(users.map(|user| (user.sign_in_name(), Some(user::write(user))))))),
    ]))
}
