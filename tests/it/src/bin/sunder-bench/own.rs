//! What this process takes of the machine (Linux; elsewhere memory is not told).

use std::fs;

/// Starts the peak of memory anew.
pub(crate) fn forget_peak() {
    // Where this is not admitted, the peak is that of the whole run: never too low.
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// Peak of resident memory since the start or since it was forgotten, MB.
pub(crate) fn peak_mb() -> Option<f64> {
    status("VmHWM:")
}

fn status(key: &str) -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(key))?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").trim().parse().ok()?;
    Some(kilobytes / 1_024.0)
}
