//! Inputs with their visible labels. What is typed lives in the browser's input alone until it is submitted.

use cognito_protocol::flow::{Factor, Person, UsernameKind};
use yew::{Callback, Html, html};

use crate::{
    i18n::Key,
    ui::{
        draw::Draw,
        input::Input,
        layout::{Field, FieldKind},
    },
};

/// An input of a layout, or several where there is something to choose.
pub(super) fn field(draw: &Draw<'_>, field: &Field) -> Html {
    if field.kind == FieldKind::Choice {
        return choices(draw, field);
    }
    let kind = draw.config.username_kind;
    let (type_, inputmode, autocomplete) = match field.kind {
        FieldKind::SignInName => match kind {
            UsernameKind::Email => ("email", Some("email"), "username"),
            UsernameKind::Phone => ("tel", Some("tel"), "username"),
            UsernameKind::Username => ("text", None, "username"),
        },
        FieldKind::CurrentPassword if draw.show_password => ("text", None, "current-password"),
        FieldKind::CurrentPassword => ("password", None, "current-password"),
        FieldKind::Code => ("text", Some("numeric"), "one-time-code"),
        FieldKind::Email => ("email", Some("email"), "email"),
        FieldKind::Answer | FieldKind::Choice => ("text", None, "off"),
    };
    let label = match field.kind {
        FieldKind::SignInName => draw.texts().variant(field.label.name(), kind),
        FieldKind::CurrentPassword | FieldKind::Code | FieldKind::Answer | FieldKind::Choice | FieldKind::Email => {
            draw.text(field.label)
        }
    };
    // The aside stands beside the label, and comes after the input: Tab leads from one field to the next.
    let aside = match field.kind {
        FieldKind::CurrentPassword => show_password(draw),
        FieldKind::SignInName | FieldKind::Code | FieldKind::Answer | FieldKind::Choice | FieldKind::Email => Html::default(),
    };
    let id = draw.id(field.name);
    let is_wrong = draw.is_told(field.wrong);
    let class = if field.kind == FieldKind::Code { "code" } else { "" };
    let oninput = draw.input.reform(|_| Person::Touched.into());
    html! {
        <div class="field" part="field">
            <label class="label" for={id.clone()} part="label">{ label }</label>
            <input {id} {class} part="input" name={field.name} type={type_} {inputmode} {autocomplete} required=true
                autocapitalize="none" autocorrect="off" spellcheck="false" {oninput}
                aria-invalid={is_wrong.then_some("true")} aria-describedby={is_wrong.then(|| draw.id("notice"))} />
            { aside }
        </div>
    }
}

/// Radio buttons. The first is chosen when the screen comes, which is not markup's to say: it would undo what the person chooses.
fn choices(draw: &Draw<'_>, field: &Field) -> Html {
    let choices = draw.challenge().map_or(&[][..], |challenge| &challenge.choices);
    html! {
        <div class="choices" part="field" role="radiogroup" aria-label={draw.text(field.label).to_owned()}>
            { for choices.iter().map(|choice| radio(draw, field.name, &choice.name, choice.factor, None)) }
        </div>
    }
}

/// A second factor as a radio button; with whether it is chosen and who hears of a change, where the state says so and not the form.
pub(in crate::ui) fn radio(
    draw: &Draw<'_>,
    name: &'static str,
    value: &str,
    factor: Factor,
    chosen: Option<(bool, Callback<yew::Event>)>,
) -> Html {
    let text = draw.text(match factor {
        Factor::App => Key::ChooseMfaApp,
        Factor::Sms => Key::ChooseMfaSms,
        Factor::Email => Key::ChooseMfaEmail,
    });
    let value = value.to_owned();
    let input = match chosen {
        None => html! { <input type="radio" {name} {value} /> },
        Some((checked, onchange)) => html! { <input type="radio" {name} {value} {checked} {onchange} /> },
    };
    html! { <label class="choice" part="choice">{ input }{ text }</label> }
}

/// A toggle whose name stays, so that a screen reader says "Show password, pressed".
fn show_password(draw: &Draw<'_>) -> Html {
    let onclick = draw.input.reform(|_| Input::PasswordToggled);
    let pressed = if draw.show_password { "true" } else { "false" };
    html! {
        <button type="button" class="quiet" part="button button-link" aria-pressed={pressed} {onclick}>
            { draw.text(Key::SignInShowPassword) }
        </button>
    }
}
