//! Inputs with their visible labels. What is typed lives in the browser's input alone until it is submitted.

use cognito_protocol::flow::{Factor, Person, Screen, UsernameKind};
use yew::{Callback, Html, InputEvent, html};

use super::checklist::checklist;
use crate::{
    i18n::Key,
    ui::{
        draw::Draw,
        input::Input,
        layout::{Field, FieldKind},
    },
};

/// An input to draw.
pub(super) struct InputDrawing<'a> {
    pub name: &'a str,
    pub label: &'a str,
    pub type_: &'static str,
    pub inputmode: Option<&'static str>,
    pub autocomplete: &'static str,
    pub autocapitalize: &'static str,
    pub class: &'static str,
    /// What the input shows boxes for while it holds nothing else, see `style/screens.css`. Nothing is refused by it.
    pub pattern: Option<&'static str>,
    /// Stands beside the label, and comes after the input: Tab leads from one field to the next.
    pub aside: Html,
    /// Stands below, with the id of what describes the input there.
    pub below: Option<(String, Html)>,
    /// Out of sight and out of the way, for password managers alone.
    pub is_spare: bool,
    pub is_wrong: bool,
    pub oninput: Callback<InputEvent>,
}

impl InputDrawing<'_> {
    pub fn draw(self, draw: &Draw<'_>) -> Html {
        let id = draw.id(self.name);
        let (below_id, below) = self.below.unzip();
        let described: Vec<String> = self.is_wrong.then(|| draw.id("notice")).into_iter().chain(below_id).collect();
        let described_by = (!described.is_empty()).then(|| described.join(" "));
        html! {
            <div class={if self.is_spare { "field unseen" } else { "field" }} part="field" aria-hidden={self.is_spare.then_some("true")}>
                <label class="label" for={id.clone()} part="label">{ self.label }</label>
                if self.type_ == "tel" {
                    { country(draw) }
                }
                <input {id} class={self.class} part="input" name={self.name.to_owned()} type={self.type_} inputmode={self.inputmode}
                    pattern={self.pattern} placeholder={self.pattern.map(|_| " ")} autocomplete={self.autocomplete} required={!self.is_spare} tabindex={self.is_spare.then_some("-1")}
                    autocapitalize={self.autocapitalize} autocorrect="off" spellcheck="false" oninput={self.oninput}
                    aria-invalid={self.is_wrong.then_some("true")} aria-describedby={described_by} />
                { self.aside }
                { for below }
            </div>
        }
    }
}

/// The country of a phone number. The script fills it with the calling codes, and hides it where they do not come; without a script it is
/// hidden. Numbers begin with `+` then.
/// The number keeps `autocomplete="tel"`, the whole of it: what begins with `+` counts, whatever the country says.
fn country(draw: &Draw<'_>) -> Html {
    let label = draw.text(Key::CommonCountry).to_owned();
    html! { <select class="country" part="input country" aria-label={label} autocomplete="off" hidden={!draw.has_countries} /> }
}

/// An input of a layout, or several where there is something to choose.
pub(super) fn field(draw: &Draw<'_>, field: &Field) -> Html {
    if field.kind == FieldKind::Choice {
        return choices(draw, field);
    }
    let kind = draw.config.username_kind;
    let password_type = if draw.show_password { "text" } else { "password" };
    let (type_, inputmode, autocomplete) = match field.kind {
        FieldKind::SignInName => match kind {
            UsernameKind::Email => ("email", Some("email"), "username"),
            UsernameKind::Phone => ("tel", Some("tel"), "username"),
            UsernameKind::Username => ("text", None, "username"),
        },
        FieldKind::CurrentPassword | FieldKind::SparePassword => (password_type, None, "current-password"),
        FieldKind::NewPassword => (password_type, None, "new-password"),
        FieldKind::Code => ("text", Some("numeric"), "one-time-code"),
        FieldKind::Email => ("email", Some("email"), "email"),
        FieldKind::Answer | FieldKind::Choice => ("text", None, "off"),
    };
    let label = match field.kind {
        FieldKind::SignInName => draw.texts().variant(field.label.name(), kind),
        FieldKind::CurrentPassword
        | FieldKind::SparePassword
        | FieldKind::NewPassword
        | FieldKind::Code
        | FieldKind::Answer
        | FieldKind::Choice
        | FieldKind::Email => draw.text(field.label),
    };
    let aside = match field.kind {
        FieldKind::CurrentPassword | FieldKind::NewPassword => show_password(draw),
        FieldKind::SparePassword if draw.has_spare_password => show_password(draw),
        FieldKind::SparePassword
        | FieldKind::SignInName
        | FieldKind::Code
        | FieldKind::Answer
        | FieldKind::Choice
        | FieldKind::Email => Html::default(),
    };
    let kind_of_field = field.kind;
    let drawing = InputDrawing {
        name: field.name,
        label,
        type_,
        inputmode,
        autocomplete,
        autocapitalize: "none",
        class: if field.kind == FieldKind::Code { "code" } else { "" },
        pattern: (kind_of_field == FieldKind::Code && has_six_digits(draw)).then_some("[0-9]{0,6}"),
        aside,
        below: (kind_of_field == FieldKind::NewPassword).then(|| checklist(draw)),
        is_spare: kind_of_field == FieldKind::SparePassword && !draw.has_spare_password,
        is_wrong: draw.is_told(field.wrong),
        oninput: draw.input.reform(move |event: InputEvent| match kind_of_field {
            // What an input method is composing is its own.
            FieldKind::Code if !event.is_composing() => Input::CodeTyped,
            FieldKind::NewPassword => Input::NewPasswordTyped,
            FieldKind::SparePassword => Input::SparePasswordTyped,
            FieldKind::SignInName
            | FieldKind::CurrentPassword
            | FieldKind::Code
            | FieldKind::Answer
            | FieldKind::Choice
            | FieldKind::Email => Person::Touched.into(),
        }),
    };
    drawing.draw(draw)
}

/// Whether the code has six digits for certain: an authenticator app's, or one whose sender says so. Of others the length is the pool's matter.
fn has_six_digits(draw: &Draw<'_>) -> bool {
    [Screen::TotpCode, Screen::TotpSetup].contains(&draw.view.screen) || draw.value("codeLength") == Some("6")
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
        Factor::Passkey => Key::ChooseFactorPasskey,
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
