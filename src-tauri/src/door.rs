//! The one IPC door: `call(name, payload)`. Calls are answered on one thread, in the order in which the
//! window made them, so that a tag and its score cannot overtake each other. A panic is caught and becomes
//! an error code; the window stays.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use serde_json::{Value, json};
use sunder_api::{ApiError, ErrorCode};
use tauri::Runtime;
use tauri::ipc::{Invoke, InvokeBody, InvokeResolver};

/// The one command that the window may call.
const COMMAND: &str = "call";

pub(crate) struct Door<R: Runtime> {
    calls: Sender<Call<R>>,
}

struct Call<R: Runtime> {
    name: String,
    payload: Value,
    resolver: InvokeResolver<R>,
}

impl<R: Runtime> Door<R> {
    /// Starts the thread that answers. `app_start` is told `paths`, what the program was started with.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub(crate) fn open(paths: Vec<PathBuf>) -> std::io::Result<Self> {
        let (calls, waiting) = channel();
        thread::Builder::new()
            .name("calls".to_owned())
            .spawn(move || answer(&waiting, &paths))?;
        Ok(Self { calls })
    }

    /// Takes an invocation and queues it; false when it is not the one command.
    pub(crate) fn pass(&self, invoke: Invoke<R>) -> bool {
        if invoke.message.command() != COMMAND {
            return false;
        }
        let InvokeBody::Json(body) = invoke.message.payload() else {
            invoke.resolver.reject(fault("A call carries JSON."));
            return true;
        };
        let Some(name) = body.get("name").and_then(Value::as_str) else {
            invoke.resolver.reject(fault("A call has a name."));
            return true;
        };
        let call = Call {
            name: name.to_owned(),
            payload: body.get("payload").cloned().unwrap_or(Value::Null),
            resolver: invoke.resolver,
        };
        if let Err(unsent) = self.calls.send(call) {
            unsent.0.resolver.reject(fault(
                "Nobody answers calls any more. Close the window and start again.",
            ));
        }
        true
    }
}

fn answer<R: Runtime>(waiting: &Receiver<Call<R>>, paths: &[PathBuf]) {
    for call in waiting {
        let payload = with_paths(&call.name, call.payload, paths);
        match guarded(|| sunder_api::dispatch(&call.name, payload)) {
            Ok(reply) => call.resolver.resolve(reply),
            Err(error) => call.resolver.reject(error),
        }
    }
}

/// `app_start` is the one call that the shell adds to.
fn with_paths(name: &str, payload: Value, paths: &[PathBuf]) -> Value {
    if name != "app_start" {
        return payload;
    }
    let mut fields = match payload {
        Value::Object(fields) => fields,
        _ => serde_json::Map::new(),
    };
    let paths: Vec<_> = paths.iter().map(|path| path.to_string_lossy()).collect();
    fields.insert("paths".to_owned(), json!(paths));
    Value::Object(fields)
}

fn guarded(act: impl FnOnce() -> Result<Value, ApiError>) -> Result<Value, ApiError> {
    catch_unwind(AssertUnwindSafe(act)).unwrap_or_else(|cause: Box<dyn Any + Send>| {
        drop(cause);
        Err(fault(
            "Something went wrong inside Sunder. What was confirmed is safe; please try again.",
        ))
    })
}

fn fault(message: &str) -> ApiError {
    ApiError {
        code: ErrorCode::Internal,
        message: message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_error_code_and_says_none_of_its_words() {
        let error = guarded(|| panic!("words of a transcript")).unwrap_err();
        assert_eq!(error.code, ErrorCode::Internal);
        assert!(!error.message.contains("transcript"));
    }

    #[test]
    fn only_a_start_is_told_the_paths() {
        let paths = [PathBuf::from("/data/study.sunder")];
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
