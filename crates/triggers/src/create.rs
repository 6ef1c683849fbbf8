//! `CreateAuthChallenge`: the code, and what is to be mailed.

use crate::{
    code::{self, CodeLength},
    error::{RandomnessFailed, TriggerError},
    event::{CreateAuthChallengeEvent, CreateAuthChallengeResponse, Texts},
    mail::{Language, Mail, mask_email},
};

/// In front of the code in `challengeMetadata`, as AWS's samples do.
const METADATA_PREFIX: &str = "CODE-";

/// Name of the private parameter that holds the code.
pub(crate) const ANSWER: &str = "answer";

/// How challenges are made.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Digits of a code.
    pub code_length: CodeLength,
    /// How long the person waits before "Send a new code" can be pressed, in seconds.
    pub resend_after_secs: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { code_length: CodeLength::default(), resend_after_secs: 30 }
    }
}

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
/// Public parameters: `type` = `EMAIL_CODE`, `destination` (masked), `codeLength`, `resendAfter` (seconds). The code itself goes
/// into the private parameters and the metadata, which stay in the service, and into the mail. `fill_random` fills its argument
/// from the platform's cryptographic source.
///
/// # Errors
/// [`TriggerError`]: the user has no e-mail address, the challenge is not ours, or there is no randomness.
pub fn create_auth_challenge(
    mut event: CreateAuthChallengeEvent,
    settings: &Settings,
    fill_random: &mut dyn FnMut(&mut [u8]) -> Result<(), RandomnessFailed>,
) -> Result<Created, TriggerError> {
    let request = &event.request;
    if request.challenge_name != "CUSTOM_CHALLENGE" {
        return Err(TriggerError::UnknownChallenge);
    }
    let email = request.user_attributes.get("email").filter(|email| !email.is_empty());
    let email = match email {
        Some(email) => email.clone(),
        // Nothing is mailed, but the challenge must look like anybody's.
        None if request.user_not_found => event.user_name.clone().unwrap_or_default(),
        None => return Err(TriggerError::NoEmail),
    };
    let earlier = request.session.iter().rev().find_map(|result| {
        let metadata = result.challenge_metadata.as_deref().filter(|_| result.challenge_name == "CUSTOM_CHALLENGE")?;
        metadata.strip_prefix(METADATA_PREFIX).filter(|code| code::is_code(code)).map(str::to_owned)
    });
    let is_new = earlier.is_none();
    let code = match earlier {
        Some(code) => code,
        None => code::make(settings.code_length, fill_random)?,
    };
    let mail = (is_new && !request.user_not_found).then(|| {
        let language = Language::of(request.client_metadata.as_ref(), &request.user_attributes);
        Mail::with_code(&email, &code, language)
    });
    event.response = CreateAuthChallengeResponse {
        public_challenge_parameters: Texts::from([
            ("type".to_owned(), "EMAIL_CODE".to_owned()),
            ("destination".to_owned(), mask_email(&email)),
            ("codeLength".to_owned(), code.len().to_string()),
            ("resendAfter".to_owned(), settings.resend_after_secs.to_string()),
        ]),
        challenge_metadata: Some(format!("{METADATA_PREFIX}{code}")),
        private_challenge_parameters: Texts::from([(ANSWER.to_owned(), code)]),
    };
    Ok(Created { event, mail })
}
