//! The Lambda triggers, wherever they run.

mod invoke;
mod pre_authentication;
mod trigger;

use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

use serde_json::Value;
use triggers::{
    CreateAuthChallengeEvent, CreateAuthChallengeResponse, CustomMessageEvent, CustomMessageResponse, DefineAuthChallengeEvent,
    DefineAuthChallengeResponse, Mail, Messages, RandomnessFailed, Texts, VerifyAuthChallengeResponseEvent,
    attempts::{Guard, Limits, MemoryTable, WhenUnreachable},
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
    /// Counts over all sign-ins, as the functions do in their table; of the triggers in process alone.
    guard: Guard<MemoryTable>,
    invoker: Option<Invoker>,
}

impl Functions {
    pub fn of(settings: &Settings) -> Self {
        let invoker = match &settings.trigger_source {
            TriggerSource::InProcess => None,
            TriggerSource::Invoke { url } => Some(Invoker::new(url.clone(), settings.trigger_timeout)),
        };
        let guard = Guard::new(MemoryTable::default(), Limits::of(&settings.triggers), WhenUnreachable::Refuse);
        Self { settings: settings.triggers.clone(), messages: Messages::built_in(), guard, invoker }
    }

    /// Forgets all sign-ins.
    pub fn reset(&self) {
        self.guard.table().clear();
    }

    /// A function with wrong settings would not start, and the service would say so to whoever signs in.
    fn started(&self, trigger: Trigger) -> Result<(), ApiError> {
        self.settings.check().map_err(|error| invoke::not_invoked(trigger, &error.to_string()))
    }

    pub fn define(&self, event: DefineAuthChallengeEvent) -> Result<DefineAuthChallengeResponse, ApiError> {
        match &self.invoker {
            None => {
                self.started(Trigger::Define)?;
                Ok(triggers::define_auth_challenge(event, &self.settings).response)
            }
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
            self.started(Trigger::Create)?;
            let created = triggers::create_counted(event, &self.settings, &self.messages, Some(&self.guard), now_secs, &mut fill);
            let created = ready(created)?.map_err(|error| invoke::failed(Trigger::Create, &error.to_string()))?;
            return Ok((created.event.response, created.mail));
        };
        Ok((invoke::typed(invoker.response(Trigger::Create, &event)?)?, None))
    }

    pub fn verify(&self, event: VerifyAuthChallengeResponseEvent, now_secs: i64) -> Result<bool, ApiError> {
        let Some(invoker) = &self.invoker else {
            self.started(Trigger::Verify)?;
            let verified = ready(triggers::verify_counted(event, &self.messages, Some(&self.guard), now_secs))?;
            let verified = verified.map_err(|error| invoke::failed(Trigger::Verify, &error.to_string()))?;
            return Ok(verified.response.answer_correct);
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

/// What a future gives that waits for nothing, as none does that works on a table in memory.
fn ready<Output>(future: impl Future<Output = Output>) -> Result<Output, ApiError> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => Ok(output),
        Poll::Pending => Err(ApiError::internal()),
    }
}

/// A trigger gave a challenge that the pool cannot follow.
pub(crate) fn unrecognizable() -> ApiError {
    invoke::unrecognizable()
}
