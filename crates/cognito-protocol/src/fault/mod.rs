//! What makes a configuration work for nobody: one table, with what is wrong and how to mend it.
//!
//! The words are for developers, in English. The widget tells them by its error event and in the console, the doctor
//! (`crates/cognito-doctor`) on the command line, and `docs/troubleshooting.md` has a section for each code.
//!
//! It does no I/O and judges no configuration: [`Fault::of_service_error`] reads what the service says, [`region`] reads a host name,
//! [`clock`] compares clocks, and what else can be seen is seen by whoever embeds this.

pub mod clock;
mod of_service;
pub mod region;

/// Where [`Fault::help_url`] leads, before the code.
pub const HELP_PAGE: &str = "https://github.com/cognito-login/cognito-login/blob/main/docs/troubleshooting.md#";

/// Defines [`Fault`]. A row: the code; `element` where the widget tells it in these words, else `others`; what is wrong; how to mend it.
macro_rules! faults {
    (@advice element $problem:literal $mend:literal) => { concat!($problem, " ", $mend) };
    (@advice others $problem:literal $mend:literal) => { "" };
    (@is_of_element element) => { true };
    (@is_of_element others) => { false };
    ($($fault:ident => $code:literal, $teller:ident, $problem:literal, $mend:literal;)*) => {
        /// What makes a configuration work for nobody.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(clippy::enum_variant_names)]
        pub enum Fault {
            $(#[doc = $problem] $fault,)*
        }

        impl Fault {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$fault),*];

            /// A stable name, of which `docs/troubleshooting.md` has a section.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$fault => $code,)*
                }
            }

            /// What is wrong, in a sentence.
            #[must_use]
            pub const fn problem(self) -> &'static str {
                match self {
                    $(Self::$fault => $problem,)*
                }
            }

            /// How to mend it, in a sentence.
            #[must_use]
            pub const fn mend(self) -> &'static str {
                match self {
                    $(Self::$fault => $mend,)*
                }
            }

            /// What the widget tells: what is wrong and how to mend it. Empty for those that it does not tell, whose words are
            /// no part of a program that calls nothing else than this.
            #[must_use]
            pub const fn advice(self) -> &'static str {
                match self {
                    $(Self::$fault => faults!(@advice $teller $problem $mend),)*
                }
            }

            /// Whether the widget tells it.
            #[must_use]
            pub const fn is_told_by_element(self) -> bool {
                match self {
                    $(Self::$fault => faults!(@is_of_element $teller),)*
                }
            }
        }
    };
}

