//! `pools.<id>.users.<sign-in name>`

use cognito_protocol::{Secret, totp};

use super::{
    fields::Fields,
    mistakes::{Mistakes, Place},
    sign_in_names,
    tree::Tree,
};
use crate::{
    config::{AppClient, STANDARD_ATTRIBUTES, SecondFactor, UserPool, VerifiedAttribute},
    contact::{is_email, is_phone_number},
    seed::{EMAIL_CODE_ATTRIBUTE, PASSWORD, SeededUser},
};

const FLOWS: [(&str, &str); 4] = [
    ("USER_SRP_AUTH", "USER_SRP_AUTH"),
    ("CUSTOM_AUTH", "CUSTOM_AUTH"),
    ("USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH"),
    ("USER_AUTH", "USER_AUTH"),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    Confirmed,
    Unconfirmed,
    ForceChangePassword,
    ResetRequired,
}

const STATUSES: [(&str, Status); 4] = [
    ("CONFIRMED", Status::Confirmed),
    ("UNCONFIRMED", Status::Unconfirmed),
    ("FORCE_CHANGE_PASSWORD", Status::ForceChangePassword),
    ("RESET_REQUIRED", Status::ResetRequired),
];

/// What a user is read among.
pub(super) struct Around<'a> {
    pub pool: &'a UserPool,
    /// Those of the pool.
    pub clients: &'a [AppClient],
    /// The user of before, where settings change: a password of before need not keep to a policy of now.
    pub before: Option<&'a SeededUser>,
}

pub(super) fn read(name: &str, tree: &Tree, around: &Around<'_>, place: Place, mistakes: &Mistakes) -> SeededUser {
    let own = match sign_in_names::attribute_of(&around.pool.sign_in_names, name) {
        Ok(own) => own,
        Err(what) => {
            mistakes.add(&place, what);
            None
        }
    };
    let mut fields = Fields::of(tree, place, mistakes);
    let client = client(&mut fields, around.clients);
    let usual_flow = if client.is_none_or(|client| client.allow_user_srp_auth) { "USER_SRP_AUTH" } else { "CUSTOM_AUTH" };
    let auth_flow = fields.one_of("authFlow", &FLOWS).unwrap_or(usual_flow);
    let new = SeededUser::new(name, auth_flow, fields.text("description").unwrap_or_default());
    let status = fields.one_of("status", &STATUSES).unwrap_or(Status::Confirmed);
    let mut user = SeededUser {
        user_pool_id: around.pool.id.clone(),
        client_id: client.map(|client| client.id.clone()).unwrap_or_default(),
        password: password(&mut fields, around),
        confirmed: status != Status::Unconfirmed,
        has_temporary_password: status == Status::ForceChangePassword,
        must_reset_password: status == Status::ResetRequired,
        email_verified: fields.boolean("emailVerified").unwrap_or(new.email_verified),
        enabled: fields.boolean("enabled").unwrap_or(new.enabled),
        email: if own == Some(VerifiedAttribute::Email) { name.to_owned() } else { email(&mut fields) },
        username: (own != Some(VerifiedAttribute::Email)).then(|| name.to_owned()),
        phone_number: if own == Some(VerifiedAttribute::PhoneNumber) { Some(name.to_owned()) } else { phone_number(&mut fields) },
        totp_secret: totp_secret(&mut fields),
        attributes: attributes(&mut fields),
        ..new
    };
    let own_key = match own {
        Some(VerifiedAttribute::Email) => Some("email"),
        Some(VerifiedAttribute::PhoneNumber) => Some("phoneNumber"),
        None => None,
    };
    if let Some(key) = own_key.filter(|key| fields.text(key).is_some()) {
        fields.wrong(key, "the user's own key says that already; leave this out");
    }
    second_factors(&mut fields, &mut user);
    fields.finish();
    user
}

/// The client to try the user with: the first where none is named.
fn client<'c>(fields: &mut Fields<'_>, clients: &'c [AppClient]) -> Option<&'c AppClient> {
    let Some(id) = fields.text("client") else { return clients.first() };
    let named = clients.iter().find(|client| client.id == id);
    if named.is_none() && !clients.is_empty() {
        let ids: Vec<&str> = clients.iter().map(|client| client.id.as_str()).collect();
        fields.wrong("client", format!("the pool has no client \"{id}\"; it has {}", ids.join(", ")));
    }
    named
}

fn password(fields: &mut Fields<'_>, around: &Around<'_>) -> Secret {
    let password = fields.text("password").unwrap_or(PASSWORD);
    let is_as_before = around.before.is_some_and(|before| before.password.expose() == password);
    if is_as_before {
        return password.into();
    }
    if password.trim() != password || password.chars().count() > 256 {
        fields.wrong("password", "a password has at most 256 characters, and no space at either end");
    } else if let Some(reason) = around.pool.password_policy.refusal(password) {
        let (policy, reason) = (around.pool.password_policy.for_attribute(), reason.to_lowercase());
        fields.wrong("password", format!("the pool's own policy ({policy}) refuses this: {reason}"));
    }
    password.into()
}

fn email(fields: &mut Fields<'_>) -> String {
    let Some(email) = fields.text("email") else { return String::new() };
    if !is_email(email) {
        fields.wrong("email", "write an address, such as jane@example.com");
    }
    email.to_owned()
}

