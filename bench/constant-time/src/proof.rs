//! The proof of a password as the widget computes it, got from the machine by a sign-in.

use std::collections::VecDeque;

use cognito_protocol::Secret;
use cognito_protocol::flow::{
    Answers, Effect, Event, Job, Outcome, Page, Person, Purpose, RememberDevice, Screen, Settings, SignInFlow, State,
    UsernameKind, field, step,
};
use cognito_protocol::idp::{Json, StringMap};

use crate::failure::Failure;
use crate::numbers::{Numbers, POOL_NAME, SALT_HEX, USER};

/// What the widget computes after the submit.
pub(crate) fn prove_password(numbers: &Numbers) -> Result<Job, Failure> {
    let mut state = State::new(settings());
    let typed = [(field::USERNAME, USER.into()), (field::PASSWORD, Secret::from(numbers.password()))];
    let submitted = Person::Submitted(Answers::of(typed));
    let mut events = VecDeque::from([Event::from(Page::Started { stored: None }), submitted.into()]);
    while let Some(event) = events.pop_front() {
        let next = step(state, 0, event);
        state = next.state;
        for effect in next.effects {
            match effect {
                Effect::Derive { id, job: Job::MakePublicValue } => {
                    let derived = Job::MakePublicValue.run(|bytes| bytes.copy_from_slice(&numbers.a_bytes));
                    events.push_back(Outcome::Derived { id, derived }.into());
                }
                Effect::Derive { job, .. } => return Ok(job),
                Effect::Call { id, .. } => {
                    events.push_back(Outcome::Replied { id, reply: Ok(challenge(numbers)), service_millis: None }.into());
                }
                Effect::FindDevice { id, .. } => events.push_back(Outcome::DeviceFound { id, device: None }.into()),
                // The page and its stores, of which a proof needs nothing.
                _ => {}
            }
        }
    }
    Err(Failure::NoProof)
}

/// The service's answer to a name and `A`.
fn challenge(numbers: &Numbers) -> Json {
    let text = |name: &str, text: &str| (name.to_owned(), Json::Text(text.into()));
    let parameters = vec![
        text("SALT", SALT_HEX),
        text("SRP_B", numbers.srp_b_hex()),
        text("SECRET_BLOCK", "c2VjcmV0IGJsb2Nr"),
        text("USER_ID_FOR_SRP", USER),
    ];
    Json::Object(vec![text("ChallengeName", "PASSWORD_VERIFIER"), ("ChallengeParameters".to_owned(), Json::Object(parameters))])
}

fn settings() -> Settings {
    Settings {
        client_id: "client".to_owned(),
        user_pool_id: format!("us-east-1_{POOL_NAME}"),
        pool_name: POOL_NAME.to_owned(),
        is_endpoint_replaced: false,
        read_claims: |_| None,
        client_has_secret: false,
        sign_in_flow: SignInFlow::Srp,
        preferred_challenge: None,
        last_factor: None,
        has_passkeys: false,
        purpose: Purpose::SignIn,
        session_millis: 180_000,
        totp_issuer: String::new(),
        totp_label: None,
        sign_in_name: String::new(),
        username_kind: UsernameKind::Username,
        first_screen: Screen::SignIn,
        offers_sign_up: false,
        sign_up_attributes: Vec::new(),
        remember_device: RememberDevice::Never,
        device_name: String::new(),
        client_metadata: StringMap::default(),
        federation: None,
    }
}
