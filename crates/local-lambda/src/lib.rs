//! Runs Lambda function binaries on this machine, under the Runtime API that AWS Lambda gives them.
