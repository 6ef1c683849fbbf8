//! The group: `N` and `g`.

use super::number::{DIGITS, Digit, LIMB_BITS, LIMB_MASK, Number};

/// Length of `N`, and of every residue, in bytes.
pub(in crate::srp) const MODULUS_BYTES: usize = 384;

/// The prime `N` of RFC 5054 appendix A with 3072 bits, which is group 15 of RFC 3526.
const MODULUS_HEX: &[u8; 2 * MODULUS_BYTES] = b"\
    FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74\
    020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F1437\
    4FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED\
    EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF05\
    98DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB\
    9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B\
    E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718\
    3995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33\
    A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7\
    ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864\
    D87602733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E2\
    08E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF";

/// Cognito's generator; RFC 5054 pairs the same prime with 5.
///
/// `montgomery` multiplies by it with shifts, and so knows it too.
const GENERATOR: u8 = 2;

/// `N`.
pub(super) static MODULUS: Number = Number(parse(MODULUS_HEX));

const _: () = {
    let [first, second, ..] = parse(MODULUS_HEX);
    assert!(first[0] == LIMB_MASK && first[1] == LIMB_MASK && second[0] < LIMB_MASK, "N is -1 modulo 2^56, and not modulo 2^84");
};

/// The digits of `N + 1` from the highest; the last is 0. No constant, since those bytes do not compress.
pub(super) fn modulus_and_one_reversed() -> [Digit; DIGITS] {
    let mut digits = MODULUS.0;
    digits.reverse();
    let [.., second, first] = &mut digits;
    *first = [0; 2];
    second[0] += 1;
    digits
}

/// `N`, big-endian.
pub(in crate::srp) fn modulus_bytes() -> [u8; MODULUS_BYTES] {
    MODULUS.to_be_bytes()
}

/// `g`, big-endian.
pub(in crate::srp) fn generator_bytes() -> [u8; 1] {
    [GENERATOR]
}

/// Reads hex when the program is compiled.
const fn parse(hex: &[u8]) -> [Digit; DIGITS] {
    let mut digits = [[0; 2]; DIGITS];
    let mut place = 0;
    while place < hex.len() {
        // The digits from the last.
        let character = hex[hex.len() - 1 - place];
        let value = if character < b'A' { character - b'0' } else { character - b'A' + 10 };
        // A limb is seven hex digits.
        let limb = place / HEX_A_LIMB;
        digits[limb / 2][limb % 2] |= (value as u32) << (4 * (place % HEX_A_LIMB));
        place += 1;
    }
    digits
}

const HEX_A_LIMB: usize = LIMB_BITS as usize / 4;
