//! Whether a clock is wrong, by the `Date` header of a reply.

/// A clock that differs from the service's by more than this is wrong. Signed requests to AWS may differ by as much.
const TOLERANCE_MILLIS: i64 = 5 * 60_000;

/// How wrong a clock is, such as `12 minutes ahead`; `None` where that does no harm.
///
/// The service's clock, by its reply, may show any time between the request and the reply, which a device that slept meanwhile takes late.
/// All are in milliseconds since the Unix epoch.
#[must_use]
pub fn difference(service_millis: i64, asked_millis: i64, answered_millis: i64) -> Option<String> {
    let behind_millis = service_millis.saturating_sub(answered_millis);
    let ahead_millis = asked_millis.saturating_sub(service_millis);
    let (off_millis, direction) =
        if behind_millis > 0 { (behind_millis, " minutes behind") } else { (ahead_millis, " minutes ahead") };
    (off_millis > TOLERANCE_MILLIS).then(|| [&(off_millis / 60_000).to_string(), direction].concat())
}

#[cfg(test)]
mod tests {
    use super::difference;

    const NOW: i64 = 1_757_408_703_000;

    #[test]
    fn a_clock_is_wrong_from_five_minutes_on() {
        for (service_millis, wanted) in [
            (NOW, None),
            (NOW + 300_000, None),
            (NOW - 300_000, None),
            (NOW + 360_000, Some("6 minutes behind")),
            (NOW - 5_400_000, Some("90 minutes ahead")),
            (i64::MAX, Some("153722837990767 minutes behind")),
            (i64::MIN, Some("153722867280912 minutes ahead")),
        ] {
            assert_eq!(difference(service_millis, NOW, NOW).as_deref(), wanted, "{service_millis}");
        }
    }

    #[test]
    fn a_device_that_slept_over_the_reply_has_no_wrong_clock() {
        let hour = 3_600_000;
        assert_eq!(difference(NOW + 20, NOW, NOW + hour), None);
        assert_eq!(difference(NOW - 400_000, NOW, NOW + hour).as_deref(), Some("6 minutes ahead"));
    }
}
