//! The screens, and what pages can style and fill.

use cognito_protocol::flow::Screen;

use super::Named;

const fn named(name: &'static str, about: &'static str) -> Named {
    Named { name, about }
}

/// The screens, in the order of the documentation. What is shown before anything is known is none that a page could ask for.
#[must_use]
pub fn screens() -> Vec<Named> {
    let asked_for = Screen::ALL.iter().filter(|screen| **screen != Screen::Loading);
    asked_for.map(|screen| named(screen.as_str(), screen.about())).collect()
}

/// The slots beside those of the screens, which have the screens' names and stand at their ends.
pub const SLOTS: &[Named] = &[
    named("header", "Above the widget."),
    named("footer", "Below the widget."),
    named("loading", "Shown until the widget is there."),
];

/// The custom properties that the style sheet reads, without `--cognito-login-`.
pub const CSS_PROPERTIES: &[Named] = &[
    named("surface", "Background of a screen."),
    named("text", "Text."),
    named("muted", "Text of less weight."),
    named("border", "Edges of inputs."),
    named("line", "Edges of screens."),
    named("primary", "Main button and links."),
    named("primary-hover", "The same under the pointer."),
    named("on-primary", "Text on the main button."),
    named("error", "Text of errors, and the button that deletes an account."),
    named("error-surface", "Background of errors."),
    named("status", "Text of other news."),
    named("status-surface", "Background of other news."),
    named("radius", "Roundness; default 0.625rem."),
    named("font", "Font family."),
    named("width", "Greatest width; default 25rem."),
    named("space", "Between the things on a screen, and around them; default 1.125rem."),
];

/// The parts, for `::part()`.
pub const PARTS: &[Named] = &[
    named("container", "What the widget is drawn into."),
    named("card", "One screen."),
    named("heading", "Its headings."),
    named("form", "The form of a screen."),
    named("field", "A label with its input."),
    named("label", "The label of an input."),
    named("input", "An input."),
    named("country", "The country of a phone number, before its input; an input, too."),
    named("choice", "One of several things to choose, a radio button with its label."),
    named("text", "A paragraph."),
    named("error", "A message about something that went wrong."),
    named("status", "Other news."),
    named("button", "Every button."),
    named("button-primary", "The button that goes on."),
    named("button-link", "A button that looks like a link."),
    named("checklist", "The rules for a new password."),
    named("list", "A list in the account, of passkeys."),
    named("list-item", "One of its items."),
    named("qr", "The QR code of the authenticator app."),
    named("secret", "The setup key as text."),
];
