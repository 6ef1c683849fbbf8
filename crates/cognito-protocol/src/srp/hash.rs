//! SHA-256 and HMAC over parts, so that nothing secret has to be joined up first.

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// Length of an input block of SHA-1 and SHA-256, and so of an HMAC key, in bytes.
const BLOCK_BYTES: usize = 64;

/// `H(part ‖ part ‖ …)`.
pub(crate) fn sha256(parts: &[&[u8]]) -> Zeroizing<[u8; 32]> {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    Zeroizing::new(hash.finalize().into())
}

/// `HMAC-SHA256(key, part ‖ part ‖ …)` for a key of any length.
pub(super) fn hmac_sha256(key: &[u8], parts: &[&[u8]]) -> Zeroizing<[u8; 32]> {
    // A key longer than a block stands for its hash (RFC 2104 section 2). Done here, the rest cannot fail.
    let key = if key.len() > BLOCK_BYTES { key_block(sha256(&[key]).as_slice()) } else { key_block(key) };
    let mut mac = Hmac::<Sha256>::new((&*key).into());
    for part in parts {
        mac.update(part);
    }
    Zeroizing::new(mac.finalize().into_bytes().into())
}

/// `HMAC-SHA1(key, message)` for a key of any length.
pub(crate) fn hmac_sha1(key: &[u8], message: &[u8]) -> Zeroizing<[u8; 20]> {
    let key = if key.len() > BLOCK_BYTES { key_block(Sha1::digest(key).as_slice()) } else { key_block(key) };
    let mut mac = Hmac::<Sha1>::new((&*key).into());
    mac.update(message);
    Zeroizing::new(mac.finalize().into_bytes().into())
}

fn key_block(key: &[u8]) -> Zeroizing<[u8; BLOCK_BYTES]> {
    let mut block = Zeroizing::new([0; BLOCK_BYTES]);
    for (to, from) in block.iter_mut().zip(key) {
        *to = *from;
    }
    block
}

#[cfg(test)]
mod tests {
    use super::{hmac_sha1, hmac_sha256};
    use crate::srp::encoding::to_hex;

    /// RFC 4231 and RFC 2202, test cases 2 (short key) and 6 (key longer than a block).
    #[test]
    fn keys_of_any_length_work() {
        assert_eq!(
            to_hex(&*hmac_sha256(b"Jefe", &[b"what do ya want ", b"for nothing?"])),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        let text = b"Test Using Larger Than Block-Size Key - Hash Key First";
        assert_eq!(
            to_hex(&*hmac_sha256(&[0xaa; 131], &[text])),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
        assert_eq!(to_hex(&*hmac_sha1(b"Jefe", b"what do ya want for nothing?")), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
        assert_eq!(to_hex(&*hmac_sha1(&[0xaa; 80], text)), "aa4ae5e15272d00e95705637ce8a3b55ed402112");
    }
}
