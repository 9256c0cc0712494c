//! The SHA-256 of a file, read in pieces.

use std::fmt::Write as _;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::error::MediaError;
use crate::watch::{Watch, part};

const PIECE: usize = 1 << 20;

/// The SHA-256 of a file's bytes in lower-case hexadecimal, and how many they are.
///
/// # Errors
/// Where it cannot be read, and [`MediaError::Stopped`].
pub fn fingerprint(path: &Path, watch: &Watch) -> Result<(String, u64), MediaError> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut hash = Sha256::new();
    let mut piece = vec![0; PIECE];
    let mut at = 0;
    loop {
        watch.reached(part(at, length))?;
        let read = file.read(&mut piece)?;
        if read == 0 {
            break;
        }
        hash.update(piece.get(..read).unwrap_or_default());
        at += read as u64;
    }
    let hex = hash.finalize().iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string does not fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    Ok((hex, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_the_hash_of_its_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("abc");
        std::fs::write(&path, b"abc").unwrap();
        // FIPS 180-2, appendix B.1.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(
            fingerprint(&path, &Watch::default()).unwrap(),
            (abc.to_owned(), 3)
        );
    }

    #[test]
    fn it_stops_when_it_is_no_longer_wanted() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("abc");
        std::fs::write(&path, b"abc").unwrap();
        let watch = Watch::default();
        watch.stop();
        assert!(matches!(fingerprint(&path, &watch), Err(MediaError::Stopped)));
    }
}
