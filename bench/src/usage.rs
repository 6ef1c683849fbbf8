//! What a process has used so far, as Linux tells.

/// Peak of resident memory, and processor time.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    /// `VmHWM`, in MiB.
    pub peak_mib: f64,
    /// Time on a processor of all threads that still run, in milliseconds.
    pub cpu_millis: f64,
}

/// Resident memory now, in MiB; `None` as below.
pub fn resident_mib(id: u32) -> Option<f64> {
    kib(&std::fs::read_to_string(format!("/proc/{id}/status")).ok()?, "VmRSS:").map(|kib| kib / 1024.0)
}

/// Time on a processor of all threads, also of those that have ended, in milliseconds and to hundredths of a second; `None` as
/// below.
pub fn cpu_millis(id: u32) -> Option<f64> {
    ticks(&std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?).map(|ticks| ticks * 10.0)
}

/// A line of `status`.
fn kib(status: &str, name: &str) -> Option<f64> {
    status.lines().find_map(|line| line.strip_prefix(name))?.trim().strip_suffix("kB")?.trim().parse().ok()
}

/// `utime` and `stime` of `stat`, of which there are a hundred a second for programs. They stand twelfth and thirteenth after the
/// name, in which there may be anything.
fn ticks(stat: &str) -> Option<f64> {
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let (user, system): (f64, f64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some(user + system)
}

/// `None` where there is no `/proc`, or the process is gone.
pub fn of_process(id: u32) -> Option<Usage> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let peak_kib = kib(&status, "VmHWM:")?;
    // Nanoseconds; `stat` beside it has hundredths of a second alone, which is more than a cold start may take.
    let mut nanos = 0.0;
    for thread in std::fs::read_dir(format!("/proc/{id}/task")).ok()? {
        let schedstat = std::fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        nanos += schedstat.split(' ').next()?.parse::<f64>().ok()?;
    }
    Some(Usage { peak_mib: peak_kib / 1024.0, cpu_millis: nanos / 1e6 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_from_its_own_line() {
        let status = "Name:\tVmRSS: 7 kB\nVmHWM:\t   2048 kB\nVmRSS:\t   1024 kB\n";
        assert_eq!((kib(status, "VmRSS:"), kib(status, "VmHWM:"), kib(status, "VmSwap:")), (Some(1024.0), Some(2048.0), None));
    }

    #[test]
    fn processor_time_is_read_whatever_the_program_is_called() {
        let stat = "42 (a ) b) S 1 2 3 4 5 6 7 8 9 10 150 25 0 0 20 0 8 0 1";
        assert_eq!(ticks(stat), Some(175.0));
        assert_eq!(ticks("42 (short) S 1 2"), None);
    }
}
