//! What a process has used so far, as Linux tells.

/// Peak of resident memory, and processor time.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    /// `VmHWM`, in MiB.
    pub peak_mib: f64,
    /// User and system time, in milliseconds, to a hundredth of a second.
    pub cpu_millis: f64,
}

/// `None` where there is no `/proc`, or the process is gone.
pub fn of_process(id: u32) -> Option<Usage> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let peak_kib: f64 =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().strip_suffix("kB")?.trim().parse().ok()?;
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The name in parentheses may hold spaces; times are the 14th and 15th field, in ticks of a hundredth of a second.
    let mut fields = stat.rsplit_once(") ")?.1.split(' ').skip(11);
    let mut ticks = || fields.next()?.parse::<f64>().ok();
    Some(Usage { peak_mib: peak_kib / 1024.0, cpu_millis: (ticks()? + ticks()?) * 10.0 })
}
