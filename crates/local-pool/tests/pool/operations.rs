//! The operations that need no AWS credentials, and what the documentation says of each.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::json;

use crate::client::Client;

/// All of them, as the service's model marks them (`authtype` is `none`).
pub const ALL: [&str; 34] = [
    "AssociateSoftwareToken",
    "ChangePassword",
    "CompleteWebAuthnRegistration",
    "ConfirmDevice",
    "ConfirmForgotPassword",
    "ConfirmSignUp",
    "DeleteUser",
    "DeleteUserAttributes",
    "DeleteWebAuthnCredential",
    "ForgetDevice",
    "ForgotPassword",
    "GetDevice",
    "GetTokensFromRefreshToken",
    "GetUser",
    "GetUserAttributeVerificationCode",
    "GetUserAuthFactors",
    "GlobalSignOut",
    "InitiateAuth",
    "ListDevices",
    "ListUserSessions",
    "ListWebAuthnCredentials",
    "ResendConfirmationCode",
    "RespondToAuthChallenge",
    "RevokeToken",
    "RevokeUserSession",
    "SetUserMFAPreference",
    "SetUserSettings",
    "SignUp",
    "StartWebAuthnRegistration",
    "UpdateAuthEventFeedback",
    "UpdateDeviceStatus",
    "UpdateUserAttributes",
    "VerifySoftwareToken",
    "VerifyUserAttribute",
];

/// Whether the pool has an operation.
pub async fn is_there(client: &Client, operation: &str) -> bool {
    let reply = client.call(operation, json!({})).await;
    reply.body["__type"] != "UnknownOperationException"
}

/// A row of the table in docs/local-pool.md.
struct Row {
    operation: String,
    state: String,
    /// Paths of tests, from the root.
    tests: Vec<String>,
}

fn rows() -> Vec<Row> {
    let docs = fs::read_to_string(root().join("docs/local-pool.md")).unwrap();
    let table = docs.split("## The operations").nth(1).expect("a section for the operations");
    let table = table.split("\n## ").next().unwrap();
    let rows = table.lines().filter(|line| line.starts_with("| `"));
    rows.map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [operation, state, ours, theirs] = cells[..] else { panic!("{line}") };
        let links = [ours, theirs].into_iter().flat_map(|cell| cell.split("](../").skip(1));
        Row {
            operation: operation.trim_matches('`').to_owned(),
            state: state.to_owned(),
            tests: links.map(|link| link.split(')').next().unwrap().to_owned()).collect(),
        }
    })
    .collect()
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

#[test]
fn the_table_has_each_operation_once() {
    let names: Vec<String> = rows().into_iter().map(|row| row.operation).collect();
    assert_eq!(names, ALL, "docs/local-pool.md, \"The operations\": a row each, in this order");
}

#[tokio::test]
async fn the_table_says_done_of_what_the_pool_has_and_of_nothing_else() {
    let client = Client::new();
    for row in rows() {
        let expected = if is_there(&client, &row.operation).await { "done" } else { "not yet" };
        assert_eq!(row.state, expected, "{}: docs/local-pool.md says \"{}\"", row.operation, row.state);
    }
    assert!(!is_there(&client, "AdminGetUser").await);
    assert!(!is_there(&client, "getUser").await);
}

/// A test here, and one by a client that is not ours; each names the operation, in the manner of its language.
#[test]
fn the_table_names_tests_that_call_the_operation() {
    for row in rows().iter().filter(|row| row.state == "done") {
        let operation = row.operation.as_str();
        let folders: BTreeSet<&str> =
            row.tests.iter().filter_map(|path| path.rsplit_once('/')).map(|(folder, _)| folder).collect();
        assert_eq!(folders, BTreeSet::from(["crates/local-pool/tests/pool", "tests/interop"]), "{operation}");
        for path in &row.tests {
            let text = fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{operation}: {path}: {error}"));
            let spellings = [operation.to_owned(), snake_case(operation), camel_case(operation)];
            assert!(spellings.iter().any(|name| text.contains(name)), "{path} does not call {operation}");
        }
    }
}

/// `SetUserMFAPreference` → `set_user_mfa_preference`, as boto3 has it.
fn snake_case(operation: &str) -> String {
    let chars: Vec<char> = operation.chars().collect();
    let mut name = String::new();
    for (at, char) in chars.iter().enumerate() {
        let begins_word = char.is_uppercase()
            && at > 0
            && (chars[at - 1].is_lowercase() || chars.get(at + 1).is_some_and(|next| next.is_lowercase()));
        if begins_word {
            name.push('_');
        }
        name.push(char.to_ascii_lowercase());
    }
    name
}

/// `DeleteUser` → `deleteUser`, as Amplify has it.
fn camel_case(operation: &str) -> String {
    operation[..1].to_lowercase() + &operation[1..]
}

#[test]
fn names_in_other_languages() {
    assert_eq!(snake_case("SetUserMFAPreference"), "set_user_mfa_preference");
    assert_eq!(snake_case("ListWebAuthnCredentials"), "list_web_authn_credentials");
    assert_eq!(camel_case("DeleteUser"), "deleteUser");
}
