//! `ConfirmDevice`, `GetDevice`, `ListDevices`, `UpdateDeviceStatus` and `ForgetDevice`.

use base64ct::{Base64, Encoding};
use serde_json::{Value, json};

use crate::{
    client::{Client, USER, claims},
    device_client::{
        Device, NO_DEVICE, always, call, confirm, confirmation, new_device, new_device_of_app_user, opt_in, password_with,
        remember,
    },
};

#[tokio::test]
async fn a_pool_without_tracking_has_no_devices() {
    let client = Client::new();
    let tokens = client.tokens(USER).await;
    assert!(tokens.0.get("NewDeviceMetadata").is_none());
    assert!(claims(tokens.access()).get("device_key").is_none());
    let device = Device {
        key: "us-east-1_0a".into(),
        group_key: "-x".into(),
        access_token: tokens.access().into(),
        refresh_token: String::new(),
    };
    let off = "InvalidUserPoolConfiguration: Device tracking is not enabled for this user pool.";
    assert_eq!(client.call("ConfirmDevice", confirmation(&device)).await.error(), off);
    assert_eq!(client.call("ListDevices", json!({"AccessToken": device.access_token})).await.error(), off);
    for operation in ["GetDevice", "ForgetDevice"] {
        assert_eq!(call(&client, operation, &device).await.error(), off);
    }
    // There, nothing is asked of a key that somebody sends.
    let reply = password_with(&client, "USER_SRP_AUTH", USER, "us-east-1_0a").await.ok();
    assert!(reply["AuthenticationResult"]["AccessToken"].is_string());
}

#[tokio::test]
async fn a_new_device_gets_a_key_in_the_forms_of_the_service() {
    let client = opt_in();
    let device = new_device(&client).await;
    let uuid = device.key.strip_prefix("us-east-1_").unwrap();
    assert!(uuid.len() == 36 && uuid.chars().all(|char| char.is_ascii_hexdigit() || char == '-'), "{uuid}");
    assert!(device.group_key.len() == 9 && device.group_key.starts_with('-'), "{}", device.group_key);
    assert_eq!(claims(&device.access_token)["device_key"], device.key.as_str());
    assert_ne!(device.key, new_device(&client).await.key);
}

#[tokio::test]
async fn a_confirmed_device_is_remembered_as_the_pool_says() {
    for (client, is_asked, status) in [(opt_in(), true, "not_remembered"), (always(), false, "remembered")] {
        let device = new_device(&client).await;
        assert_eq!(confirm(&client, &device).await, json!({"UserConfirmationNecessary": is_asked}));
        let shown = call(&client, "GetDevice", &device).await.ok()["Device"].clone();
        let attribute = |name: &str| {
            let attributes = shown["DeviceAttributes"].as_array().unwrap();
            attributes.iter().find(|attribute| attribute["Name"] == name).map(|attribute| attribute["Value"].clone())
        };
        assert_eq!(shown["DeviceKey"], device.key.as_str());
        assert_eq!(attribute("device_name"), Some(json!("Firefox on a test")));
        assert_eq!(attribute("device_status"), Some(json!("valid")));
        assert_eq!(attribute("dev:device_remembered_status"), Some(json!(status)));
        assert_eq!(shown["DeviceCreateDate"], json!(1_757_408_703));
        remember(&client, &device, "remembered").await;
        remember(&client, &device, "not_remembered").await;
    }
}

#[tokio::test]
async fn a_device_is_confirmed_once() {
    let client = opt_in();
    let device = new_device(&client).await;
    confirm(&client, &device).await;
    assert_eq!(client.call("ConfirmDevice", confirmation(&device)).await.error(), "DeviceKeyExists: Device already exists.");
}

#[tokio::test]
async fn any_positive_verifier_is_taken_and_no_negative_one() {
    let client = opt_in();
    let device = new_device(&client).await;
    let negative = Base64::encode_string(&[0x80; 384]);
    for (member, bad) in [("PasswordVerifier", negative.as_str()), ("Salt", &negative), ("Salt", "no base64!"), ("Salt", "")] {
        let mut body = confirmation(&device);
        body["DeviceSecretVerifierConfig"][member] = json!(bad);
        let refused = client.call("ConfirmDevice", body).await.error();
        assert_eq!(refused, "InvalidParameter: the device's verifier or its salt is unusable", "{member} {bad}");
    }
    for member in ["PasswordVerifier", "Salt"] {
        let mut body = confirmation(&device);
        body["DeviceSecretVerifierConfig"].as_object_mut().unwrap().remove(member);
        assert_eq!(
            client.call("ConfirmDevice", body).await.error(),
            format!("InvalidParameter: Missing required parameter {member}")
        );
    }
    let mut body = confirmation(&device);
    body["DeviceSecretVerifierConfig"]["Verifier"] = json!("AA==");
    assert_eq!(client.call("ConfirmDevice", body).await.error(), "Serialization: Unknown member Verifier");
    // It is not checked whose verifier it is.
    let mut body = confirmation(&device);
    body["DeviceSecretVerifierConfig"]["PasswordVerifier"] = json!("Ag==");
    client.call("ConfirmDevice", body).await.ok();
}

