//! `totp-setup`, and an authenticator app that scans what it shows

use totp_rs::Totp;

use super::{Kind, Widget};
use crate::stage::until;

pub(crate) struct TotpSetupPage<'a> {
    pub widget: Widget<'a>,
}

impl<'a> TotpSetupPage<'a> {
    /// Waits for the QR code.
    pub async fn shown(widget: Widget<'a>) -> Self {
        widget.find(Kind::Heading, "Set up your authenticator app").await;
        widget.find(Kind::Image, "QR code").await;
        Self { widget }
    }

    /// Points an authenticator app's camera at the QR code.
    pub async fn scan(&self) -> Authenticator {
        let image = self.widget.find(Kind::Image, "QR code").await;
        // A picture shows what was painted last, which on a slow machine is what was there before.
        let scan = async || read_qr_code(&self.widget.stage.browser.picture_of(&image).await);
        let uri = until("a picture with one QR code", scan).await;
        self.widget.stage.is_secret(&uri);
        Authenticator::of(&uri)
    }

    /// The setup key as it is written on the screen.
    pub async fn setup_key(&self) -> String {
        let script = "for (const node of seen.nodes(element)) if (node.localName === 'code') return node.textContent.trim();";
        self.widget.script(script).await.as_str().unwrap().to_owned()
    }

    /// Types a code and presses the button.
    pub async fn enter(&self, code: &str) {
        self.widget.fill("Verification code", code).await;
        self.widget.press("Verify and turn on").await;
    }
}

/// An authenticator app, by somebody else.
pub(crate) struct Authenticator {
    pub uri: String,
    totp: Totp,
}

impl Authenticator {
    /// Takes a key URI as an app does.
    pub fn of(uri: &str) -> Self {
        Self { uri: uri.to_owned(), totp: Totp::from_url(uri).unwrap() }
    }

    pub fn issuer(&self) -> Option<&str> {
        self.totp.issuer()
    }

    pub fn account(&self) -> &str {
        self.totp.account_name()
    }

    /// The code that it shows at a time.
    pub fn code_at(&self, unix_secs: u64) -> String {
        self.totp.generate(unix_secs).to_string()
    }
}

/// The text in a picture, if it is of one QR code.
fn read_qr_code(png: &[u8]) -> Option<String> {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut pixels).unwrap();
    let (width, height) = (usize::try_from(frame.width).unwrap(), usize::try_from(frame.height).unwrap());
    let samples = frame.color_type.samples();
    let brightness = |x: usize, y: usize| {
        let at = y * frame.line_size + x * samples;
        // Green alone will do for black and white.
        pixels[at + samples.min(2) - 1]
    };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, brightness);
    let codes = image.detect_grids();
    let [code] = &codes[..] else { return None };
    Some(code.decode().unwrap().1)
}
