//! Which fault an error of the service tells of.

use super::Fault;
use crate::{
    idp::{ErrorCode, ServiceError},
    text,
};

/// `InvalidParameterException` and `NotAuthorizedException`: parts of sentences, the first that is found counts.
///
/// # Source
/// docs/cognito.md#what-only-the-message-tells
const SENTENCES: [(&str, Fault); 7] = [
    // "USER_PASSWORD_AUTH flow not enabled for this client"; "USER_SRP_AUTH is not enabled for the client."
    ("not enabled for th", Fault::FlowNotAllowed),
    ("attribute is required", Fault::AttributeRequired),
    ("unauthorized attribute", Fault::AttributeNotWritable),
    ("SignUp is not permitted", Fault::SignUpOff),
    ("configured with secret", Fault::SecretHashMissing),
    ("configured for secret", Fault::SecretHashMissing),
    ("verify secret hash", Fault::SecretHashWrong),
];

impl Fault {
    /// The fault that an error of the service tells of; `None` where it is about a person, a code or a trigger.
    ///
    /// # Source
    /// docs/cognito.md#errors
    #[must_use]
    pub fn of_service_error(error: &ServiceError) -> Option<Self> {
        let message = error.message.as_str();
        match &error.code {
            ErrorCode::ResourceNotFound if text::has(message, "client") => Some(Self::ClientUnknown),
            ErrorCode::ResourceNotFound if text::has(message, "pool") => Some(Self::PoolUnknown),
            ErrorCode::InvalidParameter | ErrorCode::NotAuthorized => {
                SENTENCES.iter().find(|(part, _)| text::has(message, part)).map(|(_, fault)| *fault)
            }
            ErrorCode::Other(name) if name == "FeatureUnavailableInTierException" => Some(Self::FeaturePlan),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(code: &str, message: &str) -> Option<Fault> {
        let code = [code, "Exception"].concat();
        Fault::of_service_error(&ServiceError { code: code.as_str().into(), message: message.to_owned(), status: 400 })
    }

    #[test]
    fn each_sentence_tells_its_fault() {
        for (code, message, wanted) in [
            ("ResourceNotFound", "User pool client 1example23456789 does not exist.", Fault::ClientUnknown),
            ("ResourceNotFound", "User pool eu-west-1_Nowhere does not exist.", Fault::PoolUnknown),
            ("InvalidParameter", "USER_PASSWORD_AUTH flow not enabled for this client", Fault::FlowNotAllowed),
            ("InvalidParameter", "USER_SRP_AUTH is not enabled for the client.", Fault::FlowNotAllowed),
            ("NotAuthorized", "Auth flow not enabled for this client", Fault::FlowNotAllowed),
            ("NotAuthorized", "Client x is configured with secret but SECRET_HASH was not received", Fault::SecretHashMissing),
            ("NotAuthorized", "Unable to verify secret hash for client x", Fault::SecretHashWrong),
            ("NotAuthorized", "SignUp is not permitted for this user pool", Fault::SignUpOff),
            ("NotAuthorized", "A client attempted to write unauthorized attribute", Fault::AttributeNotWritable),
            (
                "InvalidParameter",
                "Attributes did not conform to the schema: name: The attribute is required\n",
                Fault::AttributeRequired,
            ),
            ("FeatureUnavailableInTier", "Not available in this tier.", Fault::FeaturePlan),
        ] {
            assert_eq!(fault(code, message), Some(wanted), "{message}");
        }
    }

    #[test]
    fn what_is_about_a_person_is_no_fault() {
        for (code, message) in [
            ("NotAuthorized", "Incorrect username or password."),
            ("NotAuthorized", "Password attempts exceeded"),
            ("NotAuthorized", "Invalid session for the user."),
            ("NotAuthorized", "User is disabled."),
            ("UserNotFound", "User does not exist."),
            ("ResourceNotFound", "Device does not exist."),
            ("InvalidParameter", "Invalid email address format."),
            ("UserLambdaValidation", "PreAuthentication failed with error This client is not enabled for this."),
            ("SomethingNew", "The client does not exist."),
        ] {
            assert_eq!(fault(code, message), None, "{message}");
        }
    }
}
