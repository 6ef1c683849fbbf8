//! AWS Signature Version 4 in the header `Authorization`: checked by signing once more.
//!
//! # Source
//! AWS, IAM user guide, "Create a signed AWS API request". The service allows for 5 minutes between its clock and the sender's.

use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_sigv4::{
    http_request::{SignableBody, SignableRequest, SigningSettings, sign},
    sign::v4,
};
use axum::http::{HeaderMap, Uri, header};
use subtle::ConstantTimeEq;

use super::{ACCESS_KEY_ID, SECRET_ACCESS_KEY, SesError};

const SERVICE: &str = "ses";
const TOLERANCE_SECS: u64 = 5 * 60;

/// What a signature covers.
pub(crate) struct SignedRequest<'a> {
    pub uri: &'a Uri,
    pub headers: &'a HeaderMap,
    pub body: &'a [u8],
    /// By the machine's clock: the pool's own may be moved.
    pub received: SystemTime,
}

/// The parts of `Authorization`.
struct Authorization<'a> {
    access_key_id: &'a str,
    date: &'a str,
    region: &'a str,
    service: &'a str,
    signed_headers: Vec<&'a str>,
    signature: &'a str,
}

/// Gives the Region that the request was signed for.
pub(super) fn verify(request: &SignedRequest<'_>) -> Result<String, SesError> {
    let missing = || SesError::new("MissingAuthenticationTokenException", 403, "Missing Authentication Token");
    let text = only_value(request.headers, header::AUTHORIZATION.as_str()).ok_or_else(missing)?;
    let authorization = Authorization::read(text).ok_or_else(|| {
        SesError::new("IncompleteSignatureException", 403, "Authorization is no AWS Signature Version 4 (AWS4-HMAC-SHA256).")
    })?;
    if authorization.access_key_id != ACCESS_KEY_ID {
        return Err(SesError::new("UnrecognizedClientException", 403, "The security token included in the request is invalid."));
    }
    if authorization.service != SERVICE {
        return Err(SesError::invalid_signature(format!("Credential should be scoped to correct service: '{SERVICE}'.")));
    }
    let date_time = only_value(request.headers, "x-amz-date").unwrap_or_default();
    let signed_secs = unix_secs(date_time).ok_or_else(|| {
        SesError::new("IncompleteSignatureException", 403, "X-Amz-Date must be a time such as 20250909T090503Z.")
    })?;
    check_time(request.received, signed_secs, date_time)?;
    if !date_time.starts_with(authorization.date) {
        return Err(SesError::invalid_signature("Date in Credential scope does not match YYYYMMDD from X-Amz-Date."));
    }
    check_signed_headers(request.headers, &authorization.signed_headers)?;
    let expected = expected_signature(request, &authorization, signed_secs).ok_or_else(mismatch)?;
    if bool::from(expected.as_bytes().ct_eq(authorization.signature.as_bytes())) {
        Ok(authorization.region.to_owned())
    } else {
        Err(mismatch())
    }
}

fn mismatch() -> SesError {
    SesError::invalid_signature(
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and \
         signing method. Consult the service documentation for details.",
    )
}

impl<'a> Authorization<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let fields = text.strip_prefix("AWS4-HMAC-SHA256 ")?;
        let mut fields: Vec<(&str, &str)> = fields.split(',').map(|field| field.trim().split_once('=')).collect::<Option<_>>()?;
        fields.sort_unstable();
        let [("Credential", credential), ("Signature", signature), ("SignedHeaders", signed_headers)] = fields.as_slice() else {
            return None;
        };
        let scope: Vec<&str> = credential.split('/').collect();
        let [access_key_id, date, region, service, "aws4_request"] = scope.as_slice() else { return None };
        let is_region = (1..=32).contains(&region.len())
            && region.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        let is_date = date.len() == 8 && date.bytes().all(|byte| byte.is_ascii_digit());
        (is_region && is_date).then(|| Self {
            access_key_id,
            date,
            region,
            service,
            signed_headers: signed_headers.split(';').collect(),
            signature,
        })
    }
}

/// The value of a header that is there once.
fn only_value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next().filter(|_| values.next().is_none())?;
    value.to_str().ok()
}

fn check_time(received: SystemTime, signed_secs: u64, date_time: &str) -> Result<(), SesError> {
    let now_secs = received.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    let what = if signed_secs + TOLERANCE_SECS < now_secs {
        "Signature expired"
    } else if signed_secs > now_secs + TOLERANCE_SECS {
        "Signature not yet current"
    } else {
        return Ok(());
    };
    Err(SesError::invalid_signature(format!("{what}: {date_time} is more than 5 min. from the time of the service.")))
}

