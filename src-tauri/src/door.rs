//! The one IPC door: `call(name, payload)`. Calls are answered on one thread, in the order in which the
//! window made them, so that a tag and its score cannot overtake each other. A panic is caught and becomes
//! an error code; the window stays. Closing the door waits for what is under way and lets go of the study.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use serde_json::Value;
use sunder_api::{ApiError, ErrorCode};
use tauri::Runtime;
use tauri::ipc::{Invoke, InvokeBody, InvokeResolver};

/// The one command that the window may call.
const COMMAND: &str = "call";

/// After this time without a call there is time for what nobody waits for.
const QUIET: Duration = Duration::from_secs(1);

/// After this time it is done between two calls: a window that plays calls every second, and would put it off for ever.
const AT_LATEST: Duration = Duration::from_secs(5);

pub(crate) struct Door<R: Runtime> {
    knocks: Sender<Knock<R>>,
    answering: Mutex<Option<JoinHandle<()>>>,
}

/// What the one who answers is asked.
pub(crate) enum Asked<'a> {
    /// To do ahead what the window will ask first: it is not there yet.
    Ahead,
    Call(&'a str, Value),
    /// To do what nobody waits for.
    Idle,
}

enum Knock<R: Runtime> {
    Call {
        name: String,
        payload: Value,
        resolver: InvokeResolver<R>,
    },
    Close,
}

impl<R: Runtime> Door<R> {
    /// Starts the thread on which `answer` is asked: first to work ahead, then one call at a time; when nobody has
    /// called for a second, and every five seconds at the latest, to do what nobody waits for.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub(crate) fn open<Answer>(answer: Answer) -> std::io::Result<Self>
    where
        Answer: FnMut(Asked<'_>) -> Result<Value, ApiError> + Send + 'static,
    {
        let (knocks, waiting) = channel();
        let answering = thread::Builder::new()
            .name("calls".to_owned())
            .spawn(move || attend(&waiting, answer))?;
        Ok(Self {
            knocks,
            answering: Mutex::new(Some(answering)),
        })
    }

    /// Takes an invocation and queues it; false when it is not the one command.
    pub(crate) fn pass(&self, invoke: Invoke<R>) -> bool {
        if invoke.message.command() != COMMAND {
            return false;
        }
        let InvokeBody::Json(body) = invoke.message.payload() else {
            invoke.resolver.reject(refusal("A call carries JSON."));
            return true;
        };
        let Some(name) = body.get("name").and_then(Value::as_str) else {
            invoke.resolver.reject(refusal("A call has a name."));
            return true;
        };
        let call = Knock::Call {
            name: name.to_owned(),
            payload: body.get("payload").cloned().unwrap_or(Value::Null),
            resolver: invoke.resolver,
        };
        if let Err(unsent) = self.knocks.send(call)
            && let Knock::Call { resolver, .. } = unsent.0
        {
            resolver.reject(fault());
        }
        true
    }

    /// Answers what came before, then ends the thread and with it whatever `answer` holds.
    pub(crate) fn close(&self) {
        // A thread that has ended already needs no word.
        let _ = self.knocks.send(Knock::Close);
        let answering = self.answering.lock().ok().and_then(|mut held| held.take());
        if let Some(answering) = answering
            && answering.join().is_err()
        {
            eprintln!("Calls ended early");
        }
    }
}

fn attend<R: Runtime, Answer>(waiting: &Receiver<Knock<R>>, mut answer: Answer)
where
    Answer: FnMut(Asked<'_>) -> Result<Value, ApiError>,
{
    // What it finds is kept by the one who answers, or found again when it is asked for.
    let _ = guarded(|| answer(Asked::Ahead));
    let mut tended = Instant::now();
    loop {
        let knock = if tended.elapsed() < AT_LATEST {
            waiting.recv_timeout(QUIET)
        } else {
            Err(RecvTimeoutError::Timeout)
        };
        match knock {
            Ok(Knock::Call {
                name,
                payload,
                resolver,
            }) => match guarded(|| answer(Asked::Call(&name, payload))) {
                Ok(reply) => resolver.resolve(reply),
                Err(error) => resolver.reject(error),
            },
            Err(RecvTimeoutError::Timeout) => {
                tended = Instant::now();
                if let Err(error) = guarded(|| answer(Asked::Idle)) {
                    eprintln!("Idle work failed: {:?}", error.code);
                }
            }
            Ok(Knock::Close) | Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

fn guarded(act: impl FnOnce() -> Result<Value, ApiError>) -> Result<Value, ApiError> {
    catch_unwind(AssertUnwindSafe(act)).unwrap_or_else(|_| Err(fault()))
}

fn fault() -> ApiError {
    ApiError::new(
        ErrorCode::Internal,
        "Something went wrong inside Sunder. What was confirmed is safe; please try again.",
    )
}

fn refusal(message: &str) -> ApiError {
    ApiError::new(ErrorCode::BadRequest, message)
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
    fn closing_lets_go_of_what_the_answers_hold() {
        let held = std::sync::Arc::new(());
        let study = std::sync::Arc::clone(&held);
        let door = Door::<tauri::Wry>::open(move |_| {
            let _held = &study;
            Ok(Value::Null)
        })
        .unwrap();
        assert_eq!(std::sync::Arc::strong_count(&held), 2);
        door.close();
        assert_eq!(std::sync::Arc::strong_count(&held), 1);
    }
}
