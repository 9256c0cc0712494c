//! What the program was started with: paths of a study or of transcripts.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The path arguments, absolute, in the order given. Arguments that begin with `-` are not paths.
pub(crate) fn paths() -> Vec<PathBuf> {
    let here = std::env::current_dir().unwrap_or_default();
    absolute(&here, std::env::args_os().skip(1))
}

fn absolute(here: &Path, arguments: impl Iterator<Item = OsString>) -> Vec<PathBuf> {
    arguments
        .filter(|argument| !argument.to_string_lossy().starts_with('-'))
        .map(|argument| here.join(argument))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_absolute_and_options_are_left_out() {
        let arguments = ["one.sunder", "--flag", "/data/two.vtt"].map(OsString::from);
        assert_eq!(
            absolute(Path::new("/home/lea"), arguments.into_iter()),
            [
                PathBuf::from("/home/lea/one.sunder"),
                PathBuf::from("/data/two.vtt")
            ]
        );
    }
}
