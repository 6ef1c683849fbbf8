//! The rules against people and against attackers, and the guard against tables that fail.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use super::{
    count::{self, Answer, Wait},
    *,
};

const NOW: i64 = 1_700_000_000;
const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;
const LIMITS: Limits = Limits { max_attempts: 3, mails_per_hour: 20, mails_per_day: 100 };

fn mark(id: impl ToString, now_secs: i64) -> Mark {
    Mark { id: id.to_string(), expires_secs: now_secs + 180 }
}

/// The record after an answer that was compared.
#[track_caller]
fn compared(record: Record, mark: &Mark, now_secs: i64) -> Record {
    match count::answer(record, mark, now_secs, &LIMITS) {
        Ok(Answer::Counted { record, .. }) => record,
        other => panic!("not compared: {other:?}"),
    }
}

/// So many sign-ins fail at once.
fn failed(sign_ins: u32) -> Record {
    (0..sign_ins).fold(Record::default(), |record, id| compared(record, &mark(id, NOW), NOW))
}

fn secs(refused: Result<impl Sized, Wait>) -> u32 {
    refused.err().map_or(0, Wait::secs)
}

/// What a user's record has let through.
#[derive(Default)]
struct Attacker {
    record: Record,
    sign_ins: u32,
    wrong_secs: Vec<i64>,
    mails_secs: Vec<i64>,
}

impl Attacker {
    /// A sign-in with as many wrong answers as are taken; how long to wait where it could not begin.
    fn sign_in(&mut self, now_secs: i64, limits: &Limits) -> Result<(), Wait> {
        self.record = count::mail(self.record.clone(), now_secs, limits)?;
        self.mails_secs.push(now_secs);
        self.sign_ins += 1;
        let mark = mark(self.sign_ins, now_secs);
        while let Answer::Counted { record, .. } = count::answer(self.record.clone(), &mark, now_secs, limits)? {
            self.record = record;
            self.wrong_secs.push(now_secs);
        }
        Ok(())
    }

    /// For so long, beginning anew as soon as it may.
    fn persist(&mut self, for_secs: i64, limits: &Limits) {
        let mut now = NOW;
        while now < NOW + for_secs {
            if let Err(wait) = self.sign_in(now, limits) {
                now += i64::from(wait.secs());
            }
        }
    }
}

/// The most moments that lie in any window.
fn most_in_any(window: i64, moments_secs: &[i64]) -> usize {
    let within = |first: i64| moments_secs.iter().filter(|at| (first..first + window).contains(*at)).count();
    moments_secs.iter().map(|first| within(*first)).max().unwrap_or_default()
}

#[test]
fn a_hundred_and_twenty_sign_ins_at_once_are_stopped_after_three() {
    let mut attacker = Attacker::default();
    let refused = (0..120).filter(|_| attacker.sign_in(NOW, &LIMITS).is_err()).count();
    assert_eq!((attacker.wrong_secs.len(), refused), (9, 117));
}

#[test]
fn who_waits_as_told_has_31_sign_ins_on_the_first_day_and_one_an_hour_later() {
    let mut attacker = Attacker::default();
    attacker.persist(DAY, &LIMITS);
    assert_eq!((attacker.sign_ins, attacker.wrong_secs.len()), (31, 93));
    assert!(most_in_any(HOUR, &attacker.wrong_secs) <= 3 * 9, "{}", most_in_any(HOUR, &attacker.wrong_secs));
    let mut attacker = Attacker::default();
    attacker.persist(30 * DAY, &LIMITS);
    assert_eq!(attacker.sign_ins, 31 + 29 * 24);
}

#[test]
fn no_hour_has_more_than_a_hundred_wrong_answers_however_many_a_sign_in_allows() {
    let limits = Limits { max_attempts: 1000, ..LIMITS };
    let mut attacker = Attacker::default();
    assert!(attacker.sign_in(NOW, &limits).is_err());
    assert_eq!(attacker.wrong_secs.len(), 100);
    attacker.persist(2 * DAY, &limits);
    assert_eq!(most_in_any(HOUR, &attacker.wrong_secs), 100);
    // The wait is that for the hundred answers, not the shorter one for the sign-in.
    let attacker = failed(1);
    let spent = Record { wrong_secs: vec![NOW; 100], ..attacker };
    assert_eq!(secs(count::answer(spent.clone(), &mark(0, NOW), NOW + 1, &LIMITS)), 3599);
    assert_eq!(secs(count::mail(spent, NOW + 1, &LIMITS)), 3599);
}

