//! What a file is, by its first bytes: its name may say anything.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use crate::error::MediaError;

/// So much of a file's beginning names what is in it.
const HEAD: u64 = 256 << 10;
/// The table of an MP4 file is read up to this size to see whether it has a picture.
const LARGEST_TABLE: u64 = 64 << 20;

/// A kind of recording that plays here, where the system can.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// As servers name it.
    pub media_type: &'static str,
    /// It has a picture.
    pub video: bool,
}

impl Kind {
    /// What the file is.
    ///
    /// # Errors
    /// [`MediaError::UnknownKind`], and where it cannot be read.
    pub fn of(path: &Path) -> Result<Self, MediaError> {
        let mut file = File::open(path)?;
        let mut head = Vec::new();
        file.by_ref().take(HEAD).read_to_end(&mut head)?;
        if head.get(4..8) == Some(b"ftyp") {
            let video = has_picture(&mut file)?;
            return Ok(pick(video, "video/mp4", "audio/mp4"));
        }
        by_head(&head).ok_or(MediaError::UnknownKind)
    }
}

const fn pick(video: bool, with_picture: &'static str, sound: &'static str) -> Kind {
    Kind {
        media_type: if video { with_picture } else { sound },
        video,
    }
}

fn by_head(head: &[u8]) -> Option<Kind> {
    if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WAVE") {
        Some(pick(false, "", "audio/wav"))
    } else if head.starts_with(b"fLaC") {
        Some(pick(false, "", "audio/flac"))
    } else if head.starts_with(b"OggS") {
        Some(pick(holds(head, b"\x80theora"), "video/ogg", "audio/ogg"))
    } else if head.starts_with(&[0x1a, 0x45, 0xdf, 0xa3]) {
        let video = [&b"V_VP8"[..], b"V_VP9", b"V_AV1"]
            .iter()
            .any(|codec| holds(head, codec));
        Some(pick(video, "video/webm", "audio/webm"))
    } else if head.starts_with(b"ID3") || is_mpeg_audio(head) {
        Some(pick(false, "", "audio/mpeg"))
    } else {
        None
    }
}

/// The first frame of MPEG audio of layer III: eleven bits set, then a version, a layer and a rate that there are.
fn is_mpeg_audio(head: &[u8]) -> bool {
    let Some(&[first, second, third]) = head.first_chunk::<3>() else {
        return false;
    };
    first == 0xff
        && second & 0xe0 == 0xe0
        && second & 0x18 != 0x08
        && second & 0x06 == 0x02
        && third & 0xf0 != 0xf0
        && third & 0x0c != 0x0c
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|part| part == wanted)
}

/// Whether the table of an MP4 file names a track with a picture.
fn has_picture(file: &mut File) -> Result<bool, MediaError> {
    let length = file.metadata()?.len();
    let mut at = 0;
    while at + 8 <= length {
        file.seek(SeekFrom::Start(at))?;
        let mut head = [0; 16];
        let read = read_up_to(file, &mut head)?;
        let name = head.get(4..8).unwrap_or_default();
        let short = u64::from(u32::from_be_bytes(
            head.first_chunk().copied().unwrap_or_default(),
        ));
        let size = match short {
            0 => length - at,
            1 if read == 16 => u64::from_be_bytes(head.last_chunk().copied().unwrap_or_default()),
            other => other,
        };
        if size < 8 {
            return Ok(false);
        }
        if name == b"moov" {
            file.seek(SeekFrom::Start(at))?;
            let mut table = Vec::new();
            file.take(size.min(LARGEST_TABLE)).read_to_end(&mut table)?;
            // A handler names its type twelve bytes after its own name.
            return Ok(table
                .windows(16)
                .any(|part| part.starts_with(b"hdlr") && part.ends_with(b"vide")));
        }
        at = at.saturating_add(size);
    }
    Ok(false)
}

fn read_up_to(file: &mut File, into: &mut [u8]) -> Result<usize, MediaError> {
    let mut read = 0;
    while let Some(rest) = into.get_mut(read..).filter(|rest| !rest.is_empty()) {
        match file.read(rest)? {
            0 => break,
            more => read += more,
        }
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(bytes: &[u8]) -> Option<(&'static str, bool)> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("recording");
        std::fs::write(&path, bytes).unwrap();
        match Kind::of(&path) {
            Ok(kind) => Some((kind.media_type, kind.video)),
            Err(MediaError::UnknownKind) => None,
            Err(error) => panic!("{error}"),
        }
    }

    fn mp4(handler: &[u8]) -> Vec<u8> {
        let mut table = b"hdlr\0\0\0\0\0\0\0\0".to_vec();
        table.extend(handler);
        let mut bytes = b"\0\0\0\x10ftypisom\0\0\0\0\0\0\0\x0cmdatabcd".to_vec();
        let size = u32::try_from(table.len() + 8).unwrap();
        bytes.extend(size.to_be_bytes());
        bytes.extend(b"moov");
        bytes.extend(table);
        bytes
    }

    #[test]
    fn the_first_bytes_say_what_a_file_is() {
        assert_eq!(kind(b"RIFF\0\0\0\0WAVEfmt "), Some(("audio/wav", false)));
        assert_eq!(kind(b"ID3\x04rest"), Some(("audio/mpeg", false)));
        assert_eq!(kind(b"\xff\xfb\x90\x64rest"), Some(("audio/mpeg", false)));
        assert_eq!(kind(b"fLaC\0"), Some(("audio/flac", false)));
        assert_eq!(kind(b"OggS....OpusHead"), Some(("audio/ogg", false)));
        assert_eq!(kind(b"\x1a\x45\xdf\xa3 webm A_OPUS"), Some(("audio/webm", false)));
        assert_eq!(
            kind(b"\x1a\x45\xdf\xa3 webm V_VP9 A_OPUS"),
            Some(("video/webm", true))
        );
        assert_eq!(kind(&mp4(b"soun")), Some(("audio/mp4", false)));
        assert_eq!(kind(&mp4(b"vide")), Some(("video/mp4", true)));
    }

    #[test]
    fn what_is_no_recording_is_none() {
        assert_eq!(kind(b""), None);
        assert_eq!(kind(b"WEBVTT\n\n"), None);
        assert_eq!(kind(b"RIFF\0\0\0\0AVI "), None);
        assert_eq!(kind(&[0xff; 64]), None);
    }
}
