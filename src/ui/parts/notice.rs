//! What the person is told.

use yew::{Html, html};

use crate::ui::draw::Draw;

/// The notice. It is a new element each time, so that screen readers say it again.
pub(super) fn notice(draw: &Draw<'_>) -> Html {
    let Some(shown) = &draw.view.notice else { return Html::default() };
    let text = draw.texts().notice(&shown.notice, draw.config.username_kind);
    let (class, role, part) =
        if shown.notice.kind.is_error() { ("notice error", "alert", "error") } else { ("notice", "status", "status") };
    html! { <div key={shown.id} id={draw.id("notice")} {class} {role} {part}>{ text }</div> }
}
