//! The environment variables that Lambda sets for a function's process.
//!
//! Source: "Working with Lambda environment variables", defined runtime environment variables. Left out is what has no meaning
//! here, and `LD_LIBRARY_PATH`, whose directories are those of another machine.

use std::{ffi::OsString, path::Path};

use crate::identifiers;

/// `AWS_REGION` of the functions.
pub const REGION: &str = "us-east-1";

/// `AWS_ACCESS_KEY_ID` of the functions; good for nothing but a local endpoint. There is no session token.
pub const ACCESS_KEY_ID: &str = "AKIDLOCALLAMBDA00000";

/// `AWS_SECRET_ACCESS_KEY` of the functions.
pub const SECRET_ACCESS_KEY: &str = "local-lambda-secret-key";

/// The account that AWS uses in its examples.
const ACCOUNT: &str = "123456789012";

/// `arn:aws:lambda:<region>:<account>:function:<name>`.
pub(crate) fn function_arn(name: &str) -> String {
    format!("arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}")
}

/// All variables of a new process; `runtime_api` is host and port.
pub(crate) fn variables(function: &str, task_root: &Path, runtime_api: &str) -> Vec<(&'static str, OsString)> {
    let log_stream = format!("local/[$LATEST]{}", identifiers::hex(32));
    vec![
        ("AWS_LAMBDA_RUNTIME_API", runtime_api.into()),
        ("AWS_LAMBDA_FUNCTION_NAME", function.into()),
        ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST".into()),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128".into()),
        ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand".into()),
        ("AWS_LAMBDA_LOG_FORMAT", "JSON".into()),
        ("AWS_LAMBDA_LOG_GROUP_NAME", format!("/aws/lambda/{function}").into()),
        ("AWS_LAMBDA_LOG_STREAM_NAME", log_stream.into()),
        ("AWS_REGION", REGION.into()),
        ("AWS_DEFAULT_REGION", REGION.into()),
        ("AWS_ACCESS_KEY_ID", ACCESS_KEY_ID.into()),
        ("AWS_SECRET_ACCESS_KEY", SECRET_ACCESS_KEY.into()),
        ("_HANDLER", "bootstrap".into()),
        ("LAMBDA_TASK_ROOT", task_root.into()),
        ("LANG", "en_US.UTF-8".into()),
        ("PATH", "/usr/local/bin:/usr/bin:/bin:/opt/bin".into()),
        ("TZ", ":UTC".into()),
    ]
}
