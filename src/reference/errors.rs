//! The codes of the event `cognito-login-error` and of rejected promises.

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

/// All codes.
pub const ERRORS: &[ErrorCode] = &[
    retry("wrong_credentials", "Wrong password or unknown user: the two are never told apart."),
    retry("name_missing", "The sign-in name is empty."),
    retry("password_missing", "The password is empty."),
    retry("code_missing", "The code is empty."),
    retry("answer_missing", "The answer to the pool's own challenge is empty."),
    retry("wrong_code", "The code is wrong."),
    retry("code_expired", "The code is too old."),
    retry("code_used", "The authenticator code was used already."),
    retry("clock_off", "The authenticator app's clock is wrong."),
    retry("session_over", "The challenge took longer than the app client allows."),
    retry("sign_in_ended", "The pool ended the sign-in, after too many wrong answers."),
    retry("session_ended", "The tokens cannot be refreshed any more."),
    retry("throttled", "Too many attempts or requests."),
    retry("network", "No reply from the service."),
    give_up("user_disabled", "The user is disabled, or its temporary password has expired."),
    give_up("not_confirmed", "The sign-up is not confirmed."),
    give_up("password_reset_required", "The password must be reset."),
    give_up("unsupported_challenge", "The pool asks for a step that has no screen here; `message` names it."),
    give_up("authenticator_unavailable", "The pool has no authenticator apps."),
    give_up("authenticator_required", "The pool requires a second factor, so the authenticator app stays on."),
    give_up("configuration", "The attributes or the app client are set up wrongly; `message` says what is wrong."),
    retry("service", "A Lambda trigger refused with a text of its own, which is in `message`."),
    retry("bad_reply", "A reply that is not what the protocol says."),
    retry("not_signed_in", "Nobody is signed in."),
    retry("signed_out_here_only", "The session ended here; those of the user's other devices could not be ended."),
    retry("unexpected", "Anything else."),
    retry("screen_unavailable", "`show()` was asked for a screen that cannot be shown now. It is rejected; there is no event."),
    retry("load_failed", "The WebAssembly could not be loaded; `message` says why."),
    retry("language_failed", "The texts of a language could not be loaded, and English is shown; `message` says why."),
];
