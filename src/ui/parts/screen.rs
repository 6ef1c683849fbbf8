//! A whole screen, drawn of its layout.

use cognito_protocol::flow::field as names;
use yew::{Html, html};

use super::{
    attribute::attribute,
    button::{ButtonDrawing, action},
    field::field,
    notice::notice,
    text::{heading, text},
};
use crate::{
    config::Theme,
    i18n::{Key, Texts},
    ui::{
        draw::Draw,
        input::Input,
        layout::{FieldKind, Layout},
    },
};

/// The screen that the view is about.
pub(in crate::ui) fn screen(draw: &Draw<'_>, layout: &'static Layout) -> Html {
    let theme = match draw.config.theme {
        Theme::Auto => "auto",
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    let name = draw.view.screen.as_str();
    html! {
        <div class="cognito-login" data-theme={theme} lang={draw.texts().tag().to_owned()} dir={draw.texts().direction()}>
            <section key={name} ref={draw.root} class="card" part="card" data-screen={name}
                aria-busy={draw.view.busy.then_some("true")}>
                { for layout.heading.as_ref().map(|text| heading(draw, text)) }
                if draw.is_loading() {
                    <p class="loading" part="text">{ draw.text(Key::CommonLoading) }</p>
                } else {
                    { content(draw, layout) }
                }
                <slot {name} />
            </section>
        </div>
    }
}

fn content(draw: &Draw<'_>, layout: &'static Layout) -> Html {
    let buttons = layout.buttons.iter().filter(|button| draw.is(button.when));
    html! {
        <>
            { for layout.texts.iter().filter_map(|one| text(draw, one)) }
            { for layout.above.map(|above| above(draw)) }
            <div role="status">{ notice(draw, false) }</div>
            { notice(draw, true) }
            { for layout.submit.filter(|_| !draw.is_taken_over()).map(|submit| form(draw, layout, submit)) }
            { for buttons.map(|button| action(draw, button)) }
            { for layout.below.map(|below| below(draw)) }
        </>
    }
}

/// The form. The browser's own submission and validation stay out of it.
fn form(draw: &Draw<'_>, layout: &'static Layout, submit: Key) -> Html {
    let (busy, input) = (draw.view.busy, draw.input.clone());
    let onsubmit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if !busy {
            input.emit(Input::Submitted);
        }
    };
    html! {
        <form method="dialog" novalidate=true {onsubmit} part="form">
            { for account_name(draw, layout) }
            { for layout.fields.iter().map(|one| field(draw, one)) }
            if layout.asks_attributes {
                { for draw.asked_attributes().into_iter().map(|name| attribute(draw, name)) }
            }
            { ButtonDrawing::submit(draw.text(layout.submit_with_password.filter(|_| draw.has_spare_password).unwrap_or(submit))).draw(draw) }
        </form>
    }
}

/// The name by which a password manager knows the account that a code or a password is for, where nobody types it.
fn account_name(draw: &Draw<'_>, layout: &'static Layout) -> Option<Html> {
    let is_typed = layout.fields.iter().any(|field| field.kind == FieldKind::SignInName);
    let name = draw.value("name").filter(|_| !is_typed)?;
    Some(html! { <input name={names::USERNAME} autocomplete="username" value={name.to_owned()} readonly=true hidden=true /> })
}

/// For the page's author, where a person would find a form.
pub(in crate::ui) fn bad_configuration(error: &str) -> Html {
    let text = Texts::english().fill(Key::CommonBadConfiguration, &[("error", error)]);
    html! {
        <div class="cognito-login" data-theme="auto" lang="en" dir="ltr">
            <section class="card" part="card"><div class="notice error" role="alert" part="error">{ text }</div></section>
        </div>
    }
}
