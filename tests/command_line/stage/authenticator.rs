//! An authenticator app, by somebody else.

use totp_rs::Totp;

use super::NOW_SECS;

/// So many pixels to a module: scanners look for edges.
const SCALE: usize = 4;

pub struct Authenticator {
    pub uri: String,
    totp: Totp,
}

impl Authenticator {
    /// Points the app's camera at a dark terminal that shows these lines.
    pub fn scan(shown: &str) -> Self {
        let uri = read_qr_code(shown);
        Self { totp: Totp::from_url(&uri).unwrap(), uri }
    }

    /// The code that the app shows, so many steps of 30 seconds after now.
    pub fn code_after(&self, steps: u64) -> String {
        self.totp.generate(NOW_SECS + 30 * steps).to_string()
    }

    /// The setup key as it is typed.
    pub fn secret(&self) -> &str {
        self.uri.split(['?', '&']).find_map(|part| part.strip_prefix("secret=")).unwrap()
    }
}

/// The text in the QR code of half blocks: a drawn half shines, a blank one is dark.
fn read_qr_code(shown: &str) -> String {
    let plain = without_colours(shown);
    let is_picture = |line: &&str| line.chars().count() > 20 && line.chars().all(|block| " ▀▄█".contains(block));
    let rows: Vec<Vec<char>> = plain.lines().filter(is_picture).map(|line| line.chars().collect()).collect();
    let (width, height) = (rows[0].len(), rows.len() * 2);
    assert!(width >= height - 1, "the picture is cut off: {width} × {height}");
    let shines = |x: usize, y: usize| match rows[y / 2][x] {
        '█' => true,
        '▀' => y.is_multiple_of(2),
        '▄' => !y.is_multiple_of(2),
        _ => false,
    };
    let brightness = |x: usize, y: usize| if shines(x / SCALE, y / SCALE) { 255 } else { 0 };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width * SCALE, height * SCALE, brightness);
    let codes = image.detect_grids();
    assert_eq!(codes.len(), 1, "QR codes in\n{plain}");
    codes[0].decode().unwrap().1
}

fn without_colours(shown: &str) -> String {
    let mut parts = shown.split("\x1b[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str(part.split_once('m').unwrap().1);
    }
    plain
}
