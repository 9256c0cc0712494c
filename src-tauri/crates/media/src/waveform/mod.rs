//! The waveform of a recording: how loud each tenth of a second is at its loudest.

mod cache;

use std::path::Path;

use symphonia::core::codecs::audio::AudioDecoderOptions;
use symphonia::core::errors::Error;

use crate::error::MediaError;
use crate::inspect::Sound;
use crate::watch::Watch;

pub use cache::WaveformCache;

/// How long each peak stands for, ms.
pub(crate) const BUCKET_MS: u32 = 100;
/// No recording is longer than a day; what says so is damaged.
const MOST_BUCKETS: usize = 24 * 36_000;

/// The largest amplitude of every tenth of a second, of 255.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Peaks(pub(crate) Vec<u8>);

impl Peaks {
    /// How many tenths of a second there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How long the sound lasts that they stand for, ms.
    #[must_use]
    pub fn duration_ms(&self) -> u32 {
        u32::try_from(self.0.len())
            .unwrap_or(u32::MAX)
            .saturating_mul(BUCKET_MS)
    }

    /// At most `most` peaks over the same time, each the largest of those it stands for.
    #[must_use]
    pub fn at_most(&self, most: usize) -> Vec<u8> {
        let most = most.max(1);
        if self.0.len() <= most {
            return self.0.clone();
        }
        (0..most)
            .map(|column| {
                let (from, to) = (column * self.0.len() / most, (column + 1) * self.0.len() / most);
                self.0
                    .get(from..to)
                    .unwrap_or_default()
                    .iter()
                    .copied()
                    .max()
                    .unwrap_or_default()
            })
            .collect()
    }

    fn raise(&mut self, bucket: usize, amplitude: f32) {
        if bucket >= MOST_BUCKETS {
            return;
        }
        if self.0.len() <= bucket {
            self.0.resize(bucket + 1, 0);
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and 255"
        )]
        let loud = (amplitude.abs().min(1.0) * 255.0).round() as u8;
        if let Some(peak) = self.0.get_mut(bucket) {
            *peak = loud.max(*peak);
        }
    }
}

/// Reads the whole recording and keeps its peaks. Of a file that was cut off, those of what there is.
///
/// # Errors
/// [`MediaError::NoDecoder`] for sound that cannot be decoded here, [`MediaError::NoSound`], [`MediaError::Stopped`],
/// and where it cannot be read.
pub fn peaks(path: &Path, watch: &Watch) -> Result<Peaks, MediaError> {
    let mut sound = Sound::open(path)?;
    let mut decoder = symphonia::default::get_codecs()
        .make_audio_decoder(&sound.codec, &AudioDecoderOptions::default())
        .map_err(|_| MediaError::NoDecoder)?;
    let mut peaks = Peaks::default();
    let mut samples: Vec<f32> = Vec::new();
    while let Some((at_ms, packet)) = sound.next(watch)? {
        match decoder.decode(&packet) {
            Ok(buffer) => {
                let (rate, channels) = (buffer.spec().rate(), buffer.spec().channels().count());
                samples.resize(buffer.samples_interleaved(), 0.0);
                buffer.copy_to_slice_interleaved(&mut samples);
                raise_all(&mut peaks, at_ms, rate, channels, &samples);
            }
            // A damaged packet is silence; the next one may be sound again.
            Err(Error::DecodeError(_) | Error::IoError(_)) => {}
            Err(_) => break,
        }
    }
    if peaks.is_empty() {
        return Err(MediaError::NoSound);
    }
    Ok(peaks)
}

/// `samples` are interleaved frames of `channels` that begin at `at_ms`, `rate` frames a second.
fn raise_all(peaks: &mut Peaks, at_ms: u32, rate: u32, channels: usize, samples: &[f32]) {
    let rate = u64::from(rate.max(1));
    let first = u64::from(at_ms) * rate / 1_000;
    let bucket_frames = rate * u64::from(BUCKET_MS) / 1_000;
    let mut frames = samples.chunks(channels.max(1));
    let mut at = first;
    while frames.len() > 0 {
        let left = (bucket_frames - at % bucket_frames.max(1)).max(1);
        let loudest = frames
            .by_ref()
            .take(usize::try_from(left).unwrap_or(usize::MAX))
            .flatten()
            .fold(0.0_f32, |loudest, sample| loudest.max(sample.abs()));
        let bucket = at / bucket_frames.max(1);
        peaks.raise(usize::try_from(bucket).unwrap_or(usize::MAX), loudest);
        at += left;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fewer_peaks_keep_the_loudest() {
        let peaks = Peaks(vec![1, 9, 2, 3, 200, 4, 5]);
        assert_eq!(peaks.at_most(3), [9, 3, 200]);
        assert_eq!(peaks.at_most(10), [1, 9, 2, 3, 200, 4, 5]);
        assert_eq!(peaks.duration_ms(), 700);
    }

    #[test]
    fn each_sample_counts_where_it_is_heard() {
        let mut peaks = Peaks::default();
        // 250 ms of two channels at 1,000 frames a second, from 50 ms on: loud in the third tenth.
        let mut samples = vec![0.0; 500];
        samples[2 * 160 + 1] = -0.5;
        raise_all(&mut peaks, 50, 1_000, 2, &samples);
        assert_eq!(peaks.0, [0, 0, 128]);
    }
}