#[test]
fn no_window_holds_more_than_its_limit_whatever_happens() {
    let mut random = 0x9e37_79b9_u64;
    let mut below = |bound: u64| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random % bound
    };
    for _ in 0..40 {
        let limits = Limits {
            max_attempts: 1 + below(60) as u32,
            mails_per_hour: 1 + below(12) as u32,
            mails_per_day: 1 + below(40) as u32,
        };
        let (mut record, mut now, mut codes) = (Record::default(), NOW, 0);
        let (mut wrong, mut mails) = (Vec::new(), Vec::new());
        let mut tries = std::collections::HashMap::new();
        for _ in 0..1500 {
            now += [0, 0, 1, 10, 300, 2000][below(6) as usize];
            let code = mark(codes - i64::min(codes, below(3) as i64), now);
            match below(8) {
                0 => {
                    if let Ok(after) = count::mail(record.clone(), now, &limits) {
                        (record, codes) = (after, codes + 1);
                        mails.push(now);
                    }
                }
                what => {
                    if let Ok(Answer::Counted { record: after, .. }) = count::answer(record.clone(), &code, now, &limits) {
                        record = after;
                        if what == 1 {
                            record = count::right(record, now);
                        } else {
                            wrong.push(now);
                            tries.entry(code.id).or_insert_with(Vec::new).push(now);
                        }
                    }
                }
            }
        }
        assert!(most_in_any(HOUR, &wrong) <= 100);
        assert!(most_in_any(HOUR, &mails) <= limits.mails_per_hour as usize);
        assert!(most_in_any(DAY, &mails) <= limits.mails_per_day as usize);
        assert!(tries.values().all(|tries| most_in_any(180, tries) <= limits.max_attempts as usize));
        assert!(!wrong.is_empty() && !mails.is_empty());
    }
}

#[test]
fn two_failed_sign_ins_bring_no_wait_and_the_third_a_minute() {
    assert_eq!(secs(count::mail(failed(2), NOW, &LIMITS)), 0);
    let refused = count::mail(failed(3), NOW, &LIMITS).unwrap_err();
    assert_eq!((refused.secs(), refused.minutes()), (60, 1));
    assert_eq!(secs(count::mail(failed(3), NOW + 59, &LIMITS)), 1);
    assert_eq!(secs(count::mail(failed(3), NOW + 60, &LIMITS)), 0);
}

#[test]
fn a_sign_in_fails_once_however_often_it_is_mistyped() {
    let (first, second) = (mark(1, NOW), mark(2, NOW));
    let mut record = Record::default();
    // In turns, as a person with two tabs may.
    for code in [&first, &second, &first, &second, &first] {
        record = compared(record, code, NOW);
    }
    assert_eq!((record.failed_sign_ins, record.wrong_secs.len()), (2, 5));
    assert_eq!(count::answer(record, &first, NOW, &LIMITS), Ok(Answer::Spent));
}

#[test]
fn a_code_that_was_not_tried_waits_and_the_one_that_brought_the_wait_keeps_its_tries() {
    let record = failed(3);
    assert_eq!(secs(count::answer(record.clone(), &mark("other", NOW), NOW, &LIMITS)), 60);
    compared(record, &mark(2, NOW), NOW);
}

#[test]
fn a_right_code_forgets_failures_and_waits_but_no_mails_and_no_wrong_answers() {
    let record = count::mail(failed(2), NOW, &LIMITS).unwrap();
    let Ok(Answer::Counted { record, lock }) = count::answer(record, &mark("right", NOW), NOW, &LIMITS) else { panic!() };
    assert_eq!(lock.map(Wait::secs), Some(60), "as if it were wrong");
    let record = count::right(record, NOW);
    assert_eq!((record.failed_sign_ins, record.locked_until_secs), (0, 0));
    assert_eq!((record.mails_secs.len(), record.wrong_secs.len()), (1, 2));
}

#[test]
fn a_day_without_a_failed_sign_in_forgets_and_less_does_not() {
    let old = failed(3);
    let after = |secs: i64| compared(old.clone(), &mark("new", NOW + secs), NOW + secs).failed_sign_ins;
    assert_eq!((after(DAY - 1), after(DAY)), (4, 1));
    assert_eq!(Record::expires_at(NOW), NOW + DAY);
}

