//! The Lambda triggers, wherever they run.

mod invoke;
mod pre_authentication;
mod trigger;

use serde_json::Value;
use triggers::{
    CreateAuthChallengeEvent, CreateAuthChallengeResponse, CustomMessageEvent, CustomMessageResponse, DefineAuthChallengeEvent,
    DefineAuthChallengeResponse, Mail, Messages, RandomnessFailed, Texts, VerifyAuthChallengeResponseEvent,
};

use crate::{
    config::{Settings, TriggerSource},
    error::ApiError,
};
use invoke::Invoker;
use trigger::Trigger;

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

    /// Whether a sign-in by the password may go on. In process wherever the others run: the project deploys no function for it.
    pub fn pre_authentication(&self, user_attributes: &Texts) -> Result<(), ApiError> {
        pre_authentication::pre_authentication(user_attributes)
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
