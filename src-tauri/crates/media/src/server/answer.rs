//! The answer: a status, a few headers, and the bytes of a file from the disk piece by piece.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::net::TcpStream;
use std::time::Duration;

use super::request::Request;
use super::{Served, Shelves};

/// So much of a file is in memory at a time.
const PIECE: usize = 64 << 10;
/// The web engine stops reading while it is paused; from time to time it is looked whether the study is still open.
const PATIENCE: Duration = Duration::from_secs(1);

/// Answers a request.
pub(super) fn give(
    stream: &mut TcpStream,
    asked: Option<Request>,
    port: u16,
    shelves: &Shelves,
) -> io::Result<()> {
    stream.set_write_timeout(Some(PATIENCE))?;
    let Some(request) = asked else {
        return refuse(stream, "400 Bad Request", "");
    };
    // Another name for this machine is a page of somewhere else that found the port.
    if request.host != format!("127.0.0.1:{port}") {
        return refuse(stream, "403 Forbidden", "");
    }
    if request.method != "GET" && request.method != "HEAD" {
        return refuse(stream, "405 Method Not Allowed", "Allow: GET, HEAD\r\n");
    }
    let found = shelves.find(&request.target);
    let opened = found.and_then(|served| Some((File::open(&served.path).ok()?, served)));
    let Some((file, served)) = opened.filter(|(file, _)| file.metadata().is_ok_and(|about| about.is_file()))
    else {
        return refuse(stream, "404 Not Found", "");
    };
    serve(stream, &request, file, &served, shelves)
}

fn refuse(stream: &mut TcpStream, status: &str, header: &str) -> io::Result<()> {
    let head = format!(
        "HTTP/1.1 {status}\r\n{header}Content-Length: 0\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes())
}

fn serve(
    stream: &mut TcpStream,
    request: &Request,
    mut file: File,
    served: &Served,
    shelves: &Shelves,
) -> io::Result<()> {
    let length = file.metadata()?.len();
    let (status, first, count, range) = match request.range {
        None => ("200 OK", 0, length, String::new()),
        Some(range) => match range.within(length) {
            Some((first, last)) => (
                "206 Partial Content",
                first,
                last - first + 1,
                format!("Content-Range: bytes {first}-{last}/{length}\r\n"),
            ),
            None => {
                let header = format!("Content-Range: bytes */{length}\r\n");
                return refuse(stream, "416 Range Not Satisfiable", &header);
            }
        },
    };
    let media_type = served.media_type;
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {count}\r\n{range}Accept-Ranges: bytes\r\n\
         Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes())?;
    if request.method == "HEAD" {
        return Ok(());
    }
    file.seek(SeekFrom::Start(first))?;
    let mut rest = file.take(count);
    let mut piece = vec![0; PIECE];
    loop {
        let read = rest.read(&mut piece)?;
        // A file that became shorter ends the answer early, and the window says so.
        let Some(bytes) = piece.get(..read).filter(|bytes| !bytes.is_empty()) else {
            return Ok(());
        };
        write_while(stream, bytes, || {
            shelves.find(&request.target).as_ref() == Some(served)
        })?;
    }
}

/// Writes all of it, however long the other side takes, as long as `wanted` says so.
fn write_while(stream: &mut TcpStream, mut bytes: &[u8], mut wanted: impl FnMut() -> bool) -> io::Result<()> {
    while !bytes.is_empty() {
        if !wanted() {
            return Err(ErrorKind::ConnectionAborted.into());
        }
        match stream.write(bytes) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted
                ) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
