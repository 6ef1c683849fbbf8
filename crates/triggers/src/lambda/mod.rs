//! The Lambda functions: what is common to the binaries.
