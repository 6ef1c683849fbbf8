//! Addresses of senders and recipients.
//!
//! # Source
//! SES API v2 reference, `Destination`: no SMTPUTF8, so addresses are ASCII, with domains in Punycode; names that are not ASCII
//! are written as encoded words (RFC 2047). The service sends other names garbled (aws/aws-sdk-js-v3#2350); here they are refused.

use email_address::{EmailAddress, Options};

use super::SesError;

/// `jane@example.com` or `Jane <jane@example.com>`: the address alone.
pub(super) fn read(text: &str) -> Result<String, SesError> {
    let invalid = || SesError::bad_request(format!("Invalid email address {text}."));
    if text.chars().any(char::is_control) {
        return Err(invalid());
    }
    let options = Options::default().with_required_tld().without_domain_literal();
    let address = EmailAddress::parse_with_options(text, options).map_err(|_| invalid())?.email();
    if !address.is_ascii() {
        return Err(invalid());
    }
    if !text.is_ascii() {
        return Err(SesError::bad_request("A name that is not ASCII must be an encoded word (RFC 2047)."));
    }
    Ok(address)
}

/// Whether all of these may send: each is an identity, or its domain or a domain above it is.
pub(super) fn check_verified(addresses: &[String], identities: &[String], region: &str) -> Result<(), SesError> {
    let is_verified = |address: &&String| identities.iter().any(|identity| covers(identity, address));
    let failed: Vec<&str> = addresses.iter().filter(|address| !is_verified(address)).map(String::as_str).collect();
    if failed.is_empty() {
        return Ok(());
    }
    let message = format!(
        "Email address is not verified. The following identities failed the check in region {}: {}",
        region.to_ascii_uppercase(),
        failed.join(", ")
    );
    Err(SesError::new("MessageRejected", 400, message))
}

fn covers(identity: &str, address: &str) -> bool {
    let Some((local, domain)) = address.rsplit_once('@') else { return false };
    let domain = domain.to_ascii_lowercase();
    match identity.rsplit_once('@') {
        Some((local_of_identity, domain_of_identity)) => {
            local_of_identity == local && domain_of_identity.eq_ignore_ascii_case(&domain)
        }
        None => {
            let above = domain.strip_suffix(&identity.to_ascii_lowercase());
            above.is_some_and(|above| above.is_empty() || above.ends_with('.')) && !identity.is_empty()
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for (text, address) in [
            ("jane@example.com", "jane@example.com"),
            ("Jane Doe <jane@example.com>", "jane@example.com"),
            ("\"Doe, Jane\" <jane+x@mail.example.com>", "jane+x@mail.example.com"),
            ("=?UTF-8?B?5bGx55Sw?= <jane@example.com>", "jane@example.com"),
        ] {
            assert_eq!(read(text).unwrap(), address);
        }
        for text in [
            "",
            " ",
            "jane",
            "@example.com",
            "jane@",
            "jane@localhost",
            "jane@[127.0.0.1]",
            "jane@exa mple.com",
            "a@b@example.com",
            "jane@example.com, joe@example.com",
            "jane@example.com\r\nBcc: joe@example.com",
            "日本@example.com",
            "jane@例え.jp",
            "山田 <jane@example.com>",
            "Jane <jane@example.com",
        ] {
            assert_eq!(read(text).unwrap_err().code, "BadRequestException", "{text:?}");
        }
    }

    #[test]
    fn a_domain_covers_what_is_below_it() {
        for (identity, address, is_covered) in [
            ("example.com", "jane@example.com", true),
            ("Example.com", "jane@EXAMPLE.com", true),
            ("example.com", "jane@mail.example.com", true),
            ("example.com", "jane@badexample.com", false),
            ("mail.example.com", "jane@example.com", false),
            ("jane@example.com", "jane@example.com", true),
            ("jane@example.com", "jane@EXAMPLE.com", true),
            ("jane@example.com", "joe@example.com", false),
            ("jane@example.com", "jane@mail.example.com", false),
            ("", "jane@example.com", false),
        ] {
            assert_eq!(covers(identity, address), is_covered, "{identity} {address}");
        }
    }
}
