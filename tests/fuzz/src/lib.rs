//! Transcripts that were changed at random, and what must be true of whatever a reader makes of them.
//!
//! The changes are blind: bytes and stretches are altered, moved, doubled, cut and mixed with what the formats look for, seeded
//! so that a run can be repeated; nothing measures which code they reach. Archives are changed inside their parts,
//! since an archive with a changed byte is no archive.

pub mod archive;
pub mod change;
pub mod corpus;
pub mod hold;
pub mod random;
