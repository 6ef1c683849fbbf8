//! `signed-in`

use yew::{Html, html};

use crate::{
    i18n::Message,
    ui::{
        Input,
        parts::{Button, ButtonKind, Draw},
    },
};

pub(super) fn draw(draw: &Draw<'_>, sign_in_name: &str) -> Html {
    let sign_out = draw.link.callback(|_| Input::SignOutRequested { global: false, resolve: None });
    html! {
        <>
            { draw.heading(&draw.text(Message::SignedInHeading)) }
            { draw.paragraph(sign_in_name) }
            { Button::new(ButtonKind::Secondary, &draw.text(Message::SignOut), sign_out).draw(draw) }
        </>
    }
}