faults! {
    ClientUnknown => "client_unknown", element,
        "There is no app client of this id in this Region.",
        "Copy client-id and user-pool-id anew from the pool's page App clients.";
    PoolUnknown => "pool_unknown", element,
        "There is no user pool of this id in this Region.",
        "Copy user-pool-id anew from the pool's overview; what stands before the _ is its Region.";
    RegionMismatch => "region_mismatch", element,
        "The endpoint is of another Region than the user pool.",
        "Leave endpoint away, or take that of the Region that stands before the _ of user-pool-id.";
    FlowNotAllowed => "flow_not_allowed", element,
        "The app client does not allow this auth-flow.",
        "Add ALLOW_ and the flow's name to the client's ExplicitAuthFlows, or set auth-flow to one that it has.";
    FeaturePlan => "feature_plan", element,
        "The pool's feature plan does not have this.",
        "Change the pool to Essentials or Plus, or set auth-flow to another than USER_AUTH.";
    SecretHashMissing => "secret_hash_missing", element,
        "The app client has a secret.",
        "Better use one without; else set `secretHash`.";
    SecretHashWrong => "secret_hash_wrong", element,
        "The service refused what `secretHash` returned.",
        "It must be base64 of HMAC-SHA256, keyed with the client's secret, over the given name and the client id.";
    SecretHashFailed => "secret_hash_failed", element,
        "`secretHash` threw, rejected, returned no string, or took over 30 seconds.",
        "Look at the back end that it asks.";
    SignUpOff => "sign_up_off", element,
        "The pool lets nobody sign up.",
        "Set sign-up=\"off\", or allow self-registration in the pool.";
    AttributeRequired => "attribute_required", element,
        "The pool requires an attribute that the sign-up does not ask for.",
        "Name it in sign-up-attributes.";
    AttributeNotWritable => "attribute_not_writable", element,
        "The app client may not write an attribute that was to be saved.",
        "Add it to the client's WriteAttributes.";
    CspBlocked => "csp_blocked", element,
        "The page's Content-Security-Policy forbids requests to the pool.",
        "Add the origins of endpoint and oauth-domain to connect-src.";
    DeviceClockOff => "device_clock_off", element,
        "This device's clock differs from the service's by over 5 minutes.",
        "Set it by the network; signing in works all the same, and other libraries may refuse the tokens.";
    Network => "network", others,
        "No reply came from the endpoint: no network, it is down, or it sends no CORS headers.",
        "Ask it from a shell with cognito-doctor, which tells these apart.";
    StorageUnavailable => "storage_unavailable", others,
        "The browser gives this page no storage, or it is full, so the session is kept in memory.",
        "Serve the page outside of a sandboxed frame, or set storage=\"memory\".";
    EndpointUnreachable => "endpoint_unreachable", others,
        "The endpoint cannot be reached.",
        "Check the host name, the network and what stands between; a local pool must run.";
    TlsFailed => "tls_failed", others,
        "The endpoint does not speak TLS, or its certificate is not valid for its name.",
        "Mend the certificate of the proxy; a local pool is reached by http://127.0.0.1.";
    NotCognito => "not_cognito", others,
        "What answers at the endpoint is not Cognito's API.",
        "Leave the endpoint away, or give the URL to which the proxy takes POST requests, its path included.";
    CorsMissing => "cors_missing", others,
        "The endpoint does not let pages of this origin call it.",
        "Let the proxy answer OPTIONS, and send Access-Control-Allow-Origin and Access-Control-Allow-Headers.";
    Forbidden => "forbidden", others,
        "A web ACL, or what stands before the endpoint, blocks the request.",
        "Look at the rules of the AWS WAF web ACL that belongs to the pool.";
    OauthDomainWrong => "oauth_domain_wrong", others,
        "What oauth-domain names is not this pool's domain.",
        "Copy it from the pool's page Domain: PREFIX.auth.REGION.amazoncognito.com, or a domain of your own.";
    RedirectUriNotRegistered => "redirect_uri_not_registered", others,
        "The app client has no such callback URL.",
        "Add oauth-redirect-uri to the client's callback URLs, character for character.";
    OauthRefused => "oauth_refused", element,
        "The pool's domain knows the client and refuses its sign-in by redirect.",
        "Allow the client the authorization code grant, the scopes, and the identity providers; it must have no secret.";
    ScopeMissing => "scope_missing", element,
        "The tokens of this sign-in do not have the scope aws.cognito.signin.user.admin, which the account's settings need.",
        "Add it to oauth-scopes, and allow it to the app client.";
    PasskeyWrongHost => "passkey_wrong_host", element,
        "The page's host does not belong to the pool's relying party ID, so no passkey can be used there.",
        "Set the relying party ID to the page's host name or a domain above it, and serve the page by https.";
}

impl Fault {
    /// Where the page's author reads more.
    #[must_use]
    pub fn help_url(self) -> String {
        [HELP_PAGE, self.code()].concat()
    }

    /// The fault of a code.
    #[must_use]
    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|fault| fault.code() == code)
    }

    /// Whether the same thing may well succeed later, without anybody changing anything.
    #[must_use]
    pub fn is_retryable(self) -> bool {
        matches!(self, Self::SecretHashFailed | Self::Network | Self::EndpointUnreachable | Self::DeviceClockOff)
    }
}