fn phone_number(fields: &mut Fields<'_>) -> Option<String> {
    let number = fields.text("phoneNumber")?;
    if !is_phone_number(number) {
        fields.wrong("phoneNumber", "write a number with its country code and without spaces, such as +15550100123");
    }
    Some(number.to_owned())
}

fn totp_secret(fields: &mut Fields<'_>) -> Option<Secret> {
    let secret = Secret::from(fields.text("totpSecret")?);
    if totp::code_at(&secret, 0).is_err() {
        fields.wrong("totpSecret", "write base32 without padding: the letters A to Z and the digits 2 to 7");
    }
    Some(secret)
}

fn attributes(fields: &mut Fields<'_>) -> Vec<(String, String)> {
    let mut read = Vec::new();
    for (name, value, place) in fields.named("attributes") {
        let elsewhere = match name {
            "email" => Some("the address is the user's own key, or stands in email beside attributes"),
            "email_verified" => Some("write emailVerified beside attributes"),
            "phone_number" | "phone_number_verified" => Some("write phoneNumber beside attributes; it counts as verified"),
            name if name == EMAIL_CODE_ATTRIBUTE || STANDARD_ATTRIBUTES.contains(&name) => None,
            _ => Some("there is no such attribute"),
        };
        match (elsewhere, value) {
            (Some(what), _) => fields.mistakes().add(&place, what),
            (None, Tree::Null) => {}
            (None, Tree::Text(text)) => read.push((name.to_owned(), text.clone())),
            (None, other) => fields.mistakes().add(&place, format!("this takes a text, not {}", other.kind())),
        }
    }
    read
}

/// Which second factors are on, and which of them is preferred.
fn second_factors(fields: &mut Fields<'_>, user: &mut SeededUser) {
    let named = SecondFactor::ALL.map(|factor| (factor.name(), factor));
    let has_app = user.totp_secret.is_some();
    if let Some(factors) = fields.many_of("secondFactors", &named) {
        let key = "secondFactors";
        match (factors.contains(&SecondFactor::SoftwareToken), has_app) {
            (true, false) => fields.wrong(key, "SOFTWARE_TOKEN_MFA needs a totpSecret beside it"),
            (false, true) => {
                fields.wrong(key, "who has a totpSecret has SOFTWARE_TOKEN_MFA on; write it here, or leave one of them out")
            }
            (true, true) | (false, false) => {}
        }
        user.sms_mfa = factors.contains(&SecondFactor::Sms);
        user.email_otp = factors.contains(&SecondFactor::Email);
        if user.sms_mfa && user.phone_number.is_none() {
            fields.wrong(key, "SMS_MFA needs a phoneNumber beside it");
        }
        if user.email_otp && !(!user.email.is_empty() && user.email_verified && user.confirmed) {
            fields.wrong(
                key,
                "EMAIL_OTP needs a verified address, so an email, and neither emailVerified = false nor status = \"UNCONFIRMED\"",
            );
        }
    }
    let preferred = named.map(|(name, factor)| (name, Some(factor)));
    let preferred: Vec<(&str, Option<SecondFactor>)> = preferred.into_iter().chain([("NONE", None)]).collect();
    match fields.one_of("preferredFactor", &preferred) {
        Some(Some(factor)) if !user.has_on(factor) => {
            fields.wrong("preferredFactor", format!("{} is not among the user's secondFactors", factor.name()));
        }
        Some(Some(factor)) => user.preferred_factor = Some(factor),
        Some(None) => user.prefers_a_factor = false,
        None => {}
    }
}

pub(super) fn write(user: &SeededUser) -> Tree {
    let status = match user {
        SeededUser { confirmed: false, .. } => Status::Unconfirmed,
        SeededUser { must_reset_password: true, .. } => Status::ResetRequired,
        SeededUser { has_temporary_password: true, .. } => Status::ForceChangePassword,
        _ => Status::Confirmed,
    };
    let status = STATUSES.iter().find(|(_, named)| *named == status);
    let factors = SecondFactor::ALL.into_iter().filter(|factor| user.has_on(*factor));
    let preferred = if user.prefers_a_factor { user.preferred_factor.map(SecondFactor::name) } else { Some("NONE") };
    let attributes = user.all_attributes().map(|(name, value)| (name, Some(value.into())));
    Tree::table([
        ("description", Some(user.description.as_str().into())),
        ("client", Some(user.client_id.as_str().into())),
        ("authFlow", Some(user.auth_flow.into())),
        ("password", Some(user.password.expose().into())),
        ("status", status.map(|(name, _)| (*name).into())),
        ("enabled", Some(user.enabled.into())),
        ("emailVerified", Some(user.email_verified.into())),
        ("email", user.username.as_ref().and((!user.email.is_empty()).then(|| user.email.as_str().into()))),
        ("phoneNumber", user.phone_number.as_deref().filter(|number| *number != user.sign_in_name()).map(Tree::from)),
        ("totpSecret", user.totp_secret.as_ref().map(|secret| secret.expose().into())),
        ("secondFactors", Some(Tree::texts(factors.map(SecondFactor::name)))),
        ("preferredFactor", preferred.map(Tree::from)),
        ("attributes", Some(Tree::table(attributes))),
    ])
}
