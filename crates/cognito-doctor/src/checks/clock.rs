//! Whether this machine's clock is right.

use cognito_protocol::fault::{Fault, clock};

use crate::{report::Finding, web::Reply};

pub(super) fn check(reply: &Reply) -> Vec<Finding> {
    let Some(service_millis) = reply.date_millis() else {
        return vec![Finding::Note("The endpoint tells no time, so no clock was compared.".to_owned())];
    };
    let (asked_millis, answered_millis) = reply.between_millis;
    vec![match clock::difference(service_millis, asked_millis, answered_millis) {
        Some(difference) => Finding::Fault(Fault::DeviceClockOff, difference),
        None => Finding::Right("This machine's clock is that of the service.".to_owned()),
    }]
}
