//! `deviceConfiguration`

use super::{fields::Fields, tree::Tree};
use crate::config::DeviceConfiguration;

const CHALLENGE: &str = "challengeRequiredOnNewDevice";
const PROMPT: &str = "deviceOnlyRememberedOnUserPrompt";

/// As on the service, a table without entries turns tracking on too.
pub(super) fn read(mut fields: Fields<'_>) -> DeviceConfiguration {
    let configuration = DeviceConfiguration {
        challenge_required_on_new_device: fields.boolean(CHALLENGE).unwrap_or_default(),
        device_only_remembered_on_user_prompt: fields.boolean(PROMPT).unwrap_or_default(),
    };
    fields.finish();
    configuration
}

pub(super) fn write(configuration: DeviceConfiguration) -> Tree {
    let DeviceConfiguration { challenge_required_on_new_device, device_only_remembered_on_user_prompt } = configuration;
    let entries = [(CHALLENGE, challenge_required_on_new_device), (PROMPT, device_only_remembered_on_user_prompt)];
    Tree::table(entries.map(|(key, value)| (key, Some(value.into()))))
}
