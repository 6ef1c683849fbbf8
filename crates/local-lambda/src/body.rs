//! Reads a request's body whole, with its trailers, up to a limit.

use std::{future::poll_fn, pin::Pin};

use axum::{
    body::{Body, HttpBody},
    http::HeaderMap,
};

pub(crate) struct Whole {
    pub(crate) bytes: Vec<u8>,
    pub(crate) trailers: HeaderMap,
}

pub(crate) enum BodyError {
    TooLarge,
    /// The sender broke off.
    Truncated,
}

/// A body that is too large is still read to its end, and dropped: a client that is writing would not see the answer.
pub(crate) async fn read(mut body: Body, limit: usize) -> Result<Whole, BodyError> {
    let mut whole = Whole { bytes: Vec::new(), trailers: HeaderMap::new() };
    let mut too_large = false;
    while let Some(frame) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        match frame.map_err(|_| BodyError::Truncated)?.into_data() {
            Ok(data) if too_large || whole.bytes.len() + data.len() > limit => too_large = true,
            Ok(data) => whole.bytes.extend_from_slice(&data),
            Err(frame) => whole.trailers.extend(frame.into_trailers().unwrap_or_default()),
        }
    }
    if too_large { Err(BodyError::TooLarge) } else { Ok(whole) }
}
