//! `DefineAuthChallenge` over every session of a few challenges, against rules written down a second time and plainly.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use triggers::{ChallengeResult, DefineAuthChallengeEvent, Settings, define_auth_challenge};

/// What can stand in a session: the challenge, its result, and whether it carries metadata as our code does.
const ALPHABET: [(&str, bool, bool); 14] = [
    ("SRP_A", true, false),
    ("SRP_A", false, false),
    ("PASSWORD_VERIFIER", true, false),
    ("PASSWORD_VERIFIER", false, false),
    ("CUSTOM_CHALLENGE", true, true),
    ("CUSTOM_CHALLENGE", true, false),
    ("CUSTOM_CHALLENGE", false, true),
    ("CUSTOM_CHALLENGE", false, false),
    ("SOFTWARE_TOKEN_MFA", true, false),
    ("SOFTWARE_TOKEN_MFA", false, true),
    ("SOMETHING_NEW", true, false),
    ("SOMETHING_NEW", false, false),
    ("", true, true),
    ("custom_challenge", true, true),
];

type Entry = (&'static str, bool, bool);

/// What must come of a session.
fn oracle(session: &[Entry], max_attempts: usize, user_not_found: bool) -> &'static str {
    let names: Vec<(&str, bool)> = session.iter().map(|(name, result, _)| (*name, *result)).collect();
    if names == [("SRP_A", true)] {
        return "PASSWORD_VERIFIER";
    }
    if !names.starts_with(&[("SRP_A", true), ("PASSWORD_VERIFIER", true)]) {
        return "fail";
    }
    let later = &names[2..];
    let answers: Vec<bool> = later.iter().filter(|entry| entry.0 == "CUSTOM_CHALLENGE").map(|entry| entry.1).collect();
    let only_passed_factors_beside =
        later.iter().all(|entry| ["CUSTOM_CHALLENGE"].contains(&entry.0) || *entry == ("SOFTWARE_TOKEN_MFA", true));
    let wrong = answers.iter().take_while(|answer| !**answer).count();
    let nothing_after_the_right_one = answers.len() <= wrong + 1;
    match answers.last() {
        _ if !only_passed_factors_beside || !nothing_after_the_right_one || wrong >= max_attempts => "fail",
        Some(true) if user_not_found => "fail",
        Some(true) => "tokens",
        Some(false) | None => "CUSTOM_CHALLENGE",
    }
}

/// What comes of it.
fn answered(session: &[Entry], max_attempts: usize, user_not_found: bool) -> &'static str {
    let entry = |(name, result, has_metadata): &Entry| ChallengeResult {
        challenge_name: (*name).to_owned(),
        challenge_result: *result,
        challenge_metadata: has_metadata.then(|| "CODE-123456-9999999999-0123456789abcdef".to_owned()),
    };
    let mut event =
        DefineAuthChallengeEvent { trigger_source: "DefineAuthChallenge_Authentication".to_owned(), ..Default::default() };
    event.request.session = session.iter().map(entry).collect();
    event.request.user_not_found = user_not_found;
    let settings = Settings { max_attempts: max_attempts.try_into().unwrap(), ..Settings::default() };
    let response = define_auth_challenge(event, &settings).response;
    match (response.challenge_name.as_deref(), response.issue_tokens, response.fail_authentication) {
        (Some("PASSWORD_VERIFIER"), false, false) => "PASSWORD_VERIFIER",
        (Some("CUSTOM_CHALLENGE"), false, false) => "CUSTOM_CHALLENGE",
        (None, true, false) => "tokens",
        (None, false, true) => "fail",
        _ => panic!("contradictory: {response:?}"),
    }
}

/// Every session of `longest` entries at most that begins with these; how many there were, and how many of them give tokens.
fn all(session: &mut Vec<Entry>, longest: usize, check: &mut impl FnMut(&[Entry]) -> bool) -> (usize, usize) {
    let mut counts = (1, usize::from(check(session)));
    if session.len() < longest {
        for entry in ALPHABET {
            session.push(entry);
            let (sessions, tokens) = all(session, longest, check);
            counts = (counts.0 + sessions, counts.1 + tokens);
            session.pop();
        }
    }
    counts
}

fn check(beginning: &[Entry], longest: usize, max_attempts: usize) -> (usize, usize) {
    all(&mut beginning.to_vec(), longest, &mut |session| {
        let expected = oracle(session, max_attempts, false);
        assert_eq!(answered(session, max_attempts, false), expected, "{session:?}");
        assert_eq!(answered(session, max_attempts, true), oracle(session, max_attempts, true), "a stranger's {session:?}");
        expected == "tokens"
    })
}

#[test]
fn every_session_of_four_challenges_goes_as_the_rules_say() {
    for max_attempts in [1, 2, 3] {
        let (sessions, tokens) = check(&[], 4, max_attempts);
        assert_eq!(sessions, 1 + 14 + 14_usize.pow(2) + 14_usize.pow(3) + 14_usize.pow(4));
        assert!(tokens > 0);
    }
}

#[test]
fn every_session_of_four_or_five_challenges_after_the_password_goes_as_the_rules_say() {
    let password = [("SRP_A", true, false), ("PASSWORD_VERIFIER", true, false)];
    for max_attempts in [1, 2] {
        assert!(check(&password, 6, max_attempts).1 > 0);
    }
    // Three wrong answers, a right one and something else.
    let (sessions, tokens) = check(&password, 7, 3);
    assert_eq!(sessions, (0..=5).map(|later| 14_usize.pow(later)).sum::<usize>());
    assert!(tokens > 0);
}
