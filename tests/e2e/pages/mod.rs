//! The screens as people find their way on them: by headings, labels, the names of buttons, and what alerts say.

mod account;
mod code;
mod login;
mod signed_in;
mod totp_setup;
mod widget;

pub(crate) use account::AccountPage;
pub(crate) use code::{CodePage, EMAIL_CODE, SMS_CODE, TOTP_CODE, other_than};
pub(crate) use login::LoginPage;
pub(crate) use signed_in::SignedInPage;
pub(crate) use totp_setup::{Authenticator, TotpSetupPage};
pub(crate) use widget::{Kind, Widget};
