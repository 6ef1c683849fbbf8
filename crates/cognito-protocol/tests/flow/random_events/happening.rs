//! What may happen, in which proportions.

use proptest::prelude::*;

use super::deeds::{Deed, deed};

/// Something that happens. Numbers choose among what is under way, modulo how much that is.
#[derive(Clone, Debug)]
pub(super) enum Happening {
    /// The person or the page does something.
    Does { deed: Deed, how: u8 },
    /// A call is answered.
    Reply { which: u8, how: u8 },
    /// A job is done, or fails.
    Job { which: u8, works: bool },
    /// The browser has asked for a passkey.
    Passkey(u8),
    /// A timer runs out.
    Timer(u8),
    /// The browser grants the lock.
    Lock(u8),
    /// Another tab changes the store.
    Storage(u8),
    /// Time goes by.
    Minutes(u8),
    /// The page is loaded anew.
    Reload,
    /// An event with an id that nobody gave, or a lock that nobody asked for.
    Stray { kind: u8, id: u32 },
}

pub(super) fn happening(with_strays: bool) -> impl Strategy<Value = Happening> {
    let strays = if with_strays { 2 } else { 0 };
    prop_oneof![
        8 => (deed(), any::<u8>()).prop_map(|(deed, how)| Happening::Does { deed, how }),
        10 => (any::<u8>(), any::<u8>()).prop_map(|(which, how)| Happening::Reply { which, how }),
        6 => (any::<u8>(), prop::bool::weighted(0.9)).prop_map(|(which, works)| Happening::Job { which, works }),
        5 => any::<u8>().prop_map(Happening::Passkey),
        1 => any::<u8>().prop_map(Happening::Timer),
        4 => any::<u8>().prop_map(Happening::Lock),
        1 => any::<u8>().prop_map(Happening::Storage),
        // Seldom loaded anew, which leads back to the beginning.
        2 => any::<u8>().prop_map(|number| number.checked_sub(24).map_or(Happening::Reload, Happening::Minutes)),
        strays => (any::<u8>(), 0_u32..40).prop_map(|(kind, id)| Happening::Stray { kind, id }),
    ]
}
