//! Plain rendering: without the graphics card's buffers, which some drivers need. WebKit reads its environment when it
//! starts, so the program starts itself once more with the variable set.

use std::io;

/// What WebKitGTK looks for.
#[cfg(target_os = "linux")]
const VARIABLE: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// Starts the program anew with plain rendering; returns only when that is not needed or not possible.
///
/// # Errors
/// When the system does not start it.
#[cfg(target_os = "linux")]
pub(crate) fn ensure_plain() -> io::Result<()> {
    use std::os::unix::process::CommandExt as _;
    use std::process::Command;

    if std::env::var_os(VARIABLE).is_some() {
        return Ok(());
    }
    Err(Command::new(std::env::current_exe()?)
        .args(std::env::args_os().skip(1))
        .env(VARIABLE, "1")
        .exec())
}

/// Other systems draw without it anyway.
#[cfg(not(target_os = "linux"))]
pub(crate) fn ensure_plain() -> io::Result<()> {
    Ok(())
}
