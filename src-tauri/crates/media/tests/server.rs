//! The server as the window meets it: over a socket.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::sync::Arc;

use sunder_media::{Kind, MediaServer, Shelf};
use tempfile::TempDir;

const WAV: Kind = Kind {
    media_type: "audio/wav",
    video: false,
};

struct Lab {
    folder: TempDir,
    server: Arc<MediaServer>,
}

impl Lab {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            server: MediaServer::bind().unwrap(),
        }
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    fn host(&self) -> String {
        self.server.origin().replace("http://", "")
    }

    /// A file of ten bytes on a shelf: the shelf, and what stands in its address after the host.
    fn ten(&self) -> (Shelf, String) {
        let shelf = self.server.shelf().unwrap();
        let path = self.file("ten.wav", b"0123456789");
        let url = shelf.put("one", &path, WAV).unwrap();
        let target = url.strip_prefix(&self.server.origin()).unwrap().to_owned();
        (shelf, target)
    }

    /// Status line, headers and body of an answer.
    fn ask(&self, head: &str) -> (String, String, Vec<u8>) {
        let mut stream = TcpStream::connect(self.host()).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|end| end == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(answer[..end].to_vec()).unwrap();
        let (status, headers) = head.split_once("\r\n").unwrap();
        (status.to_owned(), headers.to_owned(), answer[end + 4..].to_vec())
    }

    fn get(&self, target: &str, more: &str) -> (String, String, Vec<u8>) {
        let host = self.host();
        self.ask(&format!("GET {target} HTTP/1.1\r\nHost: {host}\r\n{more}\r\n"))
    }
}

#[test]
fn a_file_on_the_shelf_is_given_whole_and_in_parts() {
    let lab = Lab::new();
    let (_shelf, target) = lab.ten();
    let (status, headers, body) = lab.get(&target, "");
    assert_eq!(status, "HTTP/1.1 200 OK");
    assert_eq!(body, b"0123456789");
    for header in [
        "Content-Type: audio/wav",
        "Content-Length: 10",
        "Accept-Ranges: bytes",
        "Cache-Control: no-store",
    ] {
        assert!(headers.contains(header), "{header}");
    }
    assert!(
        !headers.to_lowercase().contains("access-control"),
        "no page of elsewhere may read it"
    );

    let (status, headers, body) = lab.get(&target, "Range: bytes=4-\r\n");
    assert_eq!(status, "HTTP/1.1 206 Partial Content");
    assert!(headers.contains("Content-Range: bytes 4-9/10"));
    assert_eq!(body, b"456789");
    assert_eq!(lab.get(&target, "Range: bytes=2-3\r\n").2, b"23");
    let (status, headers, _) = lab.get(&target, "Range: bytes=10-\r\n");
    assert_eq!(status, "HTTP/1.1 416 Range Not Satisfiable");
    assert!(headers.contains("Content-Range: bytes */10"));
}

#[test]
fn whoever_does_not_know_the_token_gets_nothing() {
    let lab = Lab::new();
    let (_shelf, target) = lab.ten();
    let token = target.split('/').nth(1).unwrap();
    assert_eq!(token.len(), 64, "256 bits");
    for other in [
        "/one".to_owned(),
        "/".to_owned(),
        format!("/{}/one", "0".repeat(64)),
        format!("/{token}/two"),
        format!("/{token}/"),
        format!("/{token}/../one"),
        format!("/{token}/one/etc/passwd"),
        format!("/{token}//etc/passwd"),
    ] {
        let (status, _, body) = lab.get(&other, "");
        assert_eq!(
            (status.as_str(), body.len()),
            ("HTTP/1.1 404 Not Found", 0),
            "{other}"
        );
    }
}

#[test]
fn only_this_host_and_only_reading() {
    let lab = Lab::new();
    let (_shelf, target) = lab.ten();
    let host = lab.host();
    let status = |head: String| lab.ask(&head).0;
    assert_eq!(
        status(format!("GET {target} HTTP/1.1\r\nHost: evil.example\r\n\r\n")),
        "HTTP/1.1 403 Forbidden"
    );
    assert_eq!(
        status(format!("GET {target} HTTP/1.1\r\n\r\n")),
        "HTTP/1.1 403 Forbidden"
    );
    assert_eq!(
        status(format!("POST {target} HTTP/1.1\r\nHost: {host}\r\n\r\n")),
        "HTTP/1.1 405 Method Not Allowed"
    );
    assert_eq!(status("nonsense\r\n\r\n".to_owned()), "HTTP/1.1 400 Bad Request");
    let (status, headers, body) = lab.ask(&format!("HEAD {target} HTTP/1.1\r\nHost: {host}\r\n\r\n"));
    assert_eq!((status.as_str(), body.len()), ("HTTP/1.1 200 OK", 0));
    assert!(headers.contains("Content-Length: 10"));
}

#[test]
fn a_shelf_that_is_gone_serves_nothing_more_and_a_new_one_has_another_token() {
    let lab = Lab::new();
    let (shelf, target) = lab.ten();
    drop(shelf);
    assert_eq!(lab.get(&target, "").0, "HTTP/1.1 404 Not Found");
    let (_shelf, again) = lab.ten();
    assert_ne!(target, again);
    assert_eq!(lab.get(&again, "").0, "HTTP/1.1 200 OK");
    assert_eq!(lab.get(&target, "").0, "HTTP/1.1 404 Not Found");
}

#[test]
fn an_answer_under_way_ends_with_its_shelf() {
    let lab = Lab::new();
    let shelf = lab.server.shelf().unwrap();
    let long = vec![7; 64 << 20];
    let path = lab.file("long.wav", &long);
    let url = shelf.put("long", &path, WAV).unwrap();
    let target = url.strip_prefix(&lab.server.origin()).unwrap();
    let mut stream = TcpStream::connect(lab.host()).unwrap();
    let head = format!("GET {target} HTTP/1.1\r\nHost: {}\r\n\r\n", lab.host());
    stream.write_all(head.as_bytes()).unwrap();
    let mut first = [0; 1024];
    stream.read_exact(&mut first).unwrap();
    drop(shelf);
    let mut rest = Vec::new();
    // It may end as a reset: that it ends before the file does is what counts.
    let _ = stream.read_to_end(&mut rest);
    assert!(
        rest.len() < long.len() / 2,
        "{} bytes came after the study was closed",
        rest.len()
    );
}

#[test]
fn a_file_that_is_gone_is_not_found() {
    let lab = Lab::new();
    let (_shelf, target) = lab.ten();
    std::fs::remove_file(lab.folder.path().join("ten.wav")).unwrap();
    assert_eq!(lab.get(&target, "").0, "HTTP/1.1 404 Not Found");
}
