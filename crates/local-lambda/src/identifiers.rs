//! Request ids and trace ids. They need to be unlike each other, nothing more.

use std::{
    hash::{BuildHasher, RandomState},
    time::SystemTime,
};

/// Random hexadecimal digits. A [`RandomState`] is seeded by the operating system, and each has another seed.
pub(crate) fn hex(digits: usize) -> String {
    let mut text = String::new();
    while text.len() < digits {
        text.push_str(&format!("{:016x}", RandomState::new().hash_one(text.len())));
    }
    text.truncate(digits);
    text
}

/// A version 4 UUID.
pub(crate) fn request_id() -> String {
    format!("{}-{}-4{}-a{}-{}", hex(8), hex(4), hex(3), hex(3), hex(12))
}

/// An X-Ray tracing header of a request that is not sampled.
pub(crate) fn trace_id() -> String {
    let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    format!("Root=1-{seconds:08x}-{};Parent={};Sampled=0", hex(24), hex(16))
}

#[cfg(test)]
mod tests {
    #[test]
    fn shapes() {
        let id = super::request_id();
        assert_eq!(id.split('-').map(str::len).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
        assert_ne!(id, super::request_id());
        assert_eq!(super::hex(24).len(), 24);
    }
}
