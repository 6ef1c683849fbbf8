//! `pools.<id>.identityProviders.<name>`

use super::{
    fields::Fields,
    mistakes::{Mistakes, Place},
    tree::Tree,
};
use crate::config::{Identity, IdentityProvider, STANDARD_ATTRIBUTES};

pub(super) fn read_all(fields: &mut Fields<'_>) -> Vec<IdentityProvider> {
    let mistakes = fields.mistakes();
    let named = fields.named("identityProviders");
    named.into_iter().map(|(name, tree, place)| read(name, tree, place, mistakes)).collect()
}

fn read(name: &str, tree: &Tree, place: Place, mistakes: &Mistakes) -> IdentityProvider {
    let is_named =
        (1..=32).contains(&name.chars().count()) && !name.contains(|char: char| char.is_whitespace() || char.is_control());
    // `COGNITO` is what requests call the pool itself.
    if !is_named || name.contains('_') || name == "COGNITO" {
        mistakes.add(&place, "this is no provider's name; write 1 to 32 characters without spaces and \"_\", and not COGNITO");
    }
    let mut fields = Fields::of(tree, place, mistakes);
    let identities: Vec<Identity> = fields
        .named("identities")
        .into_iter()
        .map(|(id, tree, place)| Identity {
            id: identity_id(id, &place, mistakes),
            attributes: attributes(tree, place, mistakes),
        })
        .collect();
    fields.finish();
    if identities.is_empty() { IdentityProvider::new(name) } else { IdentityProvider { name: name.to_owned(), identities } }
}

/// The username is made of it.
fn identity_id(id: &str, place: &Place, mistakes: &Mistakes) -> String {
    if !(1..=64).contains(&id.chars().count()) || id.contains(|char: char| char.is_whitespace() || char.is_control()) {
        mistakes.add(place, "this is no id of a person; write 1 to 64 characters without spaces");
    }
    id.to_owned()
}

fn attributes(tree: &Tree, place: Place, mistakes: &Mistakes) -> Vec<(String, String)> {
    let Tree::Table(entries) = tree else {
        mistakes.add(&place, format!("this takes a table, not {}", tree.kind()));
        return Vec::new();
    };
    let mut read = Vec::new();
    for (name, value) in entries {
        let is_verified = matches!(name.as_str(), "email_verified" | "phone_number_verified");
        let place = place.at(name);
        match value {
            _ if !is_verified && !STANDARD_ATTRIBUTES.contains(&name.as_str()) => {
                mistakes.add(&place, "there is no such attribute")
            }
            Tree::Null => {}
            Tree::Text(text) if !is_verified || matches!(text.as_str(), "true" | "false") => {
                read.push((name.clone(), text.clone()))
            }
            Tree::Text(_) => mistakes.add(&place, "this takes \"true\" or \"false\", as a text"),
            other => mistakes.add(&place, format!("this takes a text, not {}", other.kind())),
        }
    }
    read
}

pub(super) fn write(provider: &IdentityProvider) -> (&str, Option<Tree>) {
    let identities = provider.identities.iter().map(|identity| {
        let attributes = identity.attributes.iter().map(|(name, value)| (name.as_str(), Some(value.as_str().into())));
        (identity.id.as_str(), Some(Tree::table(attributes)))
    });
    (&provider.name, Some(Tree::table([("identities", Some(Tree::table(identities)))])))
}
