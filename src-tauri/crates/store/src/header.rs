//! What the first bytes of a file say, before SQLite sees it.
//!
//! `application_id` is "SNDR"; `user_version` is schema × 1000 + the oldest schema whose programs may still read and
//! write the file. Both stand in the header, so that an old program can refuse a new file without opening it.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// "SNDR".
pub(crate) const APPLICATION_ID: i32 = i32::from_be_bytes(*b"SNDR");

const MAGIC: &[u8] = b"SQLite format 3\0";
const LENGTH: usize = 100;

/// What a file looks like from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outside {
    /// No SQLite file: foreign, or encrypted.
    Opaque,
    /// An SQLite file of another program.
    Foreign,
    /// A plain study. `expected_bytes` is what the header says the file's length is.
    Study {
        version: FileVersion,
        expected_bytes: u64,
    },
}

/// The two numbers of a file's version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FileVersion {
    pub(crate) schema: u32,
    pub(crate) oldest_reader: u32,
}

impl FileVersion {
    pub(crate) const fn from_user_version(user_version: i32) -> Self {
        let number = if user_version < 0 {
            0
        } else {
            user_version.unsigned_abs()
        };
        Self {
            schema: number / 1000,
            oldest_reader: number % 1000,
        }
    }

    pub(crate) const fn user_version(self) -> i32 {
        (self.schema * 1000 + self.oldest_reader).cast_signed()
    }

    /// Whether both numbers make sense; anything else is damage.
    pub(crate) const fn is_sound(self) -> bool {
        self.schema >= 1 && self.oldest_reader >= 1 && self.oldest_reader <= self.schema
    }
}

/// Reads the header. The caller has claimed the file.
pub(crate) fn read(path: &Path) -> std::io::Result<Outside> {
    let mut bytes = Vec::with_capacity(LENGTH);
    File::open(path)?.take(LENGTH as u64).read_to_end(&mut bytes)?;
    Ok(judge(&bytes))
}

fn judge(bytes: &[u8]) -> Outside {
    if !bytes.starts_with(MAGIC) {
        return Outside::Opaque;
    }
    let number =
        |at: usize| -> Option<u32> { Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?)) };
    let page_size = match bytes.get(16..18) {
        Some([0, 1]) => 65_536,
        Some([high, low]) => u64::from(u16::from_be_bytes([*high, *low])),
        _ => return Outside::Foreign,
    };
    match (number(28), number(60), number(68)) {
        (Some(pages), Some(version), Some(application)) if application == APPLICATION_ID.cast_unsigned() => {
            Outside::Study {
                version: FileVersion::from_user_version(version.cast_signed()),
                expected_bytes: page_size * u64::from(pages),
            }
        }
        _ => Outside::Foreign,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn header(version: u32, application: [u8; 4]) -> Vec<u8> {
        let mut bytes = vec![0; LENGTH];
        bytes[..16].copy_from_slice(MAGIC);
        bytes[16..18].copy_from_slice(&4096_u16.to_be_bytes());
        bytes[28..32].copy_from_slice(&12_u32.to_be_bytes());
        bytes[60..64].copy_from_slice(&version.to_be_bytes());
        bytes[68..72].copy_from_slice(&application);
        bytes
    }

    #[test]
    fn a_study_is_known_by_its_header() {
        let version = FileVersion {
            schema: 12,
            oldest_reader: 9,
        };
        assert_eq!(
            judge(&header(12_009, *b"SNDR")),
            Outside::Study {
                version,
                expected_bytes: 12 * 4096
            }
        );
        assert_eq!(version.user_version(), 12_009);
        assert_eq!(judge(&header(12_009, [0; 4])), Outside::Foreign);
        assert_eq!(judge(b"P: Hello."), Outside::Opaque);
        assert_eq!(judge(b""), Outside::Opaque);
        assert_eq!(judge(MAGIC), Outside::Foreign);
    }

    proptest! {
        #[test]
        fn any_bytes_are_judged(bytes in prop::collection::vec(any::<u8>(), 0..120)) {
            let _ = judge(&bytes);
            let mut with_magic = MAGIC.to_vec();
            with_magic.extend(bytes);
            prop_assert_ne!(judge(&with_magic), Outside::Opaque);
        }
    }
}
