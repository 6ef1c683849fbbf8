//! What the person is told.

use yew::{Html, html};

use crate::ui::draw::Draw;

/// The notice, a new element each time, so that screen readers say it again. An error is announced wherever it comes from; for other
/// news screen readers watch a place that was there before.
pub(super) fn notice(draw: &Draw<'_>, is_error: bool) -> Html {
    let shown = draw.view.notice.as_ref().filter(|shown| shown.notice.kind.is_error() == is_error);
    let Some(shown) = shown else { return Html::default() };
    let text = draw.texts().notice(&shown.notice, draw.config.username_kind);
    let (class, part) = if is_error { ("notice error", "error") } else { ("notice", "status") };
    html! { <div key={shown.id} id={draw.id("notice")} {class} role={is_error.then_some("alert")} {part}>{ text }</div> }
}
