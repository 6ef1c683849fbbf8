//! Names of flows and challenges.

use cognito_protocol::idp::{AuthFlow, ChallengeName};

#[test]
fn names_are_known_both_ways_and_unknown_ones_kept() {
    for name in [
        "PASSWORD_VERIFIER",
        "CUSTOM_CHALLENGE",
        "SOFTWARE_TOKEN_MFA",
        "MFA_SETUP",
        "SMS_MFA",
        "EMAIL_OTP",
        "SMS_OTP",
        "SELECT_MFA_TYPE",
        "SELECT_CHALLENGE",
        "NEW_PASSWORD_REQUIRED",
        "DEVICE_SRP_AUTH",
        "DEVICE_PASSWORD_VERIFIER",
        "PASSWORD",
        "PASSWORD_SRP",
        "WEB_AUTHN",
        "ADMIN_NO_SRP_AUTH",
    ] {
        assert!(!matches!(ChallengeName::from(name), ChallengeName::Other(_)), "{name}");
        assert_eq!(ChallengeName::from(name).as_str(), name);
    }
    for name in ["USER_SRP_AUTH", "CUSTOM_AUTH", "USER_AUTH", "USER_PASSWORD_AUTH", "REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"] {
        assert!(!matches!(AuthFlow::from(name), AuthFlow::Other(_)), "{name}");
        assert_eq!(AuthFlow::from(name).as_str(), name);
    }
    for name in ["", "password_verifier", "SOMETHING_NEW"] {
        assert_eq!(ChallengeName::from(name), ChallengeName::Other(name.to_owned()));
        assert_eq!(ChallengeName::from(name).as_str(), name);
    }
}
