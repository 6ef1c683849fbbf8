//! What an administrator would set: user pools, app clients, and the pool's clocks and life times.

mod app_client;
mod auth_flow_allowed;
mod code_digits;
mod first_factor;
mod identity_provider;
mod invoke_url;
mod oauth_client;
mod password_policy;
mod request_limits;
mod second_factor;
mod settings;
mod sign_in_names;
mod standard_attribute;
mod trigger_source;
mod user_pool;
mod verified_attribute;

pub use app_client::AppClient;
pub(crate) use auth_flow_allowed::AuthFlowAllowed;
pub use code_digits::CodeDigits;
pub use first_factor::FirstFactor;
pub use identity_provider::{Identity, IdentityProvider};
pub use invoke_url::{InvokeUrl, InvokeUrlError};
pub(crate) use oauth_client::can_be_registered;
pub use oauth_client::{OauthClient, OauthScope};
pub use password_policy::PasswordPolicy;
pub use request_limits::RequestLimits;
pub use second_factor::SecondFactor;
pub use settings::{DEFAULT_ADDRESS, Settings};
pub use sign_in_names::{Alias, SignInNames, UsernameKind};
pub(crate) use standard_attribute::STANDARD_ATTRIBUTES;
pub use trigger_source::TriggerSource;
pub use user_pool::{MfaConfiguration, UserPool};
pub use verified_attribute::VerifiedAttribute;
