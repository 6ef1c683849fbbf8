//! `webAuthnConfiguration`

use super::{fields::Fields, tree::Tree};
use crate::{
    config::{FactorConfiguration, UserVerification, WebAuthnConfiguration},
    passkeys,
};

pub(super) fn read(mut fields: Fields<'_>) -> WebAuthnConfiguration {
    let new = WebAuthnConfiguration::default();
    let relying_party_id = fields.text("relyingPartyId").map(str::to_owned);
    if relying_party_id.as_deref().is_some_and(|id| !passkeys::is_relying_party_id(id)) {
        let what = "this takes the name of a host in lower case, such as auth.example.com or localhost, without scheme and port";
        fields.wrong("relyingPartyId", what);
    }
    let user_verification = fields.one_of("userVerification", &UserVerification::ALL.map(|value| (value.name(), value)));
    let factor_configuration = fields.one_of("factorConfiguration", &FactorConfiguration::ALL.map(|value| (value.name(), value)));
    fields.finish();
    WebAuthnConfiguration {
        relying_party_id,
        user_verification: user_verification.unwrap_or(new.user_verification),
        factor_configuration: factor_configuration.unwrap_or(new.factor_configuration),
    }
}

pub(super) fn write(configuration: &WebAuthnConfiguration) -> Tree {
    Tree::table([
        ("relyingPartyId", configuration.relying_party_id.as_deref().map(Tree::from)),
        ("userVerification", Some(configuration.user_verification.name().into())),
        ("factorConfiguration", Some(configuration.factor_configuration.name().into())),
    ])
}
