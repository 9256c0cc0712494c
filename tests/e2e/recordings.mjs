// Recordings made for a test, and what one does with them on the screen.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  become,
  byTestId,
  codingShown,
  gone,
  importSession,
  openSession,
  writeTranscript,
} from './coding.mjs';

const RATE = 44_100;
const TURN_SECONDS = 4;

/** A tone that is loud in every other turn of four seconds. */
export const writeWav = (folder, name, seconds) =>
  writeSound(folder, name, seconds, (second) => (Math.floor(second / TURN_SECONDS) % 2 === 0 ? 0.6 : 0.06));

/** Swells and falls as speech does: to be looked at. */
export const writeSpeech = (folder, name, seconds) =>
  writeSound(folder, name, seconds, (second) => {
    const word = Math.abs(Math.sin(second * 2.3) * Math.sin(second * 5.1 + 1));
    const breath = Math.sin((second / TURN_SECONDS) * Math.PI) ** 2;
    return 0.02 + 0.7 * word * (0.15 + 0.85 * breath) * (0.6 + 0.4 * Math.sin(second / 9));
  });

/** A tone as loud at each second as `loud` says, 0 to 1: mono, 16 bits. */
function writeSound(folder, name, seconds, loud) {
  const samples = seconds * RATE;
  const bytes = Buffer.alloc(44 + samples * 2);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + samples * 2, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(RATE, 24);
  bytes.writeUInt32LE(RATE * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(samples * 2, 40);
  for (let at = 0; at < samples; at += 1) {
    const value = loud(at / RATE) * Math.sin((at * 440 * 2 * Math.PI) / RATE);
    bytes.writeInt16LE(Math.round(32_767 * value), 44 + at * 2);
  }
  return write(folder, name, bytes);
}

/** Silence: frames of MPEG-1 layer III, 128 kbit/s, 44,100 Hz, 1,152 samples each. */
export function writeMp3(folder, name, seconds) {
  const frame = Buffer.alloc(417);
  frame.writeUInt32BE(0xfffb9064);
  const frames = Math.ceil((seconds * RATE) / 1_152);
  return write(folder, name, Buffer.concat(Array.from({ length: frames }, () => frame)));
}

function write(folder, name, bytes) {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** As many turns as the seconds hold, of four seconds each. */
export const writeTurns = (folder, seconds) =>
  writeTranscript(
    folder,
    'turns.txt',
    Array.from({ length: seconds / TURN_SECONDS }, (_, at) => [
      at % 2 === 0 ? 'T' : 'P',
      `Turn number ${at + 1} takes four seconds.`,
    ]),
    TURN_SECONDS,
  );

/** Links the recording that waits, as it is offered, and lets raters hear or see it. */
export async function linkWaiting(window, material = 'audio') {
  await window.find(byTestId('link-dialog'), 20_000);
  await window.run((css) => document.querySelector(css).click(), byTestId(`heard-${material}`));
  await window.waitFor(
    () => window.run((css) => document.querySelector(css)?.checked, byTestId(`heard-${material}`)),
    `raters work with ${material}`,
  );
  await window.click(`${byTestId('link-commit')}:not(:disabled)`);
  await gone(window, byTestId('link-dialog'), 30_000);
}

/**
 * Opens the sample study with a transcript and a recording given as arguments, imports one as `Trial · 1` and links the
 * other to it; the lead is at the screen.
 */
export async function importAsLead(window) {
  await window.shown();
  await window.click(byTestId('import-as-lead'));
  await window.click(byTestId('person-lead'));
  await importSession(window, 'Trial');
  await window.findText('Trial · 1', { css: `${byTestId('link-dialog')} span` });
  await linkWaiting(window);
}

/** The same, and opens the session as R. Novak. */
export async function importWithRecording(window) {
  await importAsLead(window);
  await become(window, 'R. Novak');
  await openSession(window, 'Trial · 1');
  await codingShown(window);
}

/** Waits for the waveform. */
export const waveformShown = (window) => window.find(byTestId('waveform'), 30_000);

/** Where the recording itself stands, ms. */
export const recordingMs = (window) =>
  window.run(() => (document.querySelector('audio, video')?.currentTime ?? Number.NaN) * 1_000);

/** The address that the recording plays from. */
export const recordingUrl = (window) => window.run(() => document.querySelector('audio, video')?.src ?? '');
