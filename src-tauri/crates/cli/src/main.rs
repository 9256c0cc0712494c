//! The command line of Sunder: the same api without a window.

use std::process::ExitCode;

fn main() -> ExitCode {
    let name = std::env::args().nth(1).unwrap_or_else(|| "app_start".to_owned());
    match sunder_api::dispatch(&name, serde_json::Value::Null) {
        Ok(reply) => {
            println!("{reply}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{}", error.message);
            ExitCode::from(2)
        }
    }
}
