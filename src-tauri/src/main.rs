//! The desktop shell of Sunder: one window, one IPC door, the paths it was started with. What the program
//! does lives in `sunder-api`; nothing here knows a rule of the domain.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod door;
mod launch;
mod media;
mod notices;
mod rendering;

use std::process::ExitCode;
use std::sync::Arc;

use door::{Asked, Door};
use notices::Notices;
use serde_json::Value;
use sunder_api::{App, Environment};
use tauri::RunEvent;

fn main() -> ExitCode {
    hide_words_of_panics();
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Sunder could not open its window: {error}");
            ExitCode::from(3)
        }
    }
}

fn run() -> tauri::Result<()> {
    let paths = launch::paths();
    let mut app = App::new(Environment::of_user());
    if app.preferences().plain_rendering {
        rendering::ensure_plain()?;
    }
    let server = media::server();
    if let Some(server) = &server {
        app.play_through(Arc::clone(server));
    }
    let mut notices = Notices::default();
    let hearer = notices.hearer();
    // The study is opened while the window is made; the first question is then answered at once.
    let mut started = None;
    let door = Arc::new(Door::open(move |asked| match asked {
        Asked::Ahead => {
            let request = launch::with_paths(launch::START, Value::Null, &paths);
            started = Some(sunder_api::dispatch(&mut app, launch::START, request));
            Ok(Value::Null)
        }
        Asked::Call(launch::START, _) if started.is_some() => started.take().unwrap_or(Ok(Value::Null)),
        Asked::Call(name, payload) => {
            sunder_api::dispatch(&mut app, name, launch::with_paths(name, payload, &paths))
        }
        Asked::Idle => {
            notices.tell(app.idle());
            Ok(Value::Null)
        }
    })?);
    let entrance = Arc::clone(&door);
    let window = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(move |invoke| entrance.pass(invoke))
        .build(media::admitted(tauri::generate_context!(), server.as_deref()))?;
    hearer.listen(window.handle());
    window.run(move |_, event| {
        if matches!(event, RunEvent::Exit) {
            door.close();
        }
    });
    Ok(())
}

/// A panic's message may quote a transcript; a log must not. The place in the code is enough to find it.
fn hide_words_of_panics() {
    std::panic::set_hook(Box::new(|fault| match fault.location() {
        Some(place) => eprintln!("Internal fault at {}:{}", place.file(), place.line()),
        None => eprintln!("Internal fault"),
    }));
}
