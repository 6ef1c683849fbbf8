//! All of a file.

use std::time::Duration;

use super::{
    fields::Fields,
    mistakes::{ConfigError, Mistakes, Place},
    tree::Tree,
    user_pool,
};
use crate::{config::Settings, configuration::Configuration, seed::Seed};

/// What is not told to whoever reads the running settings.
const SECRETS: [&str; 3] = ["clientSecret", "password", "totpSecret"];

const DAY: u32 = 24 * 60 * 60;
const TEN_YEARS: u32 = 3650 * DAY;

/// A setting that is a length of time, in seconds.
struct Validity {
    key: &'static str,
    least: u32,
    most: u32,
    of: fn(&mut Settings) -> &mut Duration,
}

const VALIDITIES: [Validity; 5] = [
    // The service takes 3 to 15 minutes; who tries what comes of an expired one wants to wait less.
    Validity { key: "sessionSeconds", least: 1, most: 15 * 60, of: |settings| &mut settings.session_validity },
    Validity { key: "signUpCodeSeconds", least: 1, most: 30 * DAY, of: |settings| &mut settings.sign_up_code_validity },
    Validity { key: "resetCodeSeconds", least: 1, most: 30 * DAY, of: |settings| &mut settings.reset_code_validity },
    Validity { key: "accessTokenSeconds", least: 1, most: DAY, of: |settings| &mut settings.access_token_validity },
    Validity { key: "refreshTokenSeconds", least: 1, most: TEN_YEARS, of: |settings| &mut settings.refresh_token_validity },
];

/// What settings say, on top of those of the program.
///
/// `before` is what was in force until now, where that changes.
pub(crate) fn read(tree: &Tree, mut settings: Settings, before: Option<&Seed>) -> Result<Configuration, ConfigError> {
    let mistakes = Mistakes::default();
    let mut fields = Fields::of(tree, Place::default(), &mistakes);
    for Validity { key, least, most, of } in VALIDITIES {
        if let Some(secs) = fields.number(key, least..=most) {
            let present = of(&mut settings);
            // What is finer than a second stays, unless it changes.
            if present.as_secs() != u64::from(secs) {
                *present = Duration::from_secs(secs.into());
            }
        }
    }
    if let Some(identities) = fields.texts("sesIdentities") {
        settings.ses_identities = identities.into_iter().map(str::to_owned).collect();
    }
    let mut seed = Seed { user_pools: Vec::new(), clients: Vec::new(), users: Vec::new() };
    for (id, tree, place) in fields.named("pools") {
        user_pool::read(id, tree, before, place, &mistakes, &mut seed);
    }
    if seed.user_pools.is_empty() {
        fields.wrong("pools", "there must be a pool at least; write [pools.<user pool id>], such as [pools.us-east-1_Example]");
    }
    fields.finish();
    mistakes.none_or(Configuration { settings, seed })
}

/// The same settings as a file would have them.
pub(crate) fn write(configuration: &Configuration) -> Tree {
    let Configuration { settings, seed } = configuration;
    let mut settings = settings.clone();
    let pools = seed.user_pools.iter().map(|pool| (pool.id.as_str(), Some(user_pool::write(pool, seed))));
    let validities = VALIDITIES.map(|validity| (validity.key, Some((validity.of)(&mut settings).as_secs().into())));
    let identities = Tree::texts(settings.ses_identities.iter().map(String::as_str));
    let rest = [("sesIdentities", Some(identities)), ("pools", Some(Tree::table(pools)))];
    Tree::table(validities.into_iter().chain(rest))
}

/// The same without passwords and secrets, for others to see.
pub(crate) fn write_without_secrets(configuration: &Configuration) -> Tree {
    let mut tree = write(configuration);
    tree.remove_texts(&SECRETS);
    tree
}
