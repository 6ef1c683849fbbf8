//! A QR code as SVG elements of the page itself: the secret in it goes nowhere else.

use core::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};
use yew::{Html, html};

/// The white border that ISO/IEC 18004 asks for, in modules.
const QUIET_ZONE: usize = 4;

/// A module's side in CSS pixels. A whole number, so that all modules are equally large on the screen too.
const MODULE_PX: usize = 4;

/// The QR code of `text` at error correction level M, dark on light in every theme; `None` when it is too long for one.
pub(in crate::ui) fn qr_code(text: &str, label: &str) -> Option<Html> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let modules = code.width() + 2 * QUIET_ZONE;
    let (size, pixels) = (modules.to_string(), (modules * MODULE_PX).to_string());
    let view_box = ["0 0 ", &size, " ", &size].concat();
    Some(html! {
        <svg class="qr" part="qr" role="img" aria-label={label.to_owned()} viewBox={view_box} shape-rendering="crispEdges"
            width={pixels.clone()} height={pixels}>
            <rect width={size.clone()} height={size} fill="#fff" />
            <path fill="#000" d={outline(&code)} />
        </svg>
    })
}

/// One path of horizontal bars, a bar for each run of dark modules.
fn outline(code: &QrCode) -> String {
    let mut path = String::new();
    for (row, modules) in code.to_colors().chunks(code.width()).enumerate() {
        let mut start = 0;
        for run in modules.chunk_by(|left, right| left == right) {
            if run.first() == Some(&Color::Dark) {
                let (x, y, length) = (start + QUIET_ZONE, row + QUIET_ZONE, run.len());
                let _ = write!(path, "M{x} {y}h{length}v1h-{length}z");
            }
            start += run.len();
        }
    }
    path
}
