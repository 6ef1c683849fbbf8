//! `usernameAttributes`, `aliasAttributes`, `usernameCaseSensitive`

use super::{fields::Fields, tree::Tree};
use crate::{
    config::{Alias, SignInNames, UsernameKind, VerifiedAttribute},
    contact::{is_email, is_phone_number},
};

pub(super) fn read(fields: &mut Fields<'_>) -> SignInNames {
    let new = SignInNames::default();
    let attributes = fields.many_of("usernameAttributes", &VerifiedAttribute::ALL.map(|attribute| (attribute.name(), attribute)));
    let aliases = fields.many_of("aliasAttributes", &Alias::ALL.map(|alias| (alias.name(), alias)));
    if attributes.as_ref().is_some_and(|attributes| !attributes.is_empty())
        && aliases.as_ref().is_some_and(|aliases| !aliases.is_empty())
    {
        fields.wrong("aliasAttributes", "a pool has usernameAttributes or aliasAttributes; leave one of them out");
    }
    let kind = match (attributes, aliases) {
        (Some(attributes), _) if !attributes.is_empty() => UsernameKind::Attributes(attributes),
        (_, Some(aliases)) => UsernameKind::Chosen(aliases),
        (Some(_), None) => UsernameKind::Chosen(Vec::new()),
        (None, None) => new.kind,
    };
    SignInNames { kind, case_sensitive: fields.boolean("usernameCaseSensitive").unwrap_or(new.case_sensitive) }
}

/// The attribute that a sign-in name is, if it is one; or what to write instead.
pub(super) fn attribute_of(names: &SignInNames, name: &str) -> Result<Option<VerifiedAttribute>, &'static str> {
    let is_of_form = |attribute: VerifiedAttribute| match attribute {
        VerifiedAttribute::Email => is_email(name),
        VerifiedAttribute::PhoneNumber => is_phone_number(name),
    };
    match &names.kind {
        UsernameKind::Attributes(attributes) => match attributes.iter().copied().find(|attribute| is_of_form(*attribute)) {
            Some(found) => Ok(Some(found)),
            None if attributes.contains(&VerifiedAttribute::Email) => {
                Err("the sign-in names of this pool are addresses; write one, such as \"jane@example.com\"")
            }
            None => Err("the sign-in names of this pool are phone numbers; write one, such as \"+15550100123\""),
        },
        UsernameKind::Chosen(_) if is_email(name) || is_phone_number(name) || name.is_empty() => {
            Err("the sign-in names of this pool are usernames; write one, and the address as email beside")
        }
        UsernameKind::Chosen(_) => Ok(None),
    }
}

pub(super) fn write(names: &SignInNames) -> [(&'static str, Option<Tree>); 3] {
    [
        ("usernameAttributes", Some(Tree::texts(names.username_attributes()))),
        ("aliasAttributes", Some(Tree::texts(names.alias_attributes()))),
        ("usernameCaseSensitive", Some(names.case_sensitive.into())),
    ]
}
