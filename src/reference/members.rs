//! The properties that are no attributes, and the methods.

/// A property of functions or data, which do not fit into an attribute.
#[derive(Clone, Copy, Debug)]
pub struct Property {
    /// Its name.
    pub name: &'static str,
    /// Its type in TypeScript, where it is there.
    pub type_: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// Whether it does something already; else its name is reserved.
    pub has_effect: bool,
}

/// A method.
#[derive(Clone, Copy, Debug)]
pub struct Method {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub parameter: Option<Parameter>,
    /// What it returns, in TypeScript.
    pub returns: &'static str,
    /// What it does.
    pub about: &'static str,
}

/// What a method takes.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// Its type in TypeScript.
    pub type_: &'static str,
    /// Whether it may be left out.
    pub is_optional: bool,
    /// How a short text writes it.
    pub short: &'static str,
}

/// A name with what it is for: a slot, a part, a custom property, a screen.
#[derive(Clone, Copy, Debug)]
pub struct Named {
    /// The name.
    pub name: &'static str,
    /// What it is for.
    pub about: &'static str,
}

/// All properties that are no attributes.
pub const PROPERTIES: &[Property] = &[
    Property {
        name: "messages",
        type_: "CognitoLoginMessages",
        about: "Texts that replace the built-in ones: by key, or by language tag and then by key.",
        has_effect: true,
    },
    Property {
        name: "clientMetadata",
        type_: "Record<string, string>",
        about: "Sent along to the pool's Lambda triggers, which are told the language of the screens as `lang` besides, unless \
                that is in it. Never put secrets here: the service does not keep it confidential.",
        has_effect: true,
    },
    Property {
        name: "storageAdapter",
        type_: "CognitoLoginStorage",
        about: "Keeps the tokens instead of `storage`: an object with `getItem`, `setItem` and `removeItem`, whose results are awaited, so that \
                a Web Storage and Amplify's KeyValueStorageInterface both fit. Where it is set to another object, the widget begins anew with \
                what that holds.",
        has_effect: true,
    },
    Property {
        name: "secretHash",
        type_: "(username: string) => string | Promise<string>",
        about: "For app clients with a secret: asks the page's own back end for the SECRET_HASH of a user name. An app client without a \
                secret is the better one for a browser.",
        has_effect: true,
    },
];

/// All methods.
pub const METHODS: &[Method] = &[
    Method {
        name: "getTokens",
        parameter: None,
        returns: "Promise<CognitoLoginTokens>",
        about: "The signed-in user's tokens, refreshed first when less than a minute is left. Rejects where nobody is signed in.",
    },
    Method {
        name: "signOut",
        parameter: Some(Parameter { name: "options", type_: "{ global?: boolean }", is_optional: true, short: "{ global }" }),
        returns: "Promise<void>",
        about: "Signs out, and resolves when nobody is signed in here; with `global: true` on every device, and resolves when the service \
                has done so.",
    },
    Method {
        name: "show",
        parameter: Some(Parameter { name: "screen", type_: "CognitoLoginScreen", is_optional: false, short: "screen" }),
        returns: "Promise<void>",
        about: "Goes to a screen. Rejects with an `Error` whose `code` is `screen_unavailable` where that screen cannot be shown now, and \
                `screen_unknown` where there is none of that name.",
    },
    Method {
        name: "reset",
        parameter: None,
        returns: "Promise<void>",
        about: "Forgets what was typed and goes back to the first screen.",
    },
];
