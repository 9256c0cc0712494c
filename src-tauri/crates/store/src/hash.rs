//! The chain: every operation's hash covers its header, its payload and the operation before it in the stream.
//!
//! Each field is preceded by its length in bytes as an unsigned 64-bit little-endian number; numbers are 8 bytes,
//! little-endian; text is UTF-8; `undo_of` is empty where there is none; the first `prev_hash` of a stream is 32 zero
//! bytes. This shows accidents and careless edits, not a forger who has the program.

use sha2::{Digest, Sha256};

/// A SHA-256 value.
pub(crate) type Hash = [u8; 32];

/// What stands before the first operation of a stream.
pub(crate) const BEGINNING: Hash = [0; 32];

/// The fields of an operation that its hash covers, in the order they are hashed.
pub(crate) struct Header<'a> {
    pub(crate) prev_hash: &'a [u8],
    pub(crate) study_id: &'a str,
    pub(crate) stream_id: &'a str,
    pub(crate) seq: u64,
    pub(crate) id: &'a str,
    pub(crate) at_ms: i64,
    pub(crate) actor: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) undo_of: Option<&'a str>,
    pub(crate) payload_sha256: &'a [u8],
}

impl Header<'_> {
    pub(crate) fn hash(&self) -> Hash {
        let mut sha = Sha256::new();
        let mut field = |bytes: &[u8]| {
            sha.update((bytes.len() as u64).to_le_bytes());
            sha.update(bytes);
        };
        field(self.prev_hash);
        field(self.study_id.as_bytes());
        field(self.stream_id.as_bytes());
        field(&self.seq.to_le_bytes());
        field(self.id.as_bytes());
        field(&self.at_ms.to_le_bytes());
        field(self.actor.as_bytes());
        field(self.kind.as_bytes());
        field(self.undo_of.unwrap_or_default().as_bytes());
        field(self.payload_sha256);
        sha.finalize().into()
    }
}

/// SHA-256 of some bytes.
pub(crate) fn sha256(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// SHA-256 of some bytes in lower-case hexadecimal: the name of a piece of content.
#[must_use]
pub fn content_sha256(bytes: &[u8]) -> String {
    hex(&sha256(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Header<'static> {
        Header {
            prev_hash: &BEGINNING,
            study_id: "study",
            stream_id: "stream",
            seq: 1,
            id: "operation",
            at_ms: 1_700_000_000_000,
            actor: "R1",
            kind: "marker_add",
            undo_of: None,
            payload_sha256: &[7; 32],
        }
    }

    /// Computed independently with Python's hashlib from the description above.
    #[test]
    fn the_hash_is_the_documented_concatenation() {
        assert_eq!(hex(&example().hash()), include_str!("hash_example.txt").trim());
    }

    #[test]
    fn every_field_counts_and_none_runs_into_the_next() {
        let base = example().hash();
        let changed = [
            Header {
                prev_hash: &[1; 32],
                ..example()
            },
            Header {
                study_id: "studys",
                stream_id: "tream",
                ..example()
            },
            Header { seq: 2, ..example() },
            Header {
                id: "operatio",
                ..example()
            },
            Header {
                at_ms: 1,
                ..example()
            },
            Header {
                actor: "R2",
                ..example()
            },
            Header {
                kind: "marker_move",
                ..example()
            },
            Header {
                undo_of: Some("x"),
                ..example()
            },
            Header {
                payload_sha256: &[8; 32],
                ..example()
            },
        ];
        for header in changed {
            assert_ne!(header.hash(), base);
        }
    }
}
