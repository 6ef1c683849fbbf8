//! Settings in a file as docs/local-pool.md, the reference, has them

use local_pool::{Format, Pool, seed};
use serde_json::Value;

use crate::client::Client;

/// The seeded users with an authenticator app.
const WITH_APP: [(&str, &str); 4] = [
    ("us-east-1_LocalPool", "totp@example.com"),
    ("us-east-1_LocalPool", "choose@example.com"),
    ("us-east-1_LocalDevice", "device@example.com"),
    ("us-east-1_LocalDeviceAlways", "device-always@example.com"),
];

/// What the seed looks like in a file, which is what the reference describes.
#[tokio::test]
async fn the_seed_can_be_said_in_a_file() {
    let client = Client::new();
    let mut settings: Value = client.get("/local/settings").await.ok();
    // Passwords and secrets are not told, so they are put in again.
    let pools = settings["pools"].as_object_mut().unwrap();
    pools["us-east-1_LocalPool"]["clients"][seed::SECRET_CLIENT]["clientSecret"] = seed::CLIENT_SECRET.into();
    for (pool, user) in WITH_APP {
        pools[pool]["users"][user]["totpSecret"] = seed::TOTP_SECRET.into();
    }
    let from_file = Pool::builder().with_config(&settings.to_string(), Format::Json).unwrap_or_else(|error| panic!("{error}"));
    let again = Client { app: local_pool::app(from_file.build()), ..client };
    let mut expected = settings;
    let pools = expected["pools"].as_object_mut().unwrap();
    pools["us-east-1_LocalPool"]["clients"][seed::SECRET_CLIENT].as_object_mut().unwrap().remove("clientSecret");
    for (pool, user) in WITH_APP {
        pools[pool]["users"][user].as_object_mut().unwrap().remove("totpSecret");
    }
    assert_eq!(again.get("/local/settings").await.ok(), expected);
}

/// The examples of the reference; the first two are whole.
#[test]
fn the_examples_of_the_reference_start_a_pool() {
    let text = include_str!("../../../../docs/local-pool.md");
    let examples: Vec<&str> = text.split("<!-- example: ").skip(1).collect();
    assert_eq!(examples.len(), 4);
    for example in examples {
        let name = example.split(" -->").next().unwrap();
        let block = example.split("```").nth(1).unwrap();
        let (language, settings) = block.split_once('\n').unwrap();
        let format = match language {
            "toml" => Format::Toml,
            "json" => Format::Json,
            other => panic!("{other}"),
        };
        assert!(name.ends_with(language));
        let pool = Pool::builder().with_config(settings, format).unwrap_or_else(|error| panic!("{name}: {error}")).build();
        assert!(!pool.seed().clients.is_empty());
    }
}

/// Whatever can be set stands in the reference, in the row of its table.
#[tokio::test]
async fn the_reference_names_every_setting() {
    let text = include_str!("../../../../docs/local-pool.md");
    let client = Client::new();
    let unknown = r#"{"x": 1, "pools": {"us-east-1_A": {"y": 1, "clients": {"a": {"y": 1}}, "identityProviders": {"Google": {"y": 1}}, "users": {"a@example.com": {"y": 1}}}}}"#;
    let error = Pool::builder().with_config(unknown, Format::Json).unwrap_err();
    assert_eq!(error.mistakes().len(), 5, "{error}");
    for mistake in error.mistakes() {
        let (_, names) = mistake.split_once("there is no such setting here; there are ").unwrap();
        for name in names.split(", ") {
            assert!(text.contains(&format!("\n| `{name}` |")), "{name}");
        }
    }
    for name in
        client.get("/local/settings").await.ok()["pools"]["us-east-1_LocalPool"]["passwordPolicy"].as_object().unwrap().keys()
    {
        assert!(text.contains(&format!("`{name}`")), "{name}");
    }
}
