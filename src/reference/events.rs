//! The events.

/// An event of both elements. All of them bubble and cross shadow boundaries. No detail holds a token, code or password.
#[derive(Clone, Copy, Debug)]
pub struct Event {
    /// What stands behind `cognito-login-`.
    pub name: &'static str,
    /// Its type in TypeScript.
    pub type_: &'static str,
    /// The members of its detail: name, with `?` where it may be missing, and type in TypeScript.
    pub detail: &'static [(&'static str, &'static str)],
    /// When it comes.
    pub about: &'static str,
}

/// All events.
pub const EVENTS: &[Event] = &[
    Event { name: "ready", type_: "CognitoLoginReady", detail: &[], about: "The widget is on the page and can be used." },
    Event {
        name: "screen",
        type_: "CognitoLoginScreenChange",
        detail: &[("screen", "CognitoLoginScreen")],
        about: "Another screen is shown.",
    },
    Event {
        name: "signed-in",
        type_: "CognitoLoginSignedIn",
        detail: &[("username", "string"), ("claims", "Record<string, unknown>")],
        about: "A person has signed in. The claims are those of the ID token; tokens come from `getTokens()` only.",
    },
    Event {
        name: "signed-out",
        type_: "CognitoLoginSignedOut",
        detail: &[("reason", "\"requested\" | \"expired\" | \"elsewhere\" | \"deleted\"")],
        about: "The session has ended: it was asked for, the service no longer refreshes it, another tab or element ended it, or the account \
                is deleted.",
    },
    Event { name: "tokens-refreshed", type_: "CognitoLoginTokensRefreshed", detail: &[], about: "The tokens were renewed." },
    Event {
        name: "error",
        type_: "CognitoLoginError",
        detail: &[
            ("code", "CognitoLoginErrorCode"),
            ("message", "string"),
            ("screen", "CognitoLoginScreen | \"\""),
            ("retryable", "boolean"),
            ("serviceCode?", "string | undefined"),
        ],
        about: "Something went wrong, and the person has been told where a screen is shown. `code` is our own stable name for it; \
                `serviceCode` is the service's, where it had one.",
    },
    Event {
        name: "challenge",
        type_: "CognitoLoginChallenge",
        detail: &[("parameters", "Record<string, string>"), ("respond", "(answer: string) => void")],
        about: "The pool sent a custom challenge. Cancelable: after `preventDefault()` the widget shows no form for it, and the page \
                answers with `respond(answer)`, once; it does nothing after that challenge is closed.",
    },
];
