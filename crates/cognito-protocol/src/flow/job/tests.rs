//! Jobs in slices, as a browser runs them: the vectors come out, and how many slices there are depends on nothing secret.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use core::ops::ControlFlow;

use serde_json::Value;

use super::{Derived, Job, PasswordProof, Progress};
use crate::{
    Secret,
    srp::{ClientEphemeral, EphemeralSecret, SrpError},
};

/// The one whose salt is negative: no pool sends such a salt to a user who exists.
const NEGATIVE_SALT: &str = "salt-negative-legacy";

/// What came of a job, and after how many slices.
fn in_slices(mut progress: Progress) -> (Derived, usize) {
    let mut slices = 0;
    loop {
        match progress {
            ControlFlow::Break(derived) => return (derived, slices),
            ControlFlow::Continue(running) => progress = running.step(),
        }
        slices += 1;
    }
}

fn begun(job: Job) -> Progress {
    job.begin(|bytes| bytes.fill(0xa7))
}

fn client(a: &[u8]) -> Box<ClientEphemeral> {
    Box::new(EphemeralSecret::from_bytes(a).and_then(ClientEphemeral::derive).expect("A"))
}

fn bytes(hex: &str) -> Vec<u8> {
    let hex = if hex.len() % 2 == 1 { format!("0{hex}") } else { hex.to_owned() };
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hex")).collect()
}

fn proof(a: &[u8], password: &str, salt: &str, b: &str) -> PasswordProof {
    PasswordProof {
        ephemeral: client(a),
        pool_name: "AbCdEfGhI".to_owned(),
        user_id_for_srp: "alice".to_owned(),
        password: Secret::from(password),
        salt_hex: salt.to_owned(),
        srp_b_hex: b.to_owned(),
        secret_block_base64: "YQ==".to_owned(),
        timestamp: "Mon Sep 8 09:05:03 UTC 2025".to_owned(),
    }
}

#[test]
fn every_vectors_proof_comes_out_of_slices() {
    let file: Value = serde_json::from_str(include_str!("../../../tests/data/srp-vectors.json")).expect("JSON");
    let lists = [
        ("user_vectors", "pool_name", "USER_ID_FOR_SRP", "password"),
        ("device_vectors", "DeviceGroupKey", "DeviceKey", "device_password"),
    ];
    for (list, group, user, password) in lists {
        for vector in file[list].as_array().expect("a list") {
            let get =
                |name: &str| vector[name].as_str().unwrap_or_else(|| panic!("{}: no member {name}", vector["id"])).to_owned();
            if get("id") == NEGATIVE_SALT {
                continue;
            }
            let job = Job::ProvePassword(Box::new(PasswordProof {
                pool_name: get(group),
                user_id_for_srp: get(user),
                secret_block_base64: get("SECRET_BLOCK"),
                timestamp: get("TIMESTAMP"),
                ..proof(&bytes(&get("a")), &get(password), &get("SALT"), &get("SRP_B"))
            }));
            let (derived, slices) = in_slices(begun(job));
            let Derived::PasswordClaim(claim) = derived else { panic!("{}: {derived:?}", get("id")) };
            assert_eq!(claim.expose(), get("PASSWORD_CLAIM_SIGNATURE"), "{}", get("id"));
            assert!(slices >= 21, "{}: {slices} slices", get("id"));
        }
    }
}

#[test]
fn slices_are_the_same_number_for_all_secrets() {
    assert_eq!(in_slices(begun(Job::MakePublicValue)).1, 6);
    assert_eq!(in_slices(Job::MakePublicValue.begin(|bytes| bytes[31] = 1)).1, 6);
    let device = || Job::MakeDevice { group_key: "-group".into(), key: "eu-central-1_key".into() };
    assert_eq!(in_slices(begun(device())).1, 6);
    let (smallest, largest) = ([&[0; 31][..], &[1]].concat(), [0xff; 32]);
    for a in [&smallest[..], &largest] {
        for (password, salt, b) in [("", "1", "2"), ("a long password, of several words", &"f".repeat(32), &"e".repeat(768))] {
            assert_eq!(in_slices(begun(Job::ProvePassword(Box::new(proof(a, password, salt, b))))).1, 21);
        }
    }
}

#[test]
fn what_is_unusable_is_told_before_the_first_slice() {
    let refused = |progress: Progress| match progress {
        ControlFlow::Break(Derived::Failed(error)) => error,
        progress => panic!("{progress:?}"),
    };
    assert_eq!(refused(Job::MakePublicValue.begin(|_| ())), SrpError::EphemeralUnusable);
    assert_eq!(refused(Job::MakeRedirectSecrets.begin(|_| ())), SrpError::EphemeralUnusable);
    for (salt, b, error) in [("?", "2", SrpError::SaltNotHex), ("1", "0", SrpError::ServerPublicZero)] {
        assert_eq!(refused(begun(Job::ProvePassword(Box::new(proof(&[1], "password", salt, b))))), error);
    }
}

#[test]
fn a_job_under_way_shows_nothing_and_can_be_given_up() {
    let job = Job::ProvePassword(Box::new(proof(&[7; 32], "password", "1", "2")));
    let ControlFlow::Continue(running) = begun(job) else { panic!("no slices") };
    assert_eq!(format!("{running:?}"), "Running(..)");
    let ControlFlow::Continue(running) = running.step() else { panic!("one slice alone") };
    drop(running);
}
