// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest';
import type { RecordingView } from '$schemas/api';
import { App } from './app.svelte';
import { session } from './coding/fixture';
import { Player } from './player.svelte';
import { Recording } from './recording.svelte';

const there: RecordingView = {
  state: 'there',
  url: 'http://127.0.0.1:4711/token/session',
  video: false,
  duration_ms: 30_000,
  offset_ms: 0,
  file: null,
};
const missing: RecordingView = { ...there, state: 'missing', url: null };
const waveform = { peaks: [1, 2, 3], duration_ms: 30_000 };
const progress = { job_id: 7, done: 0.5, session_id: null, warning: null, waveform: null, problem: null };

/** A core whose replies are given by name, one after the other; the last one stays. */
function open(view: RecordingView, replies: { [command in string]?: unknown[] }) {
  const asked: string[] = [];
  const call = (name: string) => {
    asked.push(name);
    const left = replies[name] ?? [];
    const reply = left.length > 1 ? left.shift() : left[0];
    return reply instanceof Error
      ? Promise.reject(Object.assign(reply, { code: 'file' }))
      : Promise.resolve(reply);
  };
  const platform = { call, pickFiles: () => Promise.resolve(['/data/found.wav']) };
  const app = new App(platform as never);
  const opened = session();
  const recording = new Recording(app, opened, view, new Player(opened.transcript));
  return { app, asked, recording };
}

beforeEach(() => {
  document.body.replaceChildren();
  // jsdom has no media.
  vi.spyOn(HTMLMediaElement.prototype, 'load').mockImplementation(() => undefined);
  vi.spyOn(HTMLMediaElement.prototype, 'pause').mockImplementation(() => undefined);
});

test('a recording in its place plays from the server, and its waveform is asked for until it is there', async () => {
  const { recording } = open(there, {
    waveform_start: [{ ...progress, state: 'reading' }],
    recording_poll: [
      { ...progress, state: 'reading' },
      { ...progress, state: 'done', waveform },
    ],
  });
  expect(recording.trouble).toBeNull();
  expect(document.querySelector('audio')?.src).toBe(there.url);
  await vi.waitFor(() => expect(recording.drawn).toBe(0.5));
  await vi.waitFor(() => expect(recording.waveform).toEqual(waveform));
  expect(recording.drawn).toBeNull();
  recording.close();
  expect(document.querySelector('audio')).toBeNull();
});

test('the waveform is not waited for when it is stopped', async () => {
  const { recording, asked } = open(there, {
    waveform_start: [{ ...progress, state: 'reading' }],
    recording_poll: [
      { ...progress, state: 'reading' },
      { ...progress, state: 'cancelled' },
    ],
  });
  await vi.waitFor(() => expect(recording.drawn).toBe(0.5));
  recording.stopDrawing();
  await vi.waitFor(() => expect(recording.drawn).toBeNull());
  expect(asked).toContain('recording_cancel');
  expect(recording.waveform).toBeNull();
});

test('a missing file is said, asked for, and played once it is the one', async () => {
  const problem = { code: 'conflict', message: 'This is another file.' };
  const { app, recording } = open(missing, {
    recording_find: [{ job_id: 7 }],
    recording_poll: [
      { ...progress, state: 'failed', problem },
      { ...progress, state: 'done' },
    ],
    recording_view: [there],
    waveform_start: [{ ...progress, state: 'done', waveform }],
  });
  expect(recording.trouble).toMatch(/not where it was linked/);
  expect(recording.element).toBeNull();
  await recording.find();
  expect(app.toasts.list.map(({ text }) => text)).toEqual([problem.message]);
  expect(recording.lost).toBe(true);
  await recording.find();
  expect(recording.trouble).toBeNull();
  expect(document.querySelector('audio')?.src).toBe(there.url);
  await vi.waitFor(() => expect(recording.waveform).toEqual(waveform));
});

test.each([
  [there, /cannot play this kind of recording/],
  [missing, /not where it was linked.*goes on without it/],
  [{ ...missing, state: 'changed' as const }, /another one than was linked.*goes on without it/],
])('when it fails while it plays, what its file is now is told', async (now, words) => {
  const { recording } = open(there, {
    waveform_start: [{ ...progress, state: 'done', waveform }],
    recording_view: [now],
  });
  document.querySelector('audio')?.dispatchEvent(new Event('error'));
  await vi.waitFor(() => expect(recording.trouble).toMatch(words));
});
