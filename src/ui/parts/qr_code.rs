//! A QR code as SVG elements of the page itself: the secret in it goes nowhere else.

use core::fmt::Write;

use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};
use yew::{Html, html};

/// The white border that ISO/IEC 18004 asks for, in modules.
const QUIET_ZONE: i32 = 4;

/// A module's side in CSS pixels. A whole number, so that all modules are equally large on the screen too.
const MODULE_PX: i32 = 4;

/// Up to a seventh of the code may be unreadable.
const LEVEL: QrCodeEcc = QrCodeEcc::Medium;

/// The QR code of `text` at error correction level M, dark on light in every theme; `None` when it is too long for one.
pub(in crate::ui) fn qr_code(text: &str, label: &str) -> Option<Html> {
    let code = encode(text)?;
    let modules = code.size() + 2 * QUIET_ZONE;
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

/// The smallest code that holds `text`, all of it in byte mode: a key URI has nothing that another mode would make much smaller.
fn encode(text: &str) -> Option<QrCode> {
    let bytes = QrSegment::make_bytes(text.as_bytes());
    QrCode::encode_segments_advanced(&[bytes], LEVEL, Version::MIN, Version::MAX, None, false).ok()
}

/// One path of horizontal bars, a bar for each run of dark modules.
fn outline(code: &QrCode) -> String {
    let mut path = String::new();
    for row in 0..code.size() {
        // Beyond the code, everything is light.
        let mut start = None;
        for column in 0..=code.size() {
            match (start, code.get_module(column, row)) {
                (None, true) => start = Some(column),
                (Some(dark), false) => {
                    let (x, y, length) = (dark + QUIET_ZONE, row + QUIET_ZONE, column - dark);
                    let _ = write!(path, "M{x} {y}h{length}v1h-{length}z");
                    start = None;
                }
                (None, false) | (Some(_), true) => {}
            }
        }
    }
    path
}

// Natively: what reads the code back is not built for browsers.
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    /// What a camera reads.
    fn read(code: &QrCode) -> String {
        let place = |number: usize| i32::try_from(number).unwrap();
        let size = usize::try_from(code.size()).unwrap();
        let grid = rqrr::SimpleGrid::from_func(size, |x, y| code.get_module(place(x), place(y)));
        rqrr::Grid::new(grid).decode().unwrap().1
    }

    #[test]
    fn it_is_read_as_what_was_written() {
        let uri = "otpauth://totp/Tidewater:ann%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSW&issuer=Tidewater";
        for text in [uri, "", "a", "潮"] {
            assert_eq!(read(&encode(text).unwrap()), text);
        }
    }

    #[test]
    fn it_is_the_smallest_that_holds_the_text() {
        // ISO/IEC 18004, table 7: bytes that a version holds at level M.
        for (version, bytes) in [(1, 14), (2, 26), (9, 180), (10, 213), (40, 2331)] {
            assert_eq!(encode(&"x".repeat(bytes)).unwrap().version(), Version::new(version));
        }
        assert_eq!(encode(&"x".repeat(15)).unwrap().version(), Version::new(2));
    }

    #[test]
    fn there_is_none_for_what_no_code_holds() {
        assert!(encode(&"x".repeat(2332)).is_none());
    }

    #[test]
    fn the_outline_has_a_bar_for_each_run_of_dark_modules() {
        // The first row of every code: a finder pattern of seven, then light, and one of seven at its end.
        let code = encode("a").unwrap();
        let outline = outline(&code);
        assert!(outline.starts_with("M4 4h7v1h-7z"), "{outline}");
        assert!(outline.contains("M18 4h7v1h-7z"), "{outline}");
    }
}
