//! With what functions sign.

/// `AWS_ACCESS_KEY_ID` for functions; public, like everything in a local pool.
pub const ACCESS_KEY_ID: &str = "AKIDLOCALLAMBDA00000";
/// `AWS_SECRET_ACCESS_KEY` for functions.
pub const SECRET_ACCESS_KEY: &str = "local-lambda-secret-key";
