//! A login widget for Amazon Cognito user pools that any web page can embed.
//!
//! Three doors lead in:
//!
//! 1. **A page** takes the custom elements `<cognito-login>` and `<cognito-account>` from the npm package; no Rust is seen.
//!    The elements are a small JavaScript class over [`element`].
//! 2. **A Yew application** takes the component [`CognitoLogin`] with a [`LoginConfig`], and its looks by [`adopt_style_sheet`].
//! 3. **Any Rust program** takes the crate `cognito-protocol`, which this one draws screens for.
//!
//! What it does not do: it has no server part, it never sends a request to any host but the pool's, and it never hands out a
//! password, a code or a refresh token.

pub mod config;
pub mod element;
mod i18n;
pub mod reference;
mod shell;
mod ui;

pub use cognito_protocol::{Secret, flow::PageTokens};
pub use config::{LoginConfig, Purpose};
pub use i18n::{Key, LANGUAGES, Texts};
pub use ui::{
    CognitoLogin, CognitoLoginProps, Configuration, Configured, LoginHandle, STYLE_SHEET, WidgetError, WidgetEvent,
    adopt_style_sheet,
};

/// Compiles and runs the examples of the project's README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct ReadmeExamples;
