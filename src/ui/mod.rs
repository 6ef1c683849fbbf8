//! The screens: a projection of the machine's state. Nothing here sends a request or decides what comes next.

mod event;
mod parts;
mod screens;
mod widget;

pub use event::WidgetEvent;
pub(crate) use widget::Input;
pub use widget::{CognitoLogin, CognitoLoginProps, Configuration, Configured};

/// The style sheet of all screens.
pub(crate) const STYLES: &str = concat!(include_str!("../../style/tokens.css"), include_str!("../../style/widget.css"));