#[test]
fn clocks_that_differ_a_little_do_no_harm() {
    let record = count::mail(Record::default(), NOW, &LIMITS).unwrap();
    let record = count::mail(record, NOW - 2, &LIMITS).unwrap();
    assert_eq!(record.mails_secs, [NOW - 2, NOW]);
    // A clock that jumped back keeps nobody out for ever.
    let ahead = Record { locked_until_secs: i64::MAX, last_failed_secs: i64::MAX, ..Record::default() };
    assert!(secs(count::mail(ahead, NOW, &LIMITS)) <= DAY as u32);
}

#[test]
fn a_record_is_kept_as_it_was_and_names_nobody() {
    let record = count::mail(failed(1), NOW, &LIMITS).unwrap();
    let json = serde_json::to_string(&record).unwrap();
    assert_eq!(serde_json::from_str::<Record>(&json).unwrap(), record);
    let expected = r#"{"failed_sign_ins":1,"last_failed_secs":1700000000,"locked_until_secs":1700000000,"#;
    assert!(json.starts_with(expected), "{json}");
    // What a later version adds is no reason to lock anybody out.
    assert_eq!(serde_json::from_str::<Record>(r#"{"mails_secs":[1],"new":2}"#).unwrap().mails_secs, [1]);
}

/// A table that cannot be reached, or where somebody else is always quicker.
#[derive(Debug)]
struct Broken {
    written: Result<bool, Unreachable>,
}

impl AttemptsTable for Broken {
    async fn read(&self, _sub: &str) -> Result<Record, Unreachable> {
        self.written.clone().map(|_| Record::default())
    }

    async fn write(&self, _sub: &str, _record: &Record, _now_secs: i64) -> Result<bool, Unreachable> {
        self.written.clone()
    }
}

fn guard_of(written: Result<bool, Unreachable>, when_unreachable: WhenUnreachable) -> Guard<Broken> {
    Guard::new(Broken { written }, LIMITS, when_unreachable)
}

#[tokio::test]
async fn a_table_that_cannot_be_reached_refuses_unless_it_may_allow() {
    let gone = || Err(Unreachable::new("NoConnection"));
    let refusing = guard_of(gone(), WhenUnreachable::Refuse);
    assert_eq!(refusing.mail("sub", NOW).await, Err(Refused::NotCounted));
    assert_eq!(refusing.answer("sub", &mark(1, NOW), NOW).await.unwrap_err(), Refused::NotCounted);
    let allowing = guard_of(gone(), WhenUnreachable::Allow);
    assert_eq!(allowing.mail("sub", NOW).await, Ok(()));
    let counted = allowing.answer("sub", &mark(1, NOW), NOW).await.unwrap().unwrap();
    allowing.right("sub", counted, NOW).await;
}

#[tokio::test]
async fn too_many_at_once_are_refused_even_where_a_missing_table_is_allowed() {
    let overtaken = guard_of(Ok(false), WhenUnreachable::Allow);
    assert_eq!(overtaken.mail("sub", NOW).await, Err(Refused::NotCounted));
    assert_eq!(overtaken.answer("sub", &mark(1, NOW), NOW).await.unwrap_err(), Refused::NotCounted);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixty_answers_at_once_have_as_many_tries_as_one_after_another() {
    let guard = Arc::new(Guard::new(MemoryTable::default(), LIMITS, WhenUnreachable::Refuse));
    for round in 0..20 {
        let (sub, compared) = (format!("sub {round}"), Arc::new(AtomicU32::new(0)));
        let mut answers = tokio::task::JoinSet::new();
        for _ in 0..60 {
            let (guard, sub, compared) = (Arc::clone(&guard), sub.clone(), Arc::clone(&compared));
            answers.spawn(async move {
                if let Ok(Some(counted)) = guard.answer(&sub, &mark("one code", NOW), NOW).await {
                    compared.fetch_add(1, Ordering::Relaxed);
                    guard.wrong(counted);
                }
            });
        }
        answers.join_all().await;
        assert_eq!(compared.load(Ordering::Relaxed), 3);
        assert_eq!(guard.table().read(&sub).await.unwrap().wrong_secs.len(), 3);
    }
}
