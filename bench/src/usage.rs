//! What a process has used so far, as Linux tells.

/// Peak of resident memory, and processor time.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    /// `VmHWM`, in MiB.
    pub peak_mib: f64,
    /// Time on a processor of all threads that still run, in milliseconds.
    pub cpu_millis: f64,
}

/// `None` where there is no `/proc`, or the process is gone.
pub fn of_process(id: u32) -> Option<Usage> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let peak_kib: f64 =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().strip_suffix("kB")?.trim().parse().ok()?;
    // Nanoseconds; `stat` beside it has hundredths of a second alone, which is more than a cold start may take.
    let mut nanos = 0.0;
    for thread in std::fs::read_dir(format!("/proc/{id}/task")).ok()? {
        let schedstat = std::fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        nanos += schedstat.split(' ').next()?.parse::<f64>().ok()?;
    }
    Some(Usage { peak_mib: peak_kib / 1024.0, cpu_millis: nanos / 1e6 })
}
