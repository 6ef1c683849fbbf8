//! The codes of the event `cognito-login-error` and of rejected promises.

use cognito_protocol::{fault::Fault, flow::NoticeKind};

/// A code, which stays what it is.
#[derive(Clone, Copy, Debug)]
pub struct ErrorCode {
    /// The code.
    pub code: &'static str,
    /// What has happened.
    pub about: &'static str,
    /// Whether the same thing may well succeed later, without anybody changing anything but what was typed.
    pub is_retryable: bool,
}

const fn retry(code: &'static str, about: &'static str) -> ErrorCode {
    ErrorCode { code, about, is_retryable: true }
}

const fn give_up(code: &'static str, about: &'static str) -> ErrorCode {
    ErrorCode { code, about, is_retryable: false }
}

/// Those of the elements themselves, which the machine behind them does not know.
const OF_ELEMENTS: &[ErrorCode] = &[
    retry("load_failed", "The WebAssembly could not be loaded; `message` says why."),
    retry("language_failed", "The texts of a language could not be loaded, and English is shown; `message` says why."),
    give_up(
        "storage_unavailable",
        "The browser refuses its store, or takes no more: the session is in the memory of the page, and ends with it. Told once an element.",
    ),
    give_up(
        "storage_adapter_failed",
        "`storageAdapter` threw, rejected, did not answer within 5 seconds or answered with something else than text or null; `message` \
         says which. The session is in the memory of the page, and ends with it. Told once an element.",
    ),
    give_up("screen_unknown", "`show()` was asked for a screen that there is not. It is rejected; there is no event."),
    retry(
        "restarted",
        "The attributes were changed to another pool, or another way to sign in, before the promise could be kept. It is rejected; \
         there is no event.",
    ),
    retry(
        "not_on_page",
        "The element was taken off the page before the promise could be kept. It is rejected; there is no event.",
    ),
];

/// All codes: those of the machine's notices that are errors, those of the elements, and those of the faults of a configuration.
#[must_use]
pub fn errors() -> Vec<ErrorCode> {
    let of_notices = NoticeKind::ALL.iter().filter(|kind| kind.is_error());
    let of_notices =
        of_notices.map(|kind| ErrorCode { code: kind.code(), about: kind.about(), is_retryable: kind.is_retryable() });
    let mut errors: Vec<ErrorCode> = of_notices.chain(OF_ELEMENTS.iter().copied()).collect();
    for fault in Fault::ALL.iter().filter(|fault| fault.is_told_by_element()) {
        // Some have notices of their own.
        if errors.iter().all(|known| known.code != fault.code()) {
            errors.push(ErrorCode { code: fault.code(), about: fault.problem(), is_retryable: fault.is_retryable() });
        }
    }
    errors
}
