//! The screens: a projection of the machine's state. Nothing here sends a request or decides what comes next.

mod countdown;
mod device_name;
mod draw;
mod event;
mod fields;
pub(crate) mod first_form;
mod handle;
mod input;
mod layout;
mod parts;
mod props;
mod screens;
mod style_sheet;
mod widget;

pub use event::{WidgetError, WidgetEvent};
pub(crate) use handle::Answered;
pub use handle::LoginHandle;
pub(crate) use input::Input;
pub use props::{CognitoLoginProps, Configuration, Configured};
pub use style_sheet::{STYLE_SHEET, adopt_style_sheet};
pub use widget::CognitoLogin;
