//! All that an administrator has set.

use crate::{config::Settings, seed::Seed};

/// All that an administrator has set: what a file of settings says, and what a pool runs with.
#[derive(Clone, Debug)]
pub(crate) struct Configuration {
    pub settings: Settings,
    pub seed: Seed,
}