/// The host and the time are signed, and so is each header of AWS's own, but for what some SDKs (PHP's) leave out.
fn check_signed_headers(headers: &HeaderMap, signed: &[&str]) -> Result<(), SesError> {
    let needed = headers
        .keys()
        .map(|name| name.as_str())
        .filter(|name| name.starts_with("x-amz-") && *name != "x-amz-user-agent")
        .chain(["host"]);
    let unsigned: Vec<&str> = needed.filter(|name| !signed.contains(name)).collect();
    if unsigned.is_empty() {
        return Ok(());
    }
    let message = format!("There were headers that were not signed: {}.", unsigned.join(", "));
    Err(SesError::invalid_signature(message))
}

fn expected_signature(request: &SignedRequest<'_>, authorization: &Authorization<'_>, signed_secs: u64) -> Option<String> {
    let mut headers = Vec::new();
    for name in authorization.signed_headers.iter().copied().filter(|name| *name != "x-amz-date") {
        // A header that is signed and not there, or its own signature.
        if !request.headers.contains_key(name) || name == header::AUTHORIZATION.as_str() {
            return None;
        }
        for value in request.headers.get_all(name) {
            headers.push((name, std::str::from_utf8(value.as_bytes()).ok()?));
        }
    }
    let mut settings = SigningSettings::default();
    // What the sender signed is signed here, and nothing else.
    settings.excluded_headers = None;
    let identity = Credentials::new(ACCESS_KEY_ID, SECRET_ACCESS_KEY, None, None, "local pool").into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region(authorization.region)
        .name(SERVICE)
        .time(SystemTime::UNIX_EPOCH + Duration::from_secs(signed_secs))
        .settings(settings)
        .build()
        .ok()?
        .into();
    // The host comes from the header; here it only makes the URI whole.
    let uri = format!("http://localhost{}", request.uri.path_and_query()?);
    let signable = SignableRequest::new("POST", uri, headers.into_iter(), SignableBody::Bytes(request.body)).ok()?;
    sign(signable, &params).ok().map(|signed| signed.signature().to_owned())
}

/// Seconds since 1970 of a time such as `20250909T090503Z`; none before 1970.
fn unix_secs(date_time: &str) -> Option<u64> {
    let bytes = date_time.as_bytes();
    if bytes.len() != 16 || bytes.get(8) != Some(&b'T') || bytes.get(15) != Some(&b'Z') {
        return None;
    }
    let number = |range: std::ops::Range<usize>| {
        let digits = date_time.get(range)?;
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<u64>().ok()).flatten()
    };
    let (year, month, day) = (number(0..4)?, number(4..6)?, number(6..8)?);
    let (hour, minute, second) = (number(9..11)?, number(11..13)?, number(13..15)?);
    let is_time = (1970..).contains(&year) && (1..=12).contains(&month) && hour < 24 && minute < 60 && second < 60;
    let is_leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let lengths = [31, if is_leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let before = lengths.iter().take(usize::try_from(month.checked_sub(1)?).ok()?);
    let length = lengths.get(usize::try_from(month.checked_sub(1)?).ok()?)?;
    if !is_time || !(1..=*length).contains(&day) {
        return None;
    }
    let days = (1970..year).map(|year| if is_leap(year) { 366 } else { 365 }).sum::<u64>() + before.sum::<u64>() + day - 1;
    Some(((days * 24 + hour) * 60 + minute) * 60 + second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times() {
        for (text, secs) in [
            ("19700101T000000Z", Some(0)),
            ("20250909T090503Z", Some(1_757_408_703)),
            ("20240229T235959Z", Some(1_709_251_199)),
            ("20000301T000000Z", Some(951_868_800)),
            ("20250229T000000Z", None),
            ("20251301T000000Z", None),
            ("20250001T000000Z", None),
            ("20250909T240000Z", None),
            ("2025090909T0503Z", None),
            ("+0250909T090503Z", None),
            ("Tue, 09 Sep 2025", None),
            ("", None),
        ] {
            assert_eq!(unix_secs(text), secs, "{text}");
        }
    }

    #[test]
    fn authorizations() {
        let whole =
            "AWS4-HMAC-SHA256 Credential=A/20250909/us-east-1/ses/aws4_request, SignedHeaders=host;x-amz-date, Signature=0f";
        assert!(Authorization::read(whole).is_some());
        assert!(Authorization::read(&whole.replace(", ", ",")).is_some());
        for (from, to) in [
            ("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256"),
            ("aws4_request", "aws3_request"),
            ("20250909", "2025"),
            ("us-east-1", "US East"),
            (", Signature=0f", ""),
            ("Signature=0f", "Signature"),
            ("Signature=0f", "Signature=0f, Signature=0e"),
            ("Credential=A/", "Credential="),
        ] {
            assert!(Authorization::read(&whole.replace(from, to)).is_none(), "{from} {to}");
        }
    }
}
