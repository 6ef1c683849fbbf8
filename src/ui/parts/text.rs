//! Headings and paragraphs.

use yew::{Html, html};

use crate::ui::{
    draw::Draw,
    layout::{Heading, Text},
};

#[inline(never)]
pub(in crate::ui) fn paragraph(text: &str) -> Html {
    html! { <p part="text">{ text }</p> }
}

/// The heading of a section.
#[inline(never)]
pub(in crate::ui) fn subheading(text: &str) -> Html {
    html! { <h3 part="heading">{ text }</h3> }
}

/// A text of a layout; nothing where the view has nothing for it.
pub(super) fn text(draw: &Draw<'_>, text: &Text) -> Option<Html> {
    match text {
        Text::FirstFilled(keys) => draw.first_filled(keys).map(|text| paragraph(&text)),
        Text::Value(name) => draw.value(name).map(paragraph),
    }
}

/// A heading, which takes the focus where a screen has no field to begin with.
pub(super) fn heading(draw: &Draw<'_>, heading: &Heading) -> Html {
    let text = match heading {
        Heading::Text(key) => draw.text(*key),
        Heading::Parameter(name, otherwise) => draw.value(name).unwrap_or_else(|| draw.text(*otherwise)),
    };
    html! { <h2 tabindex="-1" part="heading">{ text }</h2> }
}
