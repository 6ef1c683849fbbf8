//! Codes that verify an address or a phone number of somebody who is signed in.

use cognito_protocol::idp::{CodeDeliveryDetails, StringMap};

use super::{
    custom_message::{self, Reason},
    destination::Destination,
};
use crate::{
    clock::millis,
    config::AppClient,
    cx::Cx,
    error::ApiError,
    inbox::Delivery,
    random,
    state::{SentCode, UserId, Verification},
};

/// A code that is ready to be sent.
pub(super) struct Prepared {
    attribute_name: &'static str,
    details: CodeDeliveryDetails,
    verification: Verification,
    message: Delivery,
}

impl Prepared {
    pub fn attribute_name(&self) -> &'static str {
        self.attribute_name
    }

    /// Whether the new value waits for the code.
    pub fn waits(&self) -> bool {
        self.verification.new_value.is_some()
    }
}

/// Makes the code and its message. Nothing changes before [`send`]: the trigger may fail.
pub(super) fn prepare(
    cx: &mut Cx<'_>,
    user: &UserId,
    client: &AppClient,
    reason: Reason,
    destination: Destination,
    new_value: Option<String>,
    client_metadata: &StringMap,
) -> Result<Prepared, ApiError> {
    let (attribute_name, details) = (destination.attribute().name(), destination.details());
    let code = random::six_digits()?;
    let message = custom_message::message(cx, user, &client.id, reason, destination, client_metadata, &code)?;
    let expires_millis = cx.now_millis + millis(cx.settings().sign_up_code_validity);
    let verification = Verification { sent: SentCode { code: Some(code.into()), expires_millis }, new_value };
    Ok(Prepared { attribute_name, details, verification, message })
}

/// Sends the code; an earlier one for the same attribute counts no more.
pub(super) fn send(cx: &mut Cx<'_>, user: &UserId, prepared: Prepared) -> CodeDeliveryDetails {
    if let Some(user) = cx.state.user_mut(user) {
        user.verifications.insert(prepared.attribute_name, prepared.verification);
        cx.shared.inbox().deliver(cx.now_millis, prepared.message);
    }
    prepared.details
}
