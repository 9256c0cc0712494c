//! What crosses a border, held against its schema: the committed schemas are the generated ones, every example does
//! what its folder says, and our own files validate.

use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use serde_json::Value;

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap()
}

fn read(path: &Path) -> Value {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The committed schema of this name.
fn schema(name: &str) -> Validator {
    let value = read(&top().join(format!("schemas/json/{name}.schema.json")));
    jsonschema::draft202012::meta::validate(&value)
        .unwrap_or_else(|error| panic!("{name} is no schema: {error}"));
    jsonschema::validator_for(&value).unwrap()
}

/// The JSON files right in a folder; none is a mistake.
fn files(folder: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(top().join(folder))
        .unwrap_or_else(|error| panic!("{folder}: {error}"))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{folder} holds no example");
    files
}

/// What keeps a value from validating.
fn faults(validator: &Validator, value: &Value) -> Vec<String> {
    validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

#[test]
fn the_committed_schemas_are_the_generated_ones() {
    let generated = sunder_api::json_schemas();
    let names: Vec<&str> = generated.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["codebook", "rule", "transcript", "coding", "export"]);
    for (name, text) in generated {
        let committed = fs::read_to_string(top().join(format!("schemas/json/{name}.schema.json"))).unwrap();
        assert!(
            committed == text,
            "{name}.schema.json is stale: run `npm run gen` and commit the result"
        );
    }
    let committed = fs::read_to_string(top().join("schemas/ts/api.ts")).unwrap();
    assert!(
        committed == sunder_api::typescript(),
        "api.ts is stale: run `npm run gen` and commit the result"
    );
}

#[test]
fn every_example_does_what_its_folder_says() {
    for (name, _) in sunder_api::json_schemas() {
        let validator = schema(name);
        for path in files(&format!("schemas/json/examples/{name}")) {
            assert_eq!(
                faults(&validator, &read(&path)),
                Vec::<String>::new(),
                "{}",
                path.display()
            );
        }
        for path in files(&format!("schemas/json/examples/{name}/invalid")) {
            assert!(
                !validator.is_valid(&read(&path)),
                "{} validates and should not",
                path.display()
            );
        }
    }
}

/// The program and the schema agree on the examples: what validates is read, what does not is refused.
#[test]
fn the_readers_agree_with_the_schemas() {
    let codebook = sunder_domain::Codebook::built_in();
    let reads = |name: &str, text: &str| match name {
        "codebook" => sunder_domain::Codebook::from_json(text)
            .map(drop)
            .map_err(|error| error.to_string()),
        "rule" => sunder_domain::Rule::from_json(text)
            .map(drop)
            .map_err(|error| error.to_string()),
        "coding" => sunder_domain::Coding::from_json(text, &codebook)
            .map(drop)
            .map_err(|error| error.to_string()),
        "export" => serde_json::from_str::<sunder_formats::out::ExportFile>(text)
            .map(drop)
            .map_err(|error| error.to_string()),
        _ => serde_json::from_str::<sunder_domain::Transcript>(text)
            .map_err(|error| error.to_string())
            .and_then(|transcript| transcript.validate().map_err(|error| error.to_string())),
    };
    for (name, _) in sunder_api::json_schemas() {
        for path in files(&format!("schemas/json/examples/{name}")) {
            let text = fs::read_to_string(&path).unwrap();
            assert_eq!(reads(name, &text), Ok(()), "{}", path.display());
        }
        for path in files(&format!("schemas/json/examples/{name}/invalid")) {
            let text = fs::read_to_string(&path).unwrap();
            assert!(
                reads(name, &text).is_err(),
                "{} is read and should not be",
                path.display()
            );
        }
    }
}

#[test]
fn our_own_files_validate() {
    let built_in: Value = serde_json::from_str(sunder_domain::Codebook::built_in_json()).unwrap();
    assert_eq!(faults(&schema("codebook"), &built_in), Vec::<String>::new());
    let written: Value = serde_json::from_str(&sunder_domain::Codebook::built_in().to_json()).unwrap();
    assert_eq!(faults(&schema("codebook"), &written), Vec::<String>::new());
    let rule = schema("rule");
    for preset in sunder_domain::Rule::presets() {
        let written: Value = serde_json::from_str(&preset.to_json()).unwrap();
        assert_eq!(faults(&rule, &written), Vec::<String>::new(), "{}", preset.name);
    }
    let coding = schema("coding");
    for path in files("sample/codings") {
        assert_eq!(
            faults(&coding, &read(&path)),
            Vec::<String>::new(),
            "{}",
            path.display()
        );
    }
}

/// A schema that lets everything pass would pass every test above but this one.
#[test]
fn a_schema_notices_what_is_wrong() {
    let coding = schema("coding");
    let sound = read(&files("sample/codings")[0]);
    let check = |pointer: &str, value: Value| {
        let mut changed = sound.clone();
        *changed.pointer_mut(pointer).unwrap() = value;
        assert!(!coding.is_valid(&changed), "{pointer}");
    };
    check("/purpose", "fun".into());
    check("/conflicts/0/significance", 6.into());
    check("/markers/0/actor", "child".into());
    check("/session", "three".into());
    check("/format", "sunder-rule".into());
}
