//! What a run computes with.

use cognito_protocol::Secret;
use cognito_protocol::srp::formulas::{PrivateKey, Scrambler, ServerPublic, derive_u, derive_x};
use cognito_protocol::srp::{EphemeralSecret, Identity, SrpError};

use crate::random::Random;

pub(crate) const POOL_NAME: &str = "AbCdEfGhI";
pub(crate) const USER: &str = "alice";
const SALT: [u8; 16] = [7; 16];
pub(crate) const SALT_HEX: &str = "07070707070707070707070707070707";

/// As long as the random ones. Its `x` has 113 bits set: a random one has 128, more or less 8.
const PASSWORD: &str = "fixed-----------";

/// Which numbers are the same ones in the whole fixed class; the others are random in both.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fixed {
    pub(crate) a: Option<[u8; 32]>,
    pub(crate) b: bool,
    pub(crate) password: bool,
}

/// The numbers of one run.
pub(crate) struct Numbers {
    pub(crate) a_bytes: [u8; 32],
    pub(crate) a: EphemeralSecret,
    pub(crate) b: ServerPublic,
    pub(crate) x: PrivateKey,
    pub(crate) u: Scrambler,
    srp_b_hex: String,
    password: String,
}

impl Numbers {
    /// Draws and derives the same in both classes, and takes what is fixed in the place of what was drawn.
    pub(crate) fn draw(fixed: Fixed, is_fixed_class: bool, random: &mut Random) -> Result<Self, SrpError> {
        let drawn: [u8; 32] = random.bytes();
        let a_bytes = fixed.a.filter(|_| is_fixed_class).unwrap_or(drawn);
        let mut b: [u8; 384] = random.bytes();
        // Less than N, which begins with ones.
        b[0] &= 0x7f;
        if fixed.b && is_fixed_class {
            b = [0; 384];
            b[383] = 3;
        }
        let drawn = format!("{:016x}", random.next());
        let password = if fixed.password && is_fixed_class { PASSWORD.to_owned() } else { drawn };
        let srp_b_hex: String = b.iter().map(|byte| format!("{byte:02x}")).collect();
        let b = ServerPublic::from_hex(&srp_b_hex)?;
        let identity = Identity { pool_name: POOL_NAME, user_id_for_srp: USER };
        let x = derive_x(&SALT, &identity, &Secret::from(&*password));
        let u = derive_u(&random.bytes::<384>(), &b)?;
        Ok(Self { a_bytes, a: EphemeralSecret::from_bytes(&a_bytes)?, b, x, u, srp_b_hex, password })
    }

    pub(crate) fn srp_b_hex(&self) -> &str {
        &self.srp_b_hex
    }

    pub(crate) fn password(&self) -> &str {
        &self.password
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSWORD_ALONE: Fixed = Fixed { a: None, b: false, password: true };

    fn bits_of_x(is_fixed_class: bool, random: &mut Random) -> u32 {
        let numbers = Numbers::draw(PASSWORD_ALONE, is_fixed_class, random).unwrap();
        numbers.x.expose().iter().map(|byte| byte.count_ones()).sum()
    }

    #[test]
    fn the_fixed_password_has_an_x_that_one_can_tell_from_random_ones() {
        assert_eq!(bits_of_x(true, &mut Random::new()), 113);
    }

    #[test]
    fn the_random_class_is_random_where_the_other_is_fixed() {
        let mut random = Random::new();
        let drawn: std::collections::BTreeSet<u32> = (0..20).map(|_| bits_of_x(false, &mut random)).collect();
        assert!(drawn.len() > 3, "{drawn:?}");
        assert_eq!(bits_of_x(true, &mut random), bits_of_x(true, &mut random));
    }

    #[test]
    fn both_classes_have_passwords_of_one_length() {
        let mut random = Random::new();
        let [fixed, drawn] = [true, false].map(|class| Numbers::draw(PASSWORD_ALONE, class, &mut random).unwrap());
        assert_eq!(fixed.password.len(), drawn.password.len());
        assert_ne!(fixed.password, drawn.password);
    }
}
