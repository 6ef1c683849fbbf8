//! The signed-in user's passkeys.
//!
//! What the browser makes and takes travels as JSON in the form of the W3C's `PublicKeyCredential.toJSON()` and
//! `parseCreationOptionsFromJSON()`: binary members are base64url without padding.

use crate::Secret;
use crate::idp::Json;
use crate::idp::wire::{EmptyReply, operations, wire};

operations! {
    /// Begins the registration of a passkey.
    "StartWebAuthnRegistration": pub struct StartWebAuthnRegistrationRequest -> StartWebAuthnRegistrationReply {
        /// The access token.
        access_token: Secret => "AccessToken",
    }

    /// Registers the passkey that the browser made.
    "CompleteWebAuthnRegistration": pub struct CompleteWebAuthnRegistrationRequest -> EmptyReply {
        /// The access token.
        access_token: Secret => "AccessToken",
        /// A `RegistrationResponseJSON`: an object, not a text.
        credential: Json => "Credential",
    }

    /// Lists the user's passkeys.
    "ListWebAuthnCredentials": pub struct ListWebAuthnCredentialsRequest -> ListWebAuthnCredentialsReply {
        /// The access token.
        access_token: Secret => "AccessToken",
        /// From the reply before, where there are more.
        next_token: Option<String> => "NextToken",
        /// How many at most: up to 20.
        max_results: Option<f64> => "MaxResults",
    }

    /// Deletes a passkey.
    "DeleteWebAuthnCredential": pub struct DeleteWebAuthnCredentialRequest -> EmptyReply {
        /// The access token.
        access_token: Secret => "AccessToken",
        /// Which one.
        credential_id: String => "CredentialId",
    }
}

wire! {
    /// What `StartWebAuthnRegistration` answers.
    pub struct StartWebAuthnRegistrationReply {
        /// A `PublicKeyCredentialCreationOptionsJSON`: an object, not a text.
        credential_creation_options: Json => "CredentialCreationOptions",
    }

    /// What `ListWebAuthnCredentials` answers.
    pub struct ListWebAuthnCredentialsReply {
        /// The passkeys.
        credentials: Vec<WebAuthnCredentialDescription> => "Credentials",
        /// For the next request, where there are more.
        next_token: Option<String> => "NextToken",
    }

    /// A passkey, as far as it is told.
    pub struct WebAuthnCredentialDescription {
        /// Its identifier, in base64url.
        credential_id: String => "CredentialId",
        /// A name that the service makes; there is no operation that changes it.
        friendly_credential_name: String => "FriendlyCredentialName",
        /// The relying party that it is for.
        relying_party_id: String => "RelyingPartyId",
        /// `platform` or `cross-platform`.
        authenticator_attachment: Option<String> => "AuthenticatorAttachment",
        /// How its authenticator is reached, such as `internal`, `hybrid`, `usb`.
        authenticator_transports: Vec<String> => "AuthenticatorTransports",
        /// When it was registered, in seconds since 1970.
        created_at: f64 => "CreatedAt",
    }
}
