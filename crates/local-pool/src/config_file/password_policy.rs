//! `passwordPolicy`

use super::{fields::Fields, tree::Tree};
use crate::config::PasswordPolicy;

pub(super) fn read(mut fields: Fields<'_>) -> PasswordPolicy {
    let new = PasswordPolicy::default();
    let minimum_length = fields.number("minimumLength", 6..=99).and_then(|length| u8::try_from(length).ok());
    let policy = PasswordPolicy {
        minimum_length: minimum_length.unwrap_or(new.minimum_length),
        require_uppercase: fields.boolean("requireUppercase").unwrap_or(new.require_uppercase),
        require_lowercase: fields.boolean("requireLowercase").unwrap_or(new.require_lowercase),
        require_numbers: fields.boolean("requireNumbers").unwrap_or(new.require_numbers),
        require_symbols: fields.boolean("requireSymbols").unwrap_or(new.require_symbols),
    };
    fields.finish();
    policy
}

pub(super) fn write(policy: &PasswordPolicy) -> Tree {
    Tree::table([
        ("minimumLength", Some(u64::from(policy.minimum_length).into())),
        ("requireUppercase", Some(policy.require_uppercase.into())),
        ("requireLowercase", Some(policy.require_lowercase.into())),
        ("requireNumbers", Some(policy.require_numbers.into())),
        ("requireSymbols", Some(policy.require_symbols.into())),
    ])
}
