//! What can be wrong with a recording.

use std::io;

/// Why a recording cannot be read. The caller knows which file it asked about.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    #[error("it cannot be read: {0}")]
    Io(#[from] io::Error),
    #[error("it is none of the kinds that play here: wav, mp3, ogg, opus, flac, webm, m4a, mp4")]
    UnknownKind,
    #[error("there is no sound in it that can be read")]
    NoSound,
    #[error("its sound is of a kind of which no waveform can be drawn; it may play all the same")]
    NoDecoder,
    #[error("it was stopped")]
    Stopped,
}
