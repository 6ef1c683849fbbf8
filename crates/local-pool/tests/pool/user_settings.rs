//! `SetUserSettings` and `UpdateAuthEventFeedback`

use local_pool::seed;
use serde_json::{Value, json};

use crate::client::{Client, Reply, Tokens};

async fn set(client: &Client, tokens: &Tokens, options: Value) -> Reply {
    client.call("SetUserSettings", json!({"AccessToken": tokens.access(), "MFAOptions": options})).await
}

async fn factors(client: &Client, tokens: &Tokens) -> Value {
    client.call("GetUser", json!({"AccessToken": tokens.access()})).await.ok()["UserMFASettingList"].clone()
}

#[tokio::test]
async fn the_old_setting_turns_text_messages_on_and_off() {
    let client = Client::with(|builder| {
        builder.with_seed(|seed| {
            let user = seed.users.iter_mut().find(|user| user.email == "srp@example.com").unwrap();
            user.phone_number = Some("+15550100199".to_owned());
        })
    });
    let tokens = client.tokens("srp@example.com").await;
    assert_eq!(factors(&client, &tokens).await, Value::Null);
    let sms = json!([{"DeliveryMedium": "SMS", "AttributeName": "phone_number"}]);
    assert_eq!(set(&client, &tokens, sms.clone()).await.ok(), json!({}));
    assert_eq!(factors(&client, &tokens).await, json!(["SMS_MFA"]));
    for other in [
        json!([{"DeliveryMedium": "EMAIL", "AttributeName": "email"}]),
        json!([{"DeliveryMedium": "SMS", "AttributeName": "email"}]),
        json!([{"DeliveryMedium": "SMS"}]),
        json!([{}]),
    ] {
        let refused = set(&client, &tokens, other).await.error();
        assert!(refused.starts_with("InvalidParameter: MFAOptions takes "), "{refused}");
    }
    assert_eq!(factors(&client, &tokens).await, json!(["SMS_MFA"]));
    assert_eq!(set(&client, &tokens, json!([])).await.ok(), json!({}));
    assert_eq!(factors(&client, &tokens).await, Value::Null);
}

#[tokio::test]
async fn the_old_setting_needs_a_number() {
    let client = Client::new();
    let tokens = client.tokens("srp@example.com").await;
    let sms = json!([{"DeliveryMedium": "SMS", "AttributeName": "phone_number"}]);
    let refused = "InvalidParameter: User does not have delivery config set to turn on SMS_MFA";
    assert_eq!(set(&client, &tokens, sms).await.error(), refused);
}

#[tokio::test]
async fn feedback_needs_threat_protection() {
    let client = Client::new();
    let feedback = |pool: &str, value: &str| json!({"UserPoolId": pool, "Username": "srp@example.com", "EventId": "e-1", "FeedbackToken": "t", "FeedbackValue": value});
    let call = async |body: Value| client.call("UpdateAuthEventFeedback", body).await.error();
    assert_eq!(
        call(feedback(seed::LOCAL_POOL, "Valid")).await,
        "UserPoolAddOnNotEnabled: User pool does not have threat protection enabled"
    );
    assert_eq!(
        call(feedback("us-east-1_Nowhere", "Invalid")).await,
        "ResourceNotFound: User pool us-east-1_Nowhere does not exist."
    );
    assert_eq!(
        call(feedback(seed::LOCAL_POOL, "valid")).await,
        "InvalidParameter: 1 validation error detected: Value 'valid' at 'feedbackValue' failed to satisfy constraint: Member must \
         satisfy enum value set: [Valid, Invalid]"
    );
}
