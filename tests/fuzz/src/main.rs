//! `sunder-fuzz MINUTES [FORMAT…]`: changes files of each format for so many minutes and holds what comes of them. An input that
//! makes a reader panic, hang or give what is not sound is kept in `tests/fuzz/corpus`, and ends the run with an error.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use sha2::{Digest, Sha256};
use sunder_formats::Format;
use sunder_fuzz::change::change;
use sunder_fuzz::hold::{LONGEST, hold};
use sunder_fuzz::random::Random;
use sunder_fuzz::{archive, corpus};

/// What is being read, and the number of the input.
type Now = Arc<Mutex<Option<(u64, Format, Vec<u8>)>>>;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let minutes: Option<f64> = arguments.next().and_then(|minutes| minutes.parse().ok());
    let Some(minutes) = minutes.filter(|minutes| *minutes > 0.0) else {
        eprintln!("usage: sunder-fuzz MINUTES [FORMAT…]");
        return ExitCode::from(2);
    };
    let chosen: Vec<String> = arguments.collect();
    let formats = Format::ALL
        .iter()
        .copied()
        .filter(|format| chosen.is_empty() || chosen.iter().any(|key| key == format.key()));
    let seed = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(1, |now| now.as_secs());
    let now: Now = Arc::default();
    watch(Arc::clone(&now));
    let mut found = 0;
    for format in formats {
        found += one_format(format, Duration::from_secs_f64(minutes * 60.0), seed, &now);
    }
    ExitCode::from(u8::from(found > 0))
}

/// Changes files of one format until the time is up; says how many inputs failed.
fn one_format(format: Format, time: Duration, seed: u64, now: &Now) -> usize {
    let files = corpus::files(format);
    if files.is_empty() {
        eprintln!("{format}: no file to change");
        return 1;
    }
    let mut random = Random::seeded(seed);
    let began = Instant::now();
    let (mut tried, mut found) = (0_u64, 0);
    while began.elapsed() < time {
        let bytes = changed(&files, &mut random);
        let told = (random.below(4) > 0).then_some(format);
        *now.lock().unwrap() = Some((tried, format, bytes.clone()));
        if catch_unwind(AssertUnwindSafe(|| hold(&bytes, told))).is_err() {
            keep(format, &bytes);
            found += 1;
        }
        *now.lock().unwrap() = None;
        tried += 1;
    }
    println!(
        "{format}: {tried} inputs in {:.0} s from {} files, seed {seed}, {found} failed",
        began.elapsed().as_secs_f64(),
        files.len()
    );
    found
}

fn changed(files: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut bytes = random.one_of(files).clone();
    // An archive is changed as such now and then only.
    let parts = if random.below(20) == 0 {
        None
    } else {
        archive::parts(&bytes)
    };
    match parts.filter(|parts| !parts.is_empty()) {
        Some(mut parts) => {
            let at = random.below(parts.len());
            let others: Vec<Vec<u8>> = parts.iter().map(|(_, content)| content.clone()).collect();
            change(&mut parts[at].1, &others, random);
            archive::archive(&parts)
        }
        None => {
            change(&mut bytes, files, random);
            bytes
        }
    }
}

/// Keeps an input under a name of its own, for a person to look at and for every later test.
fn keep(format: Format, bytes: &[u8]) -> PathBuf {
    let hash: String = Sha256::digest(bytes)
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let path = corpus::kept().join(format!("{format}-{hash}"));
    std::fs::write(&path, bytes).unwrap();
    eprintln!("kept as {}", path.display());
    path
}

/// Ends the run when one input takes too long. Seconds are counted here, so that a machine that sleeps is no hang.
fn watch(now: Now) {
    std::thread::spawn(move || {
        let mut last = None;
        let mut seconds = 0;
        loop {
            std::thread::sleep(Duration::from_secs(1));
            let mut reading = now.lock().unwrap();
            let current = reading.as_ref().map(|(number, format, _)| (*number, *format));
            seconds = if current.is_some() && current == last {
                seconds + 1
            } else {
                0
            };
            last = current;
            if let Some((_, format, bytes)) = reading.take_if(|_| seconds > LONGEST.as_secs()) {
                eprintln!("{format}: an input takes more than {} s", LONGEST.as_secs());
                keep(format, &bytes);
                std::process::exit(1);
            }
        }
    });
}
