//! `CreateAuthChallenge`: the code, and what is to be mailed.

use crate::{
    address::{is_address, mask_email},
    code::Code,
    error::{Cause, RandomnessFailed, TriggerError},
    event::{CreateAuthChallengeEvent, CreateAuthChallengeRequest, CreateAuthChallengeResponse, Texts},
    locale::locale,
    messages::{Fields, Mail, Message, Messages},
    name::addressable_name,
    settings::Settings,
};

/// What [`create_auth_challenge`] made.
#[derive(Debug)]
pub struct Created {
    /// The event with its response, for the service.
    pub event: CreateAuthChallengeEvent,
    /// What the caller must send before it answers; `None` when the code is on its way already, or there is nobody to send to.
    pub mail: Option<Mail>,
}

/// Makes the code of this sign-in, or uses the one that a mistyped answer left in the session.
///
/// Public parameters, all texts: `type` = `EMAIL_CODE`, `destination` (masked), `codeLength`, `resendAfter` (seconds); and
/// `expired` = `true` where the code of this sign-in is too old to be right, so that the person can be told to ask for another.
/// No second code is mailed in one sign-in: whoever asks for one starts anew, with the password. The code itself goes into the
/// private parameters and the metadata, which stay in the service, and into the mail.
///
/// `now_secs` is the present in seconds since 1970. `fill_random` fills its argument from the platform's cryptographic source.
///
/// # Errors
/// [`TriggerError`]: the user has no verified e-mail address, the challenge is not ours, or there is no randomness.
pub fn create_auth_challenge(
    mut event: CreateAuthChallengeEvent,
    settings: &Settings,
    messages: &Messages,
    now_secs: i64,
    fill_random: &mut dyn FnMut(&mut [u8]) -> Result<(), RandomnessFailed>,
) -> Result<Created, TriggerError> {
    let request = &event.request;
    let locale = locale(&request.client_metadata, &request.user_attributes);
    let failed = |cause| TriggerError::new(cause, messages, locale);
    if request.challenge_name != "CUSTOM_CHALLENGE" || event.trigger_source != "CreateAuthChallenge_Authentication" {
        return Err(failed(Cause::UnknownChallenge));
    }
    let email = verified_email(&request.user_attributes);
    let email = match email {
        Some(email) => email.to_owned(),
        // Nothing is mailed, but the challenge must look like anybody's.
        None if request.user_not_found => event.user_name.clone().unwrap_or_default(),
        None => return Err(failed(Cause::NoEmail)),
    };
    let earlier = earlier_code(request);
    let is_new = earlier.is_none();
    let code = match earlier {
        Some(code) => code,
        None => {
            let expires_secs = now_secs.saturating_add(settings.code_ttl_secs.into());
            Code::make(settings.code_length, expires_secs, fill_random).map_err(|error| failed(Cause::Randomness(error)))?
        }
    };
    let mail = if is_new && !request.user_not_found {
        let name = addressable_name(&request.user_attributes);
        // A life of less than a minute is for tests; a mail could not say it in a way that helps.
        let minutes = Some(settings.code_ttl_secs / 60).filter(|minutes| *minutes > 0);
        let fields = Fields {
            code: code.digits(),
            product: settings.product_name.as_deref(),
            name: name.as_deref(),
            minutes,
            username: None,
        };
        Some(messages.mail(Message::EmailCode, locale, &fields, &email).map_err(|_| failed(Cause::Template))?)
    } else {
        None
    };
    let mut public = Texts::from([
        ("type".to_owned(), "EMAIL_CODE".to_owned()),
        ("destination".to_owned(), mask_email(&email)),
        ("codeLength".to_owned(), code.digits().len().to_string()),
        // Once the code is too old there is nothing to wait for.
        ("resendAfter".to_owned(), settings.resend_after_secs.min(settings.code_ttl_secs).to_string()),
    ]);
    if code.is_expired(now_secs) {
        public.insert("expired".to_owned(), "true".to_owned());
    }
    event.response = CreateAuthChallengeResponse {
        public_challenge_parameters: public,
        private_challenge_parameters: code.to_private_parameters(),
        challenge_metadata: Some(code.to_metadata()),
    };
    Ok(Created { event, mail })
}

/// A code proves something only where the address is known to be the person's: whoever changes the attribute `email` has not shown
/// that yet. The service sends the flag as text.
fn verified_email(user_attributes: &Texts) -> Option<&str> {
    let is_verified = user_attributes.get("email_verified").is_some_and(|verified| verified == "true");
    user_attributes.get("email").map(|email| email.trim()).filter(|email| is_verified && is_address(email))
}

fn earlier_code(request: &CreateAuthChallengeRequest) -> Option<Code> {
    request.session.iter().rev().find_map(|result| {
        let metadata = result.challenge_metadata.as_deref().filter(|_| result.challenge_name == "CUSTOM_CHALLENGE")?;
        Code::from_metadata(metadata)
    })
}
