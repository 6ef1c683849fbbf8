//! Whatever happens in whatever order: nothing panics, and every request for tokens is answered once.

mod deeds;
mod happening;
mod replies;
mod world;

use std::collections::BTreeSet;

use cognito_protocol::flow::{Purpose, Screen, SignInFlow};
use proptest::{
    collection::vec,
    prelude::*,
    strategy::ValueTree,
    test_runner::{RngAlgorithm, TestRng, TestRunner},
};

use super::machine::{HOUR, NOW, found, on_device, stored};
use happening::happening;
use world::World;

fn world() -> impl Strategy<Value = World> {
    let flow = prop_oneof![2 => Just(SignInFlow::Srp), 2 => Just(SignInFlow::Custom), 1 => Just(SignInFlow::Choice)];
    let purpose = prop_oneof![Just(Purpose::SignIn), Just(Purpose::Account)];
    let session = prop_oneof![
        2 => Just(None),
        3 => Just(Some(stored(1, NOW + HOUR))),
        1 => Just(Some(found(NOW + HOUR))),
        1 => Just(Some(stored(1, NOW))),
        1 => Just(Some(on_device(NOW + HOUR))),
    ];
    (flow, purpose, session).prop_map(|(flow, purpose, session)| World::new(flow, purpose, session))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn whatever_happens_every_request_is_answered_no_lock_is_kept_and_nobody_is_stuck(
        mut world in world(),
        happenings in vec(happening(false), 1..80),
        last in proptest::option::of(any::<u8>()),
    ) {
        for happening in &happenings {
            world.happens(happening);
        }
        world.settles(last);
        prop_assert!(world.unanswered.is_empty(), "unanswered: {:?}", world.unanswered);
        prop_assert!(!world.holds_lock && world.waiting_for_lock == 0);
        prop_assert!(!world.view().busy, "stuck: {:?}", world.view());
    }

    #[test]
    fn events_that_cannot_happen_do_no_harm_either(mut world in world(), happenings in vec(happening(true), 1..80)) {
        for happening in &happenings {
            world.happens(happening);
        }
        world.settles(None);
    }
}

#[test]
fn every_screen_and_every_deed_is_among_what_happens() {
    let mut runner = TestRunner::new_with_rng(ProptestConfig::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let mut missing: BTreeSet<&str> = Screen::ALL.iter().map(|screen| screen.as_str()).collect();
    missing.remove(Screen::Loading.as_str());
    missing.extend(["sign_in_to_change", "password_changed", "verified", "account_deleted"]);
    missing.extend(["device_forgotten", "this_device_forgotten"]);
    missing.extend(["passkey_added", "passkey_removed", "passkey_cancelled", "passkeys_off"]);
    let mut deeds = BTreeSet::new();
    // Few worlds are enough for nearly all of it.
    for _ in 0..65_536 {
        let mut world = world().new_tree(&mut runner).expect("a world").current();
        for happening in vec(happening(false), 1..80).new_tree(&mut runner).expect("happenings").current() {
            world.happens(&happening);
        }
        world.settles(None);
        missing.retain(|name| !world.screens.contains(name) && !world.notices.contains(name));
        deeds.append(&mut world.deeds);
        if missing.is_empty() && deeds.len() == 10 {
            return;
        }
    }
    panic!("never shown: {missing:?}; only {deeds:?} were done");
}
