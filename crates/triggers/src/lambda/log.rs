//! The log: one JSON object a line, for CloudWatch.
//!
//! Our own lines name triggers, pools, app clients and outcomes, and never an attribute, a code, an address or a token. The
//! libraries below may not say as much: the runtime writes whole events at its finest level, and the AWS SDK whole requests. So
//! they are held to warnings or to nothing, whatever level is asked for.

use std::io;

use tracing::{Level, level_filters::LevelFilter};
use tracing_subscriber::{Layer, filter::Targets, layer::SubscriberExt, util::SubscriberInitExt};

/// `AWS_LAMBDA_LOG_LEVEL` is the level that the function's logging configuration asks for; `INFO` without it.
pub(super) fn set_up() {
    let level = super::variable("AWS_LAMBDA_LOG_LEVEL").and_then(|level| level.parse::<LevelFilter>().ok());
    let targets =
        Targets::new().with_target("triggers", level.unwrap_or(LevelFilter::INFO)).with_target("lambda_runtime", Level::WARN);
    let layer = tracing_subscriber::fmt::layer().json().flatten_event(true).with_current_span(false).with_span_list(false);
    // Fails only where a log is set up already, which then is the one to use.
    let _ = tracing_subscriber::registry().with(layer.with_writer(io::stderr).with_filter(targets)).try_init();
}
