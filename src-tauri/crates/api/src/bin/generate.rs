//! Writes the generated contract: `schemas/ts/api.ts` and `schemas/json/*.schema.json`. With `--check` it only
//! compares and fails when a committed file is stale.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let check = std::env::args().any(|argument| argument == "--check");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let mut files = vec![(PathBuf::from("schemas/ts/api.ts"), sunder_api::typescript())];
    for (name, schema) in sunder_api::json_schemas() {
        files.push((PathBuf::from(format!("schemas/json/{name}.schema.json")), schema));
    }
    let mut stale = 0;
    for (path, text) in files {
        let target = root.join(&path);
        if std::fs::read_to_string(&target).is_ok_and(|committed| committed == text) {
            continue;
        }
        if check {
            stale += 1;
            eprintln!(
                "{} is stale: run `npm run gen` and commit the result",
                path.display()
            );
            continue;
        }
        let written = target
            .parent()
            .map_or(Ok(()), std::fs::create_dir_all)
            .and_then(|()| std::fs::write(&target, text));
        match written {
            Ok(()) => println!("wrote {}", path.display()),
            Err(error) => {
                eprintln!("{} could not be written: {error}", path.display());
                return ExitCode::from(3);
            }
        }
    }
    if stale > 0 {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}
