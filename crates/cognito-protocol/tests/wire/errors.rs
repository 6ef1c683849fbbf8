//! Errors.

use cognito_protocol::idp::{ErrorCode, Json, ServiceError};
use serde_json::{Value, json};

fn error(header: Option<&str>, body: Value) -> ServiceError {
    ServiceError::of_reply(400, header, Some(Json::from(body)))
}

#[test]
fn an_error_as_the_service_sends_it() {
    let body = json!({ "__type": "NotAuthorizedException", "message": "Incorrect username or password." });
    let expected =
        ServiceError { code: ErrorCode::NotAuthorized, message: "Incorrect username or password.".to_owned(), status: 400 };
    assert_eq!(error(Some("NotAuthorizedException:"), body.clone()), expected);
    assert_eq!(error(None, body), expected);
}

#[test]
fn the_header_goes_before_code_and_code_before_type() {
    let body = json!({ "code": "ExpiredCodeException", "__type": "CodeMismatchException" });
    assert_eq!(error(Some("NotAuthorizedException"), body.clone()).code, ErrorCode::NotAuthorized);
    assert_eq!(error(Some(""), body.clone()).code, ErrorCode::ExpiredCode);
    assert_eq!(error(None, body).code, ErrorCode::ExpiredCode);
    let null = json!({ "code": null, "__type": "CodeMismatchException" });
    assert_eq!(error(None, null).code, ErrorCode::CodeMismatch);
    // A number is no name; some proxies repeat the status here.
    let number = json!({ "code": 400, "__type": "CodeMismatchException" });
    assert_eq!(error(None, number).code, ErrorCode::CodeMismatch);
}

#[test]
fn names_are_cut_out_of_their_decoration() {
    for text in [
        "CodeMismatchException",
        "CodeMismatchException:",
        "CodeMismatchException:http://internal.amazon.com/coral/com.amazon.coral.service/",
        "CodeMismatchException,",
        "CodeMismatchException,something:else",
        "com.amazonaws.cognito#CodeMismatchException",
        "com.amazonaws.cognito#CodeMismatchException:http://x#y",
        "a#b#CodeMismatchException",
    ] {
        assert_eq!(error(Some(text), json!({})).code, ErrorCode::CodeMismatch, "header {text}");
        assert_eq!(error(None, json!({ "__type": text })).code, ErrorCode::CodeMismatch, "__type {text}");
        assert_eq!(error(None, json!({ "code": text })).code, ErrorCode::CodeMismatch, "code {text}");
    }
}

#[test]
fn the_message_has_two_spellings() {
    assert_eq!(error(None, json!({ "message": "a", "Message": "b" })).message, "a");
    assert_eq!(error(None, json!({ "Message": "b" })).message, "b");
    assert_eq!(error(None, json!({ "message": null, "Message": "b" })).message, "b");
    assert_eq!(error(None, json!({ "message": 7 })).message, "");
    assert_eq!(error(None, json!({})).message, "");
}

#[test]
fn what_is_no_json_or_no_object_is_an_error_without_a_name() {
    let nameless = ServiceError { code: ErrorCode::Other(String::new()), message: String::new(), status: 502 };
    assert_eq!(ServiceError::of_reply(502, None, None), nameless);
    for body in [json!(null), json!("oops"), json!(["__type"]), json!(7)] {
        assert_eq!(ServiceError::of_reply(502, None, Some(Json::from(body))), nameless);
    }
    assert_eq!(ServiceError::of_reply(400, Some("ForbiddenException:"), None).code, ErrorCode::Forbidden);
}

#[test]
fn unknown_errors_keep_their_name() {
    let unknown = error(None, json!({ "__type": "BrandNewException", "reasonCode": "x" }));
    assert_eq!(unknown.code, ErrorCode::Other("BrandNewException".to_owned()));
    assert_eq!(unknown.code.as_str(), "BrandNewException");
}
