//! The Lambda triggers, wherever they run.

mod invoke;
mod url;

use serde_json::Value;
use triggers::{
    CreateAuthChallengeEvent, CreateAuthChallengeResponse, CustomMessageEvent, CustomMessageResponse, DefineAuthChallengeEvent,
    DefineAuthChallengeResponse, Mail, Messages, RandomnessFailed, VerifyAuthChallengeResponseEvent,
};

use crate::{config::Settings, error::ApiError};
use invoke::Invoker;
pub use url::{InvokeUrl, InvokeUrlError};

/// Where the triggers run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum TriggerSource {
    /// The project's own, as functions of this program, by the pool's clock. The pool puts what they mail into the inbox.
    #[default]
    InProcess,
    /// As Lambda functions behind Lambda's API `Invoke`, such as `cargo lambda watch` and `sam local start-lambda` offer it. They
    /// mail on their own: [`ses`](crate::ses) takes it.
    Invoke {
        /// What the API's paths are put behind.
        url: InvokeUrl,
    },
}

/// A trigger: its name in the service's sentences, and that of its function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trigger {
    Define,
    Create,
    Verify,
    CustomMessage,
}

impl Trigger {
    fn name(self) -> &'static str {
        match self {
            Self::Define => "DefineAuthChallenge",
            Self::Create => "CreateAuthChallenge",
            Self::Verify => "VerifyAuthChallengeResponse",
            Self::CustomMessage => "CustomMessage",
        }
    }

    fn function(self) -> &'static str {
        match self {
            Self::Define => "define-auth-challenge",
            Self::Create => "create-auth-challenge",
            Self::Verify => "verify-auth-challenge-response",
            Self::CustomMessage => "custom-message",
        }
    }
}

/// Runs the triggers. In the case of functions elsewhere this waits for their answers, so it belongs on blocking threads.
pub(crate) struct Functions {
    settings: triggers::Settings,
    messages: Messages,
    invoker: Option<Invoker>,
}

impl Functions {
    pub fn of(settings: &Settings) -> Self {
        let invoker = match &settings.trigger_source {
            TriggerSource::InProcess => None,
            TriggerSource::Invoke { url } => Some(Invoker::new(url.clone(), settings.trigger_timeout)),
        };
        Self { settings: settings.triggers.clone(), messages: Messages::built_in(), invoker }
    }

    pub fn define(&self, event: DefineAuthChallengeEvent) -> Result<DefineAuthChallengeResponse, ApiError> {
        match &self.invoker {
            None => Ok(triggers::define_auth_challenge(event, &self.settings).response),
            Some(invoker) => invoke::typed(invoker.response(Trigger::Define, &event)?),
        }
    }

    /// With what the pool has to mail, if anything.
    pub fn create(
        &self,
        event: CreateAuthChallengeEvent,
        now_secs: i64,
    ) -> Result<(CreateAuthChallengeResponse, Option<Mail>), ApiError> {
        let Some(invoker) = &self.invoker else {
            let mut fill = |bytes: &mut [u8]| getrandom::fill(bytes).map_err(|_| RandomnessFailed);
            let created = triggers::create_auth_challenge(event, &self.settings, &self.messages, now_secs, &mut fill);
            let created = created.map_err(|error| invoke::failed(Trigger::Create, &error.to_string()))?;
            return Ok((created.event.response, created.mail));
        };
        Ok((invoke::typed(invoker.response(Trigger::Create, &event)?)?, None))
    }

    pub fn verify(&self, event: VerifyAuthChallengeResponseEvent, now_secs: i64) -> Result<bool, ApiError> {
        let Some(invoker) = &self.invoker else {
            return Ok(triggers::verify_auth_challenge_response(event, now_secs).response.answer_correct);
        };
        let response = invoker.response(Trigger::Verify, &event)?;
        // Whether the service takes an answer without this member for a wrong one is not known.
        response.get("answerCorrect").and_then(Value::as_bool).ok_or_else(invoke::unrecognizable)
    }

    pub fn custom_message(&self, event: CustomMessageEvent) -> Result<CustomMessageResponse, ApiError> {
        match &self.invoker {
            None => Ok(triggers::custom_message(event, &self.settings, &self.messages).response),
            Some(invoker) => invoke::typed(invoker.response(Trigger::CustomMessage, &event)?),
        }
    }
}

/// A trigger gave a challenge that the pool cannot follow.
pub(crate) fn unrecognizable() -> ApiError {
    invoke::unrecognizable()
}
