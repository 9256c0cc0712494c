//! What was asked for: the head of an HTTP request, as far as it is needed.

use std::io::Read;
use std::net::TcpStream;
use std::time::Duration;

/// A longer head is none of ours.
const LONGEST_HEAD: usize = 8 << 10;
/// A head comes within this time.
const HEAD_TIME: Duration = Duration::from_secs(5);

/// A request that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) target: String,
    pub(super) host: String,
    pub(super) range: Option<Range>,
}

/// A part of a file; `last` is a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Range {
    From { first: u64, last: Option<u64> },
    Last { bytes: u64 },
}

/// Reads the head of a request; `None` where it is none.
pub(super) fn read(stream: &mut TcpStream) -> Option<Request> {
    stream.set_read_timeout(Some(HEAD_TIME)).ok()?;
    let mut head = Vec::new();
    let mut piece = [0; 1 << 10];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let read = stream.read(&mut piece).ok()?;
        if read == 0 || head.len() + read > LONGEST_HEAD {
            return None;
        }
        head.extend_from_slice(piece.get(..read)?);
    }
    parse(std::str::from_utf8(&head).ok()?)
}

fn parse(head: &str) -> Option<Request> {
    let mut lines = head.split("\r\n");
    let mut first = lines.next()?.split(' ');
    let (method, target, version) = (first.next()?, first.next()?, first.next()?);
    if first.next().is_some() || !version.starts_with("HTTP/1.") {
        return None;
    }
    let mut request = Request {
        method: method.to_owned(),
        target: target.to_owned(),
        host: String::new(),
        range: None,
    };
    for line in lines {
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        if name.eq_ignore_ascii_case("host") {
            request.host = value.trim().to_owned();
        } else if name.eq_ignore_ascii_case("range") {
            request.range = range(value.trim());
        }
    }
    Some(request)
}

/// `bytes=FIRST-LAST`, `bytes=FIRST-` or `bytes=-COUNT`. Several parts at once, and what is not understood, count as no
/// range: the whole file is the answer then.
fn range(value: &str) -> Option<Range> {
    let (first, last) = value.strip_prefix("bytes=")?.split_once('-')?;
    match (first, last) {
        ("", bytes) => Some(Range::Last {
            bytes: bytes.parse().ok()?,
        }),
        (first, "") => Some(Range::From {
            first: first.parse().ok()?,
            last: None,
        }),
        (first, last) => Some(Range::From {
            first: first.parse().ok()?,
            last: Some(last.parse().ok()?),
        }),
    }
}

impl Range {
    /// First and last byte of a file of `length` bytes; `None` where it has none of them.
    pub(super) fn within(self, length: u64) -> Option<(u64, u64)> {
        let end = length.checked_sub(1)?;
        match self {
            Self::From { first, last } => {
                let last = last.unwrap_or(end).min(end);
                (first <= last).then_some((first, last))
            }
            Self::Last { bytes: 0 } => None,
            Self::Last { bytes } => Some((length.saturating_sub(bytes), end)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_says_what_is_wanted() {
        let asked =
            parse("GET /token/one HTTP/1.1\r\nhost: 127.0.0.1:80\r\nRANGE: bytes=5-\r\n\r\n").unwrap();
        let range = Range::From { first: 5, last: None };
        assert_eq!(asked.range, Some(range));
        assert_eq!(
            (asked.host.as_str(), asked.target.as_str()),
            ("127.0.0.1:80", "/token/one")
        );
        assert_eq!(parse("GET /\r\n\r\n"), None);
        assert_eq!(parse("GET / HTTP/2\r\n\r\n"), None);
    }

    #[test]
    fn ranges_lie_within_the_file() {
        for (value, length, wanted) in [
            ("bytes=0-", 10, Some((0, 9))),
            ("bytes=3-5", 10, Some((3, 5))),
            ("bytes=3-500", 10, Some((3, 9))),
            ("bytes=-4", 10, Some((6, 9))),
            ("bytes=-40", 10, Some((0, 9))),
            ("bytes=10-", 10, None),
            ("bytes=7-3", 10, None),
            ("bytes=-0", 10, None),
            ("bytes=0-", 0, None),
        ] {
            assert_eq!(range(value).unwrap().within(length), wanted, "{value}");
        }
        for value in ["bytes=a-b", "bytes=1-2,4-5", "lines=1-2", "bytes=", "bytes=-"] {
            assert_eq!(range(value), None, "{value}");
        }
    }
}
