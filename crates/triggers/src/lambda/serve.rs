//! Answers events until Lambda ends the process.

use lambda_runtime::{Diagnostic, LambdaEvent, service_fn};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{Decision, StartError};
use crate::{Event, TriggerError};

/// Why an event got no answer: a name for programs and a text for the person who signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunctionError {
    name: &'static str,
    text: String,
}

impl From<TriggerError> for FunctionError {
    fn from(error: TriggerError) -> Self {
        Self { name: error.cause().name(), text: error.to_string() }
    }
}

impl From<FunctionError> for Diagnostic {
    fn from(error: FunctionError) -> Self {
        Self { error_type: error.name.to_owned(), error_message: error.text }
    }
}

/// Waits for what is to be `ready` before the first event, then reads events, hands them to `answer`, and gives back what it returns.
///
/// # Errors
/// [`StartError`] when this is not Lambda, or the Runtime API breaks off.
pub async fn serve<Request, Response, Answer>(
    ready: impl Future<Output = ()>,
    answer: impl Fn(Event<Request, Response>) -> Answer,
) -> Result<(), StartError>
where
    Request: Serialize + DeserializeOwned + Default,
    Response: Serialize + Default + Decision,
    Answer: Future<Output = Result<Event<Request, Response>, FunctionError>>,
{
    // The runtime would panic without them.
    for name in ["AWS_LAMBDA_RUNTIME_API", "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_VERSION"] {
        super::variable(name).ok_or(StartError::NotInLambda(name))?;
    }
    let memory = "AWS_LAMBDA_FUNCTION_MEMORY_SIZE";
    super::variable(memory).and_then(|size| size.parse::<i32>().ok()).ok_or(StartError::NotInLambda(memory))?;

    ready.await;
    let answer = &answer;
    // Events are read here and not by the runtime: its error would quote what it could not read.
    let service = service_fn(|invocation: LambdaEvent<Value>| async move {
        let request_id = invocation.context.request_id;
        let event = Event::deserialize_from(invocation.payload);
        let event = event.inspect_err(|_| tracing::error!(%request_id, "the event is not one of this trigger"))?;
        let (trigger_source, user_pool_id) = (shown(&event.trigger_source), shown(&event.user_pool_id));
        let client_id = shown(&event.caller_context.client_id);
        let answered = answer(event).await;
        match &answered {
            Ok(event) => {
                let decision = event.response.decision();
                tracing::info!(%request_id, trigger_source, user_pool_id, client_id, decision, "answered");
            }
            Err(error) => {
                tracing::error!(%request_id, trigger_source, user_pool_id, client_id, cause = error.name, "not answered");
            }
        }
        answered
    });
    lambda_runtime::run(service).await.map_err(StartError::Runtime)
}

impl<Request: DeserializeOwned + Default, Response: Default> Event<Request, Response> {
    fn deserialize_from(payload: Value) -> Result<Self, FunctionError> {
        let unreadable = |_| FunctionError { name: "InvalidEvent", text: "The event is not one of this trigger".to_owned() };
        serde_json::from_value(payload).map_err(unreadable)
    }
}

/// Names are short; what is not is nobody's name.
fn shown(name: &str) -> String {
    name.chars().take(64).collect()
}
