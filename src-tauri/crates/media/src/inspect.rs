//! How long a recording lasts. Its packets are counted, not believed: headers are wrong in files that were cut off, and
//! missing in some.

use std::fs::File;
use std::path::Path;

use symphonia::core::codecs::CodecParameters;
use symphonia::core::codecs::audio::AudioCodecParameters;
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, Track, TrackType};
use symphonia::core::io::{MediaSource, MediaSourceStream};
use symphonia::core::meta::MetadataOptions;
use symphonia::core::packet::Packet;
use symphonia::core::units::TimeBase;

use crate::error::MediaError;
use crate::kind::Kind;
use crate::watch::{Watch, part};

/// What a file was found to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspected {
    pub kind: Kind,
    /// Of what can be read of it, ms.
    pub duration_ms: u32,
    /// What the file itself says, ms, where it says more than there is: it was cut off.
    pub promised_ms: Option<u32>,
}

/// More than this is missing, and the file was cut off.
const CUT_MS: u32 = 2_000;

/// What the file is and how long it lasts.
///
/// # Errors
/// [`MediaError::UnknownKind`], [`MediaError::NoSound`], [`MediaError::Stopped`], and where it cannot be read.
pub fn inspect(path: &Path, watch: &Watch) -> Result<Inspected, MediaError> {
    let kind = Kind::of(path)?;
    let mut sound = Sound::open(path)?;
    let mut end_ms = 0;
    while let Some((_, packet)) = sound.next(watch)? {
        end_ms = end_ms.max(sound.end_ms(&packet));
    }
    if end_ms == 0 {
        return Err(MediaError::NoSound);
    }
    let promised_ms = sound
        .promised_ms
        .filter(|promised| *promised > end_ms.saturating_add(CUT_MS));
    Ok(Inspected {
        kind,
        duration_ms: end_ms,
        promised_ms,
    })
}

/// The sound of a file, packet by packet.
pub(crate) struct Sound {
    format: Box<dyn FormatReader>,
    track: u32,
    base: Option<TimeBase>,
    pub(crate) codec: AudioCodecParameters,
    promised_ms: Option<u32>,
    packets: u64,
    /// Where the reader stands in the file, told by a clone of what it reads from.
    position: std::sync::Arc<std::sync::atomic::AtomicU64>,
    length: u64,
}

impl Sound {
    pub(crate) fn open(path: &Path) -> Result<Self, MediaError> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        let source = Counted::new(file, length);
        let position = source.position();
        let stream = MediaSourceStream::new(Box::new(source), Default::default());
        let mut hint = Hint::new();
        if let Some(extension) = path.extension().and_then(|extension| extension.to_str()) {
            hint.with_extension(extension);
        }
        let format = symphonia::default::get_probe()
            .probe(
                &hint,
                stream,
                FormatOptions::default(),
                MetadataOptions::default(),
            )
            .map_err(|error| match error {
                Error::IoError(error) if error.kind() != std::io::ErrorKind::UnexpectedEof => {
                    MediaError::Io(error)
                }
                _ => MediaError::NoSound,
            })?;
        let track = format
            .default_track(TrackType::Audio)
            .or_else(|| format.tracks().iter().find(|track| sound_of(track).is_some()))
            .ok_or(MediaError::NoSound)?;
        let codec = sound_of(track).ok_or(MediaError::NoSound)?.clone();
        let (id, base) = (track.id, track.time_base);
        let promised_ms = match (track.duration, base) {
            (Some(duration), Some(base)) => base.calc_duration(duration).map(|time| ms(time.as_nanos())),
            _ => None,
        };
        Ok(Self {
            format,
            track: id,
            base,
            codec,
            promised_ms,
            packets: 0,
            position,
            length,
        })
    }

    /// The next packet of the sound and when it begins, ms; `None` at the end, also where the file ends too early or
    /// its rest makes no sense.
    pub(crate) fn next(&mut self, watch: &Watch) -> Result<Option<(u32, Packet)>, MediaError> {
        loop {
            self.packets += 1;
            if self.packets % 64 == 1 {
                let at = self.position.load(std::sync::atomic::Ordering::Relaxed);
                watch.reached(part(at, self.length))?;
            }
            match self.format.next_packet() {
                Ok(Some(packet)) if packet.track_id == self.track => {
                    let at_ms = self
                        .base
                        .and_then(|base| base.calc_time(packet.pts))
                        .map_or(0, |time| ms(time.as_nanos()));
                    return Ok(Some((at_ms, packet)));
                }
                Ok(Some(_)) => {}
                Err(Error::IoError(error)) if error.kind() != std::io::ErrorKind::UnexpectedEof => {
                    return Err(MediaError::Io(error));
                }
                Ok(None) | Err(_) => return Ok(None),
            }
        }
    }

    /// When a packet ends, ms.
    fn end_ms(&self, packet: &Packet) -> u32 {
        let base = self.base;
        let end = base.and_then(|base| base.calc_time(packet.pts.saturating_add(packet.dur)));
        end.map_or(0, |time| ms(time.as_nanos()))
    }
}

fn sound_of(track: &Track) -> Option<&AudioCodecParameters> {
    track.codec_params.as_ref().and_then(CodecParameters::audio)
}

fn ms(nanoseconds: i128) -> u32 {
    u32::try_from(nanoseconds.max(0) / 1_000_000).unwrap_or(u32::MAX)
}

/// A file that tells how far it was read.
struct Counted {
    file: File,
    length: u64,
    position: std::sync::Arc<std::sync::atomic::AtomicU64>,
}

impl Counted {
    fn new(file: File, length: u64) -> Self {
        Self {
            file,
            length,
            position: std::sync::Arc::default(),
        }
    }

    fn position(&self) -> std::sync::Arc<std::sync::atomic::AtomicU64> {
        std::sync::Arc::clone(&self.position)
    }
}

impl std::io::Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.file.read(into)?;
        self.position
            .fetch_add(read as u64, std::sync::atomic::Ordering::Relaxed);
        Ok(read)
    }
}

impl std::io::Seek for Counted {
    fn seek(&mut self, to: std::io::SeekFrom) -> std::io::Result<u64> {
        let at = self.file.seek(to)?;
        self.position.store(at, std::sync::atomic::Ordering::Relaxed);
        Ok(at)
    }
}

impl MediaSource for Counted {
    fn is_seekable(&self) -> bool {
        true
    }

    fn byte_len(&self) -> Option<u64> {
        Some(self.length)
    }
}
