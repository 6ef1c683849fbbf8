//! How the component looks, for applications. The elements have their style sheets from their own script.

use web_sys::CssStyleSheet;

/// The component's style sheet, for an application that brings it onto its page itself.
pub const STYLE_SHEET: &str = concat!(
    include_str!("../../style/tokens.css"),
    include_str!("../../style/form.css"),
    include_str!("../../style/notices.css"),
    include_str!("../../style/screens.css"),
);

/// Has the page look at [`STYLE_SHEET`]: once, before the component is drawn. Nothing is written into the markup, so a strict
/// Content-Security-Policy has nothing to forbid. A browser without constructable style sheets shows the component plain.
pub fn adopt_style_sheet() {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let Ok(sheet) = CssStyleSheet::new() else { return };
    if sheet.replace_sync(STYLE_SHEET).is_ok() {
        let adopted = document.adopted_style_sheets();
        adopted.push(&sheet);
        document.set_adopted_style_sheets(&adopted);
    }
}
