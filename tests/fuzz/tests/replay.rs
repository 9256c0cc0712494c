//! Every file that is kept is read as every format, and so are seeded changes of the imitations: quickly, with every test.

use std::time::Instant;

use sunder_formats::Format;
use sunder_fuzz::change::change;
use sunder_fuzz::hold::{LONGEST, hold};
use sunder_fuzz::random::Random;
use sunder_fuzz::{archive, corpus};

/// Larger files are left to the long runs, in bytes.
const SMALL: usize = 60_000;

#[test]
fn what_is_kept_is_read_soundly() {
    let files = corpus::read_folder(&corpus::kept());
    assert!(!files.is_empty(), "the corpus is not there");
    for (name, bytes) in files {
        for format in [None].into_iter().chain(Format::ALL.iter().copied().map(Some)) {
            let began = Instant::now();
            hold(&bytes, format);
            assert!(began.elapsed() < LONGEST, "{name} hangs");
        }
    }
}

#[test]
fn seeded_changes_of_every_format_are_read_soundly() {
    for format in Format::ALL.iter().copied() {
        let mut files = corpus::files(format);
        files.retain(|file| file.len() <= SMALL);
        assert!(!files.is_empty(), "{format}: no file to change");
        let mut random = Random::seeded(7);
        for _ in 0..60 {
            let mut bytes = random.one_of(&files).clone();
            change(&mut bytes, &files, &mut random);
            hold(&bytes, Some(format));
        }
    }
}

#[test]
fn an_archive_is_put_together_as_it_was() {
    let file = &corpus::files(Format::Docx)[0];
    let parts = archive::parts(file).unwrap();
    assert_eq!(archive::parts(&archive::archive(&parts)).unwrap(), parts);
}
