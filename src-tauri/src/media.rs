//! What the window may play: the policy admits this program's own server, at the port it has, and nothing else.

use std::sync::Arc;

use sunder_api::MediaServer;
use tauri::utils::config::Csp;
use tauri::{Context, Runtime};

/// The server for recordings; without a port the program works all the same, silently.
pub(crate) fn server() -> Option<Arc<MediaServer>> {
    MediaServer::bind()
        .inspect_err(|error| eprintln!("Recordings cannot be played: {error}"))
        .ok()
}

/// The context with a policy that names the server's address.
pub(crate) fn admitted<R: Runtime>(mut context: Context<R>, server: Option<&MediaServer>) -> Context<R> {
    let Some(server) = server else { return context };
    if let Some(Csp::Policy(policy)) = &mut context.config_mut().app.security.csp {
        *policy = with_media(policy, &server.origin());
    }
    context
}

/// The policy's own `media-src 'none'` is replaced; what else it says stays.
fn with_media(policy: &str, origin: &str) -> String {
    policy.replace("media-src 'none'", &format!("media-src {origin}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_admits_the_server_and_nothing_else() {
        let config: serde_json::Value = serde_json::from_str(include_str!("../tauri.conf.json")).unwrap();
        let policy = config["app"]["security"]["csp"].as_str().unwrap();
        assert!(policy.contains("media-src 'none'"));
        let opened = with_media(policy, "http://127.0.0.1:4711");
        assert!(opened.contains("media-src http://127.0.0.1:4711;"), "{opened}");
        assert_eq!(opened.replace("http://127.0.0.1:4711", "'none'"), policy);
    }
}
