//! The words of mails and text messages, by a function behind something that plays Lambda's API

use local_pool::seed::{PASSWORD, PHONE_NUMBER};
use serde_json::{Value, json};

use crate::{
    client::{Client, Reply},
    lambda::{Answer, Lambda},
};

/// What the function answers from now on.
fn say(lambda: &Lambda, response: Value) {
    lambda.answer("custom-message", Answer::Body(json!({"response": response}).to_string()));
}

async fn sign_up(client: &Client, email: &str) -> Reply {
    let body = json!({"ClientId": client.client_id, "Username": email, "Password": PASSWORD, "ClientMetadata": {"locale": "ja"}});
    client.call("SignUp", body).await
}

#[tokio::test]
async fn a_function_words_the_mails_of_the_pool() {
    let lambda = Lambda::default();
    let client = lambda.client().await;
    let answer = |response| say(&lambda, response);
    answer(json!({"emailSubject": "Hi", "emailMessage": "<b>{####}</b>, again: {####}", "smsMessage": null}));
    sign_up(&client, "new@example.com").await.ok();
    let event = lambda.newest("custom-message");
    assert_eq!((&event["triggerSource"], &event["request"]["codeParameter"]), (&json!("CustomMessage_SignUp"), &json!("{####}")));
    assert_eq!(event["request"]["clientMetadata"], json!({"locale": "ja"}));
    assert_eq!(event["request"]["userAttributes"]["cognito:user_status"], "UNCONFIRMED");
    let code = client.pool.newest_code("new@example.com").unwrap();
    let mail = client.get("/local/inbox").await.ok()[0].clone();
    assert_eq!((&mail["subject"], &mail["html"]), (&json!("Hi"), &json!(format!("<b>{code}</b>, again: {code}"))));
    assert_eq!(mail["body"], format!("{code}, again: {code}\n"));

    // What it leaves empty, and what is too long, is said in the pool's own words.
    for response in [
        json!({}),
        json!({"emailSubject": "", "emailMessage": ""}),
        json!({"emailSubject": "x".repeat(141), "emailMessage": format!("{{####}}{}", "x".repeat(19_995))}),
    ] {
        answer(response);
        let email = format!("new{}@example.com", lambda.count("custom-message"));
        sign_up(&client, &email).await.ok();
        let mail = client.get("/local/inbox").await.ok()[0].clone();
        assert_eq!((&mail["subject"], &mail["html"]), (&json!("Your verification code"), &Value::Null));
        assert!(mail["body"].as_str().unwrap().starts_with("Your confirmation code is "));
    }
    answer(json!({"emailSubject": "x".repeat(140), "emailMessage": format!("{{####}}{}", "x".repeat(19_994))}));
    sign_up(&client, "long@example.com").await.ok();
    assert_eq!(client.get("/local/inbox").await.ok()[0]["subject"], "x".repeat(140));
}

#[tokio::test]
async fn a_message_without_a_place_for_the_code_is_refused() {
    let lambda = Lambda::default();
    let client = lambda.client().await;
    say(&lambda, json!({"emailMessage": "Hello"}));
    let error = sign_up(&client, "new@example.com").await.error();
    let expected = "InvalidParameter: 1 validation error detected: Value 'Hello' at 'emailBody' failed to satisfy constraint";
    assert!(error.starts_with(expected), "{error}");
    assert_eq!(client.pool.newest_code("new@example.com"), None);
    lambda.answer("custom-message", Answer::Error(json!({"errorMessage": "no words"})));
    let error = sign_up(&client, "other@example.com").await.error();
    assert_eq!(error, "UserLambdaValidation: CustomMessage failed with error no words.");
    // The user is there, and can ask for another mail.
    lambda.answers.lock().unwrap().clear();
    let body = json!({"ClientId": client.client_id, "Username": "other@example.com"});
    client.call("ResendConfirmationCode", body).await.ok();
    assert_eq!(lambda.newest("custom-message")["triggerSource"], "CustomMessage_ResendCode");
    assert!(client.pool.newest_code("other@example.com").is_some());
}

async fn sms_sign_in(client: &Client) -> Reply {
    let challenge = client.begin("USER_SRP_AUTH", "sms@example.com").await;
    let mut answer = client.proof(&challenge, PASSWORD, &client.timestamp());
    answer["ClientMetadata"] = json!({"locale": "ja"});
    client.respond(&answer).await
}

#[tokio::test]
async fn a_function_words_the_text_message_of_a_sign_in() {
    let lambda = Lambda::default();
    let client = lambda.client().await;
    let sent = async || {
        sms_sign_in(&client).await.ok();
        let message = client.get("/local/inbox").await.ok()[0].clone();
        (message["body"].as_str().unwrap().to_owned(), client.pool.newest_code(PHONE_NUMBER).unwrap())
    };
    say(&lambda, json!({"smsMessage": "{####}, that is: {####}", "emailMessage": "no place for a code"}));
    let (body, code) = sent().await;
    assert_eq!(body, format!("{code}, that is: {code}"));
    let event = lambda.newest("custom-message");
    let request = &event["request"];
    assert_eq!(event["triggerSource"], "CustomMessage_Authentication");
    assert_eq!((&request["codeParameter"], &request["clientMetadata"]), (&json!("{####}"), &json!({"locale": "ja"})));
    assert_eq!(request["userAttributes"]["phone_number"], PHONE_NUMBER);

    // What it leaves empty, and what is too long, is said in the pool's own words.
    for text in [Value::Null, json!(""), json!(format!("{{####}}{}", "x".repeat(135)))] {
        say(&lambda, json!({"smsMessage": text}));
        let (body, code) = sent().await;
        assert_eq!(body, format!("Your authentication code is {code}. "));
    }
    say(&lambda, json!({"smsMessage": format!("{{####}}{}", "x".repeat(134))}));
    assert!(sent().await.0.ends_with("xxx"));
}

#[tokio::test]
async fn without_a_text_message_there_is_no_challenge() {
    let lambda = Lambda::default();
    let client = lambda.client().await;
    say(&lambda, json!({"smsMessage": "Hello"}));
    let error = sms_sign_in(&client).await.error();
    let expected = "InvalidParameter: 1 validation error detected: Value 'Hello' at 'smsMessage' failed to satisfy constraint";
    assert!(error.starts_with(expected), "{error}");
    lambda.answer("custom-message", Answer::Error(json!({"errorMessage": "no words"})));
    let error = sms_sign_in(&client).await.error();
    assert_eq!(error, "UserLambdaValidation: CustomMessage failed with error no words.");
    assert_eq!(client.pool.newest_code(PHONE_NUMBER), None);
}
