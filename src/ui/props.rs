//! The properties of the Yew component.

use cognito_protocol::flow::Purpose;
use wasm_bindgen::JsValue;
use yew::{Callback, Properties, html::IntoPropValue};

use super::{event::WidgetEvent, handle::LoginHandle};
use crate::config::{ConfigError, LoginConfig};

/// A configuration, or what is wrong with it; a widget shows either.
pub type Configuration = Result<LoginConfig, ConfigError>;

/// The properties of [`CognitoLogin`](super::CognitoLogin).
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct CognitoLoginProps {
    /// The pool and how to sign in to it.
    pub config: Configured,
    /// Sign-in, or the account's settings.
    #[prop_or(Purpose::SignIn)]
    pub purpose: Purpose,
    /// Called with the real username and the ID token's claims when somebody is signed in.
    #[prop_or_default]
    pub on_signed_in: Callback<(String, JsValue)>,
    /// Called with every event; the answer matters for [`WidgetEvent::Challenge`] alone.
    #[prop_or_default]
    pub on_event: Option<Callback<WidgetEvent, bool>>,
    /// Asks something of this component: tokens, sign-out, a screen. It stays the same one.
    #[prop_or_default]
    pub handle: LoginHandle,
    /// Called before the first drawing, with the name of its screen if it is one, and after it, without; so with the drawing that empties
    /// a parked widget.
    #[prop_or_default]
    pub(crate) on_first_drawing: Callback<Option<&'static str>>,
    /// The page's script offers the countries beside a phone number.
    #[prop_or_default]
    pub(crate) has_countries: bool,
    /// The widget has left its page, and knows and shows nothing. It begins anew for another.
    #[prop_or_default]
    pub(crate) is_parked: bool,
}

/// A [`Configuration`] as a property: a [`LoginConfig`] converts by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Configured(pub Configuration);

impl IntoPropValue<Configured> for LoginConfig {
    fn into_prop_value(self) -> Configured {
        Configured(Ok(self))
    }
}

impl IntoPropValue<Configured> for Configuration {
    fn into_prop_value(self) -> Configured {
        Configured(self)
    }
}
