//! What the program was started with: paths of a study or of transcripts.

use std::ffi::OsString;
use std::path::Path;

use serde_json::{Map, Value, json};

/// The call that opens what the program was started with.
pub(crate) const START: &str = "app_start";

/// The path arguments, absolute, in the order given. Arguments that begin with `-` are not paths.
pub(crate) fn paths() -> Vec<String> {
    let here = std::env::current_dir().unwrap_or_default();
    absolute(&here, std::env::args_os().skip(1))
}

fn absolute(here: &Path, arguments: impl Iterator<Item = OsString>) -> Vec<String> {
    arguments
        .filter(|argument| !argument.to_string_lossy().starts_with('-'))
        .map(|argument| here.join(argument).to_string_lossy().into_owned())
        .collect()
}

/// The request of a call as the api is to see it: the start is told the paths, all else stays as it is.
pub(crate) fn with_paths(name: &str, payload: Value, paths: &[String]) -> Value {
    if name != START {
        return payload;
    }
    let mut fields = match payload {
        Value::Object(fields) => fields,
        _ => Map::new(),
    };
    fields.insert("paths".to_owned(), json!(paths));
    Value::Object(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn paths_become_absolute_and_options_are_left_out() {
        let arguments = ["one.sunder", "--flag", "/data/two.vtt"].map(OsString::from);
        assert_eq!(
            absolute(Path::new("/home/lea"), arguments.into_iter()),
            ["/home/lea/one.sunder", "/data/two.vtt"]
        );
    }

    #[test]
    fn only_a_start_is_told_the_paths() {
        let paths = ["/data/study.sunder".to_owned()];
        assert_eq!(
            with_paths("app_start", Value::Null, &paths),
            json!({ "paths": ["/data/study.sunder"] })
        );
        assert_eq!(
            with_paths("marker_add", json!({ "a": 1 }), &paths),
            json!({ "a": 1 })
        );
    }
}
