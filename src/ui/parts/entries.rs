//! Lists in the account: what the person has several of, each with a name, what is known of it, and a button to part with it.

use cognito_protocol::flow::{Action, Person};
use yew::{Html, html};

use super::button::ButtonDrawing;
use crate::{
    i18n::Key,
    shell::clock,
    ui::{draw::Draw, layout::Look},
};

/// A row.
pub(super) struct Entry<'a> {
    /// The number by which the machine knows it.
    pub id: u32,
    /// Text of others: in any script and direction.
    pub name: &'a str,
    /// What it is, beside its date.
    pub mark: Option<Key>,
    /// The text with the date, and that in milliseconds since the Unix epoch.
    pub since: (Key, Option<i64>),
    pub action: Action,
    /// The button's text, and its accessible name, which tells one row from another.
    pub button: (Key, Key),
}

/// The list of that name.
pub(super) fn entries<'a>(draw: &Draw<'_>, name: Key, rows: impl Iterator<Item = Entry<'a>>) -> Html {
    html! {
        <ul class="entries" part="list" aria-label={draw.text(name).to_owned()}>{ for rows.map(|row| entry(draw, row)) }</ul>
    }
}

#[inline(never)]
fn entry(draw: &Draw<'_>, Entry { id, name, mark, since, action, button }: Entry<'_>) -> Html {
    let texts = draw.texts();
    let date = since.1.map(|millis| clock::date(millis, texts.tag()));
    let since = date.and_then(|date| texts.fill(since.0, &[("date", &date)]));
    let onclick = draw.input.reform(move |_| Person::Pressed(action).into());
    let label = texts.fill(button.1, &[("name", name)]);
    html! {
        <li key={id} class="detail" part="list-item">
            <span class="label" part="label"><bdi>{ name }</bdi></span>
            { ButtonDrawing::new(Look::Quiet, draw.text(button.0), onclick).labelled(label).draw(draw) }
            <span class="state" part="text">{ since }</span>
            <span class="state" part="text">{ for mark.map(|mark| draw.text(mark)) }</span>
        </li>
    }
}
