//! The person: at a terminal, or a script in the person's place.

use std::{
    io::{BufRead, Error, ErrorKind, IsTerminal, Read, Result, Write, stderr, stdin},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use cognito_protocol::Secret;
use qrcodegen::{QrCode, QrCodeEcc};
#[cfg(unix)]
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use signal_hook::{consts::SIGINT, flag};

/// The longest line that is read from a script, in bytes. Passwords have at most 256 characters.
const MAX_LINE: u64 = 4096;

/// White on black, whatever the theme: 256-colour codes that no theme changes.
const WHITE_ON_BLACK: &str = "\x1b[38;5;231;48;5;16m";
const RESET: &str = "\x1b[0m";

/// Asks for what nobody may see.
#[derive(Debug)]
pub struct Terminal {
    /// Whether Ctrl-C may end the process at once.
    interruptible: Arc<AtomicBool>,
}

impl Terminal {
    /// At a prompt the terminal does not echo. A process that dies there leaves it so: from here on, Ctrl-C at a prompt ends the
    /// prompt alone.
    pub fn new() -> Result<Self> {
        let interruptible = Arc::new(AtomicBool::new(true));
        flag::register_conditional_shutdown(SIGINT, 130, Arc::clone(&interruptible))?;
        Ok(Self { interruptible })
    }

    /// Asks without an echo; a script, whose input is no terminal, is not prompted.
    ///
    /// # Errors
    /// [`ErrorKind::UnexpectedEof`] when there is no more input, [`ErrorKind::Interrupted`] for Ctrl-C.
    pub fn ask(&self, prompt: &str) -> Result<Secret> {
        if !stdin().is_terminal() {
            return read_line();
        }
        self.interruptible.store(false, Ordering::SeqCst);
        #[cfg(unix)]
        let silence = Silence::begin()?;
        let answer = rpassword::prompt_password(prompt);
        #[cfg(unix)]
        drop(silence);
        self.interruptible.store(true, Ordering::SeqCst);
        if answer.as_ref().is_err_and(|error| error.kind() == ErrorKind::UnexpectedEof) {
            // Enter ends the prompt's line, and so does Ctrl-C; Ctrl-D does not.
            say("");
        }
        answer.map(Secret::from)
    }
}

/// No echo from before the prompt on, and keys as they are pressed. `rpassword` prompts first: whoever is quick, as programs are that
/// wait for the prompt, would see the password on the screen.
#[cfg(unix)]
struct Silence(Termios);

#[cfg(unix)]
impl Silence {
    fn begin() -> Result<Self> {
        let before = tcgetattr(stdin())?;
        let mut silent = before.clone();
        silent.local_modes.remove(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG);
        tcsetattr(stdin(), OptionalActions::Now, &silent)?;
        Ok(Self(before))
    }
}

#[cfg(unix)]
impl Drop for Silence {
    fn drop(&mut self) {
        // A terminal that is gone needs no echo.
        let _ = tcsetattr(stdin(), OptionalActions::Now, &self.0);
    }
}

fn read_line() -> Result<Secret> {
    // As long as it can get, so that it never moves and leaves a copy behind. What the standard library buffers is not wiped.
    let mut line = String::with_capacity(MAX_LINE as usize);
    let length = stdin().lock().take(MAX_LINE).read_line(&mut line);
    let line = Secret::from(line);
    match line.expose().strip_suffix('\n') {
        Some(text) => Ok(text.strip_suffix('\r').unwrap_or(text).into()),
        None if length? == 0 => Err(ErrorKind::UnexpectedEof.into()),
        None if line.expose().len() as u64 == MAX_LINE => Err(Error::new(ErrorKind::InvalidData, "the line is too long")),
        // The last line of a file may lack its end.
        None => Ok(line),
    }
}

/// One line beside the result. That nobody listens is no reason to stop.
pub fn say(line: &str) {
    let _ = writeln!(stderr(), "{}", printable(line));
}

/// What the service sends must not move the cursor or rename the window.
pub fn printable(line: &str) -> String {
    line.chars().filter(|character| !character.is_control()).collect()
}

/// The light border that ISO/IEC 18004 asks for, in modules.
const QUIET_ZONE: i32 = 4;

/// Draws `text` as a QR code, light on dark terminals as scanners want it, two modules a character, with its quiet zone.
pub fn draw_qr_code(text: &str) {
    // No ink smears on a screen: the lowest level of correction gives the smallest picture. What is too long for one has its
    // setup key below.
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Low) else { return };
    // Outside of the code all is light.
    let light = |x, y| !code.get_module(x, y);
    let places = -QUIET_ZONE..code.size() + QUIET_ZONE;
    let (before, after) = if stderr().is_terminal() { (WHITE_ON_BLACK, RESET) } else { ("", "") };
    for y in places.clone().step_by(2) {
        let character = |x| match (light(x, y), light(x, y + 1)) {
            (true, true) => '█',
            (true, false) => '▀',
            (false, true) => '▄',
            (false, false) => ' ',
        };
        let line: String = places.clone().map(character).collect();
        let _ = writeln!(stderr(), "{before}{line}{after}");
    }
}
