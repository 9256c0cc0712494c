//! Why codings and sessions are left out, in words, and which choice takes them in.

use crate::wire::LeftOut;

/// What a reason for leaving out is called, how it reads for one and for several, and what takes it in.
pub(super) struct Ground {
    kind: &'static str,
    one: &'static str,
    several: &'static str,
    keep: Option<&'static str>,
}

pub(super) const OTHER_PERSPECTIVE: Ground = Ground {
    kind: "perspective",
    one: "coding is a patient's or a therapist's own and stands beside the observers', not among them",
    several: "codings are patients' or therapists' own and stand beside the observers', not among them",
    keep: None,
};
pub(super) const BRANCH: Ground = Ground {
    kind: "branch",
    one: "coding is the shorter of two branches that met",
    several: "codings are the shorter of two branches that met",
    keep: None,
};
pub(super) const UNSUBMITTED: Ground = Ground {
    kind: "unsubmitted",
    one: "coding is not submitted",
    several: "codings are not submitted",
    keep: Some("unsubmitted"),
};
pub(super) const OTHER_TRANSCRIPT: Ground = Ground {
    kind: "other-transcript",
    one: "coding was made on another version of the transcript than the others of its session",
    several: "codings were made on another version of the transcript than the others of their session",
    keep: Some("other_transcripts"),
};
pub(super) const OTHER_CODEBOOK: Ground = Ground {
    kind: "other-codebook",
    one: "coding was made with another edition of the codebook than most",
    several: "codings were made with another edition of the codebook than most",
    keep: Some("other_codebooks"),
};
pub(super) const SECOND: Ground = Ground {
    kind: "second-coding",
    one: "coding is a further one by the same rater of the same session for the same purpose",
    several: "codings are further ones by the same rater of the same session for the same purpose",
    keep: None,
};
pub(super) const ONCE: Ground = Ground {
    kind: "coded-once",
    one: "session was coded by one rater only",
    several: "sessions were coded by one rater only",
    keep: Some("coded_once"),
};
pub(super) const NO_OTHER: Ground = Ground {
    kind: "coded-once",
    one: "coding has no counterpart",
    several: "codings have no counterpart",
    keep: None,
};

pub(super) const NO_CODING: Ground = Ground {
    kind: "no-coding",
    one: "rater who was named has no such coding",
    several: "raters who were named have no such coding",
    keep: None,
};

/// Adds a ground with what it left out; nothing where that is nothing.
pub(super) fn note(left_out: &mut Vec<LeftOut>, ground: &Ground, which: impl Iterator<Item = String>) {
    let mut which: Vec<String> = which.collect();
    if which.is_empty() {
        return;
    }
    which.sort();
    left_out.push(LeftOut {
        kind: ground.kind.to_owned(),
        count: u32::try_from(which.len()).unwrap_or(u32::MAX),
        words: format!(
            "{} {}.",
            which.len(),
            if which.len() == 1 {
                ground.one
            } else {
                ground.several
            }
        ),
        which,
        keep: ground.keep.map(str::to_owned),
    });
}
