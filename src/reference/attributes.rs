//! The attributes.

/// An attribute, and the property of the same name in camelCase.
#[derive(Clone, Copy, Debug)]
pub struct Attribute {
    /// As markup writes it.
    pub name: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// What it takes.
    pub values: Values,
    /// What holds without it, where that is one value.
    pub default: Option<&'static str>,
    /// Whether it does something already; else its name is reserved.
    pub has_effect: bool,
    /// Whether every HTML element has the property.
    pub is_inherited: bool,
}

/// What an attribute takes.
#[derive(Clone, Copy, Debug)]
pub enum Values {
    /// Text.
    Text,
    /// A number.
    Number,
    /// One of a few words.
    Words(&'static [&'static str]),
}

impl Attribute {
    const fn new(name: &'static str, about: &'static str) -> Self {
        Self { name, about, values: Values::Text, default: None, has_effect: true, is_inherited: false }
    }

    const fn words(self, words: &'static [&'static str]) -> Self {
        Self { values: Values::Words(words), ..self }
    }

    const fn default(self, value: &'static str) -> Self {
        Self { default: Some(value), ..self }
    }

    const fn reserved(self) -> Self {
        Self { has_effect: false, ..self }
    }
}

/// All attributes, in the order of the documentation.
pub const ATTRIBUTES: &[Attribute] = &[
    Attribute::new("user-pool-id", "Required. Such as `eu-west-1_AbCdEfGhI`; the region and the endpoint follow from it."),
    Attribute::new("client-id", "Required. The id of the app client: one without a secret, or see `secretHash`."),
    Attribute::new("endpoint", "Full URL used instead of the service's own: a local pool, a proxy."),
    Attribute::new(
        "auth-flow",
        "How to sign in. `CUSTOM_AUTH` proves the password by SRP first and then answers the pool's own challenge; with `USER_AUTH` the person types a name and chooses among the ways that the pool offers; `USER_PASSWORD_AUTH` sends the password itself, which a user migration trigger needs.",
    )
    .words(&["USER_SRP_AUTH", "CUSTOM_AUTH", "USER_AUTH", "USER_PASSWORD_AUTH"])
    .default("USER_SRP_AUTH"),
    Attribute::new(
        "preferred-challenge",
        "With `USER_AUTH`: the way to begin with, where the user has it. With `PASSWORD_SRP` the form asks for the password too; else for the name alone.",
    )
    .words(&["PASSWORD_SRP", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"]),
    Attribute::new("username", "Prefilled sign-in name."),
    Attribute::new("username-kind", "What people sign in with: decides label, keyboard and autocomplete.")
        .words(&["email", "phone", "username"])
        .default("email"),
    Attribute::new("screen", "The first screen; `confirm-sign-up` needs `username` beside it.")
        .words(&["sign-in", "sign-up", "forgot-password", "confirm-sign-up"])
        .default("sign-in"),
    Attribute::new("storage", "Where the tokens are kept, in Amplify's layout.")
        .words(&["session", "local", "memory"])
        .default("session"),
    Attribute {
        values: Values::Number,
        ..Attribute::new("session-minutes", "The app client's AuthSessionValidity in minutes, 3 to 15.").default("3")
    },
    Attribute::new("sign-up", "Whether people may create an account.").words(&["on", "off"]).default("on"),
    Attribute::new(
        "sign-up-attributes",
        "Attribute names asked for at sign-up, separated by spaces, such as `name nickname phone_number custom:team`.",
    ),
    Attribute::new("password-policy", "Rules shown as a live checklist where a password is chosen.")
        .default("min=8 upper lower digit symbol"),
    Attribute::new("totp-issuer", "Name of the service shown in the authenticator app; otherwise the page's host name."),
    Attribute::new("totp-label", "Name of the account shown in the authenticator app; otherwise the user's e-mail address."),
    Attribute::new(
        "remember-device",
        "Where the pool tracks devices: whether the device is remembered after a sign-in, which can spare the second step. `ask` asks the person where the pool leaves it to them. Otherwise `ask`; with `storage=\"memory\"`, which has nowhere to remember it, `never`.",
    )
    .words(&["ask", "always", "never"]),
    Attribute {
        is_inherited: true,
        ..Attribute::new(
            "lang",
            "BCP 47 language tag; otherwise the nearest `lang` in the document, then the browser's languages, then English.",
        )
    },
    Attribute::new("theme", "Colours; `auto` follows the system.").words(&["auto", "light", "dark"]).default("auto"),
    Attribute::new(
        "shadow",
        "`none` renders into the light DOM, for password managers that need it. Read when the element is first connected.",
    )
    .words(&["open", "none"])
    .default("open"),
    Attribute::new(
        "oauth-domain",
        "The host name of the pool's domain, for sign-in with other providers by redirect; a URL, for a local pool.",
    ),
    Attribute::new(
        "oauth-providers",
        "Names of identity providers as the pool has them, separated by spaces: `Google Facebook LoginWithAmazon SignInWithApple MyCompany`. Each has a button on `sign-in`.",
    ),
    Attribute::new(
        "oauth-redirect-uri",
        "Where people come back to, after signing in and after signing out; otherwise the page itself without query and fragment. The app client has it among its callback URLs and its sign-out URLs, letter for letter.",
    ),
    Attribute::new(
        "oauth-scopes",
        "What the tokens of such a sign-in are for, separated by spaces; `openid` must be there. `<cognito-account>` and `signOut({ global: true })` need `aws.cognito.signin.user.admin` as well.",
    )
    .default("openid email profile"),
    Attribute::new("wasm-url", "Where the WebAssembly file is, if not beside the script. The first element on the page decides."),
    Attribute {
        is_inherited: true,
        ..Attribute::new("nonce", "A Content-Security-Policy nonce, for browsers without constructable style sheets.").reserved()
    },
];