#[tokio::test]
async fn keys_names_and_limits_are_checked() {
    let client = opt_in();
    let device = new_device(&client).await;
    let pattern = "InvalidParameter: 1 validation error detected: Value at 'deviceKey' failed to satisfy constraint: \
                   Member must satisfy regular expression pattern: [\\w-]+_[0-9a-f-]+";
    for key in ["nokey", "_0", "us-east-1_x", "us-east-1_"] {
        let body = json!({"AccessToken": device.access_token, "DeviceKey": key});
        assert_eq!(client.call("GetDevice", body).await.error(), pattern, "{key}");
    }
    let mut body = confirmation(&device);
    body["DeviceName"] = json!("x".repeat(1025));
    assert!(client.call("ConfirmDevice", body).await.error().contains("'deviceName'"));
    let list = json!({"AccessToken": device.access_token, "Limit": 61});
    assert!(client.call("ListDevices", list).await.error().contains("less than or equal to 60"));
    let status = json!({"AccessToken": device.access_token, "DeviceKey": device.key, "DeviceRememberedStatus": "yes"});
    assert!(client.call("UpdateDeviceStatus", status).await.error().contains("[not_remembered, remembered]"));
    assert_eq!(
        client.call("ForgetDevice", json!({"DeviceKey": device.key})).await.error(),
        "NotAuthorized: Invalid Access Token"
    );
}

#[tokio::test]
async fn a_device_that_is_not_confirmed_or_not_the_users_does_not_exist() {
    let client = opt_in();
    let device = new_device(&client).await;
    let others = new_device_of_app_user(&client).await;
    confirm(&client, &others).await;
    for key in [&device.key, &others.key] {
        let device = Device { key: key.clone(), ..new_device(&client).await };
        for operation in ["GetDevice", "ForgetDevice"] {
            assert_eq!(call(&client, operation, &device).await.error(), NO_DEVICE, "{operation}");
        }
        let status = json!({"AccessToken": device.access_token, "DeviceKey": key, "DeviceRememberedStatus": "remembered"});
        assert_eq!(client.call("UpdateDeviceStatus", status).await.error(), NO_DEVICE);
    }
    let stolen = Device { access_token: device.access_token.clone(), ..others };
    assert_eq!(client.call("ConfirmDevice", confirmation(&stolen)).await.error(), NO_DEVICE);
    assert_eq!(client.call("ListDevices", json!({"AccessToken": device.access_token})).await.ok(), json!({"Devices": []}));
}

#[tokio::test]
async fn devices_are_listed_in_pages() {
    let client = opt_in();
    let mut keys = Vec::new();
    let mut access_token = String::new();
    for _ in 0..3 {
        let device = new_device(&client).await;
        confirm(&client, &device).await;
        access_token.clone_from(&device.access_token);
        keys.push(device.key);
    }
    let key_of = |device: &Value| device["DeviceKey"].as_str().unwrap().to_owned();
    let mut listed = Vec::new();
    let mut body = json!({"AccessToken": access_token, "Limit": 2});
    loop {
        let page = client.call("ListDevices", body.clone()).await.ok();
        let devices: Vec<String> = page["Devices"].as_array().unwrap().iter().map(key_of).collect();
        assert!(devices.len() <= 2);
        listed.extend(devices);
        match page.get("PaginationToken") {
            Some(token) => body["PaginationToken"] = token.clone(),
            None => break,
        }
    }
    assert_eq!(listed, keys);
    body["PaginationToken"] = json!("invented");
    assert!(client.call("ListDevices", body).await.error().starts_with("InvalidParameter: "));
    let whole = client.call("ListDevices", json!({"AccessToken": access_token, "Limit": 0})).await.ok();
    assert_eq!(whole["Devices"].as_array().unwrap().len(), 3);
    assert!(whole.get("PaginationToken").is_none());
}
