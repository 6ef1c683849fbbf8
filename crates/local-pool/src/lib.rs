//! A strict local stand-in for Amazon Cognito user pools.
//!
//! It speaks the public JSON API as the service does, with real SRP proofs, real TOTP, real RS256 tokens with a JWKS, and the
//! project's own [`triggers`] for `CUSTOM_AUTH` and for the words of its mails and text messages, in process or as Lambda functions
//! ([`TriggerSource`]). Nothing leaves it: what it would send lies in its inbox. What it cannot know it refuses: unknown members,
//! wrong content types, sessions and secret blocks used twice, codes used twice. Everything is in memory, unless a file is to keep
//! users over restarts ([`Builder::build_with_state`]); [`seed`] is what it starts with, unless a file of settings says otherwise
//! ([`Builder::with_config_file`]). `docs/local-pool.md` is the reference of both.
//!
//! Users of the code by e-mail have an app client of their own ([`EMAIL_CODE_CLIENT`](seed::EMAIL_CODE_CLIENT)), which allows
//! `CUSTOM_AUTH` alone; the other clients refuse them the sign-in by the password, as a `PreAuthentication` trigger would. From the third
//! sign-in with a wrong code on the next one has to wait, as with the deployed functions: move the clock, or reset the pool.
//!
//! Second factors are the authenticator app and codes by text message and by e-mail. `USER_AUTH` lets people choose the first one, where
//! a client allows it: the password, or a code by e-mail or text message ([`CHOICE_CLIENT`](seed::CHOICE_CLIENT)).
//!
//! ```no_run
//! # async fn run() -> std::io::Result<()> {
//! let pool = local_pool::Pool::new();
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:9229").await?;
//! local_pool::serve(listener, pool).await
//! # }
//! ```
//!
//! | path | what |
//! |---|---|
//! | `POST /` | the API: `X-Amz-Target: AWSCognitoIdentityProviderService.<Operation>` |
//! | `GET /<user pool id>/.well-known/jwks.json` | the keys that signed the tokens; `openid-configuration` beside it |
//! | `POST /v2/email/outbound-emails` | `SendEmail` of SES, for functions that mail: [`ses`] |
//! | `GET /oauth2/authorize`, `/logout`; `POST /oauth2/token`, `/oauth2/revoke`; `GET /oauth2/userInfo` | sign-in with other providers, which a page plays |
//! | `GET /` | the inbox as a page |
//! | `GET /local/` | what else there is under `/local/` |
//! | `GET /local/settings` (or `PATCH`) | what it runs with, as a file of settings has it; a patch changes it |
//! | `GET /local/config`, `/local/users`, `/local/inbox?to=` | pools and clients, seeded users with their passwords, mails and text messages |
//! | `POST /local/reset` (or `DELETE`) | back to the start, settings and clock included |
//! | `POST /local/clock` | `{"advanceSeconds": 200}` moves the pool's clock |
//!
//! # What it does not protect against
//!
//! It holds test users and listens on the loopback address. Its API answers any web page, as the service's does; `/`, `/local/` and SES
//! answer only requests with a loopback `Host`, and none that carry the `Origin` of a page from elsewhere. How long an answer
//! takes may tell whether a user exists.

mod clock;
mod config;
mod config_file;
mod configuration;
mod contact;
mod cx;
mod error;
mod functions;
mod html_text;
mod http;
mod inbox;
mod keys;
mod log;
mod oauth;

mod operations;
mod passkeys;
mod pool;
mod random;
pub mod seed;
pub mod ses;
mod shared;
mod state;
mod state_file;
mod timestamp;
mod tokens;
mod validation;

pub use config::{
    Alias, AppClient, CodeDigits, DEFAULT_ADDRESS, DeviceConfiguration, FactorConfiguration, FirstFactor, Identity,
    IdentityProvider, InvokeUrl, InvokeUrlError, MfaConfiguration, OauthClient, OauthScope, PasswordPolicy, RequestLimits,
    SecondFactor, Settings, SignInNames, TriggerSource, UserPool, UserVerification, UsernameKind, VerifiedAttribute,
    WebAuthnConfiguration,
};
pub use config_file::{ConfigError, Format};
pub use http::{app, serve};
pub use pool::{Builder, Pool};
pub use state_file::{StateError, StateProblem};
pub use triggers::CodeLength;
