// Recordings: linked to a session they play in step with the transcript, draw their waveform, and are missed when they
// are gone. The files are made here.
import assert from 'node:assert/strict';
import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  become,
  byTestId,
  chips,
  clockMs,
  codingShown,
  command,
  cursorOn,
  gone,
  lanes,
  openSession,
  settles,
  textOf,
} from './coding.mjs';
import { launch, ownFolder, top, withWindow } from './harness.mjs';
import {
  importAsLead,
  importWithRecording,
  linkWaiting,
  recordingMs,
  recordingUrl,
  waveformShown,
  writeMp3,
  writeTurns,
  writeWav,
} from './recordings.mjs';

const playing = (window) =>
  window.run(() => Number(document.querySelector('[data-turn].playing')?.dataset.turn ?? -1));

/** How dark the waveform is in each of so many equal parts: the number of its pixels that are painted. */
const inked = (window, parts) =>
  window.run(
    (css, count) => {
      const canvas = document.querySelector(`${css} canvas`);
      const { width, height } = canvas;
      const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
      const ink = Array.from({ length: count }, () => 0);
      for (let at = 3; at < data.length; at += 4) {
        if (data[at] > 0)
          ink[Math.min(count - 1, Math.floor(((((at - 3) / 4) % width) / width) * count))] += 1;
      }
      return ink;
    },
    byTestId('waveform'),
    parts,
  );

/** While it plays for `ms`: how long the lit turn was another than the one that is heard, at a stretch, ms. */
const longestLag = (window, ms, turnMs) =>
  window.runAsync(
    async (lasting, each) => {
      const media = document.querySelector('audio');
      const began = performance.now();
      let since = null;
      let longest = 0;
      let changes = 0;
      let before = -1;
      while (performance.now() - began < lasting) {
        await new Promise((next) => requestAnimationFrame(next));
        const heard = Math.floor((media.currentTime * 1_000) / each);
        const lit = Number(document.querySelector('[data-turn].playing')?.dataset.turn ?? -1);
        if (lit !== before) changes += 1;
        before = lit;
        if (lit === heard) since = null;
        else {
          since ??= performance.now();
          longest = Math.max(longest, performance.now() - since);
        }
      }
      return { longest, changes };
    },
    ms,
    turnMs,
  );

test('a wav plays in step: the lit turn follows within 100 ms, the waveform seeks, speed and pauses are exact', () => {
  const folder = ownFolder();
  const media = join(folder, 'media');
  const args = [writeTurns(media, 60), writeWav(media, 'trial.wav', 60)];
  return withWindow({ folder, args }, async (window) => {
    await importWithRecording(window);
    await waveformShown(window);
    assert.match(await recordingUrl(window), /^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{64}\/[0-9a-f-]{36}$/);

    // Loud and quiet turns alternate, and so do the bars.
    await window.waitFor(async () => (await inked(window, 15)).some((ink) => ink > 0), 'a painted waveform');
    const ink = await inked(window, 15);
    for (let at = 0; at + 1 < ink.length; at += 2) {
      assert.ok(ink[at] > ink[at + 1] * 1.8, `turn ${at} is louder than the next: ${ink.join(' ')}`);
    }

    await window.keys('Space');
    await window.waitFor(async () => (await clockMs(window)) > 2_500, 'the recording to play', 20_000);
    const { longest, changes } = await longestLag(window, 9_000, 4_000);
    assert.ok(changes >= 3, 'turns changed while it was watched');
    assert.ok(longest <= 100, `the lit turn was late by ${longest} ms`);

    // A click in the middle of the waveform.
    const wave = await window.run((css) => {
      const { x, y, width, height } = document.querySelector(css).getBoundingClientRect();
      return { x, y, width, height };
    }, byTestId('waveform'));
    await window.clickAt({ x: wave.x + wave.width / 2 + 2, y: wave.y + wave.height / 2 });
    await settles(window, playing, 7, 'the turn in the middle');
    await window.waitFor(
      async () => Math.abs((await recordingMs(window)) - 30_000) < 2_500,
      'the recording there',
    );
    await window.keys('Space');
    await window.find(`${byTestId('play')}[aria-label="Play"]`);
    const [clock, recording] = [await clockMs(window), await recordingMs(window)];
    assert.ok(Math.abs(clock - recording) <= 40, `a pause is exact: ${clock} and ${recording}`);

    // Steps: a second, a frame.
    await window.keys('Control+ArrowRight');
    await settles(window, clockMs, clock + 1_000, 'a second on');
    await window.keys('Alt+ArrowLeft');
    await settles(window, clockMs, clock + 960, 'a frame back');

    // Twice the speed, at the same pitch.
    await window.keys('.', '.', '.', '.', 'Space');
    const rate = () =>
      window.run(() => {
        const { playbackRate, preservesPitch } = document.querySelector('audio');
        return { playbackRate, preservesPitch };
      });
    assert.deepEqual(await rate(), { playbackRate: 2, preservesPitch: true });
    const before = [await recordingMs(window), Date.now()];
    await window.waitFor(async () => (await recordingMs(window)) > before[0] + 4_000, 'four seconds of it');
    assert.ok(Date.now() - before[1] < 3_900, 'in less than four seconds');
    await window.keys('Space');

    // What is heard is coded.
    await cursorOn(window, 3);
    await window.keys('w', 'd', '4');
    await settles(window, async (at) => (await chips(at)).length, 1, 'a marker');
    assert.deepEqual(await window.faults(), []);
  });
});

test('a recording that is gone is missed and told, coding goes on, and it is there again where it was', async () => {
  const folder = ownFolder();
  const media = join(folder, 'media');
  const wav = writeWav(media, 'trial.wav', 60);
  let window = await launch({ folder, args: [writeTurns(media, 60), wav] });
  try {
    await importWithRecording(window);
    await waveformShown(window);
    await window.close();

    renameSync(wav, `${wav}.away`);
    window = await launch({ folder });
    await window.shown();
    await codingShown(window);
    await openSession(window, 'Trial · 1');
    await window.find(byTestId('recording-find'), 20_000);
    assert.match(await textOf(window, byTestId('recording-trouble')), /not where it was linked/);
    // The session plays without it, and is coded.
    await window.keys('Space');
    await window.waitFor(async () => (await clockMs(window)) > 1_000, 'the clock', 20_000);
    await window.keys('Space');
    await cursorOn(window, 2);
    await window.keys('w', 'd', '3');
    await settles(window, async (at) => (await chips(at)).length, 1, 'a marker');
    assert.deepEqual(await window.faults(), []);
    await window.close();

    renameSync(`${wav}.away`, wav);
    window = await launch({ folder });
    await window.shown();
    await codingShown(window);
    await openSession(window, 'Trial · 1');
    await waveformShown(window);
    assert.equal(await window.run((css) => document.querySelector(css), byTestId('recording-trouble')), null);
    assert.deepEqual(await window.faults(), []);
  } finally {
    await window.quit();
    window.forget();
  }
});

test('a file that is taken away while it plays is told, and the session goes on', () => {
  const folder = ownFolder();
  const media = join(folder, 'media');
  // Larger than what the web engine reads ahead.
  const wav = writeWav(media, 'trial.wav', 1_200);
  const args = [writeTurns(media, 60), wav];
  return withWindow({ folder, args }, async (window) => {
    await importWithRecording(window);
    await window.keys('Space');
    await window.waitFor(async () => (await clockMs(window)) > 500, 'the recording to play', 20_000);
    rmSync(wav);
    const plot = await (await window.find(byTestId('timeline-plot'))).box();
    await window.clickAt({ x: plot.x + plot.width * 0.9, y: plot.y + 8 });
    await window.find(byTestId('recording-trouble'), 30_000);
    assert.match(await textOf(window, byTestId('recording-trouble')), /goes on without it/);
    const at = await clockMs(window);
    await window.waitFor(async () => (await clockMs(window)) > at + 1_000, 'the session going on');
    assert.deepEqual(await window.faults(), []);
  });
});

/** Makes a session of the recording that waits, `Sound · 1`, and opens it as R. Novak. */
async function openAlone(window, material) {
  await window.shown();
  await window.find(byTestId('link-dialog'), 20_000);
  await window.click(byTestId('import-as-lead'));
  await window.click(byTestId('person-lead'));
  await window.find(byTestId('link-dialog'), 20_000);
  await window.clickText('A new session without a transcript', { css: `${byTestId('link-dialog')} label` });
  const field = await window.find(byTestId('link-case'));
  await field.clear();
  await field.type('Sound');
  await linkWaiting(window, material);
  await become(window, 'R. Novak');
  await window.clickText('Sound · 1', { css: `${byTestId('session-item')} .name` });
  await window.findText('This session has no transcript.', { part: true });
}

test('a video shows its picture where raters are to see it, and plays in step', () =>
  withWindow({ args: [join(top, 'tests/fixtures/recordings/tone.webm')] }, async (window) => {
    await openAlone(window, 'video');
    await waveformShown(window);
    await window.keys('Space');
    await window.waitFor(async () => (await clockMs(window)) > 2_000, 'the video to play', 20_000);
    const shown = await window.run((css) => {
      const pane = document.querySelector(css);
      const video = pane.querySelector('video');
      return {
        width: video.videoWidth,
        height: video.videoHeight,
        high: video.clientHeight,
        whole: video.clientHeight <= pane.clientHeight && video.clientWidth <= pane.clientWidth,
      };
    }, byTestId('video'));
    assert.deepEqual([shown.width, shown.height], [128, 72]);
    assert.ok(shown.high > 100, 'there is room for the picture');
    assert.ok(shown.whole, 'all of the picture is in its pane');
    assert.ok(Math.abs((await clockMs(window)) - (await recordingMs(window))) < 400);
    assert.deepEqual(await window.faults(), []);
  }));

test('a kind that this system cannot play is told, one that it can plays; a video is heard without its picture', () =>
  withWindow({ args: [join(top, 'tests/fixtures/recordings/tone.mp4')] }, async (window) => {
    await openAlone(window, 'audio');
    assert.deepEqual(await window.all('video'), []);
    await window.keys('Space');
    const told = async () => /cannot play/.test((await textOf(window, byTestId('recording-trouble'))) ?? '');
    await window.waitFor(
      async () => (await told()) || (await recordingMs(window)) > 500,
      'the recording playing, or a word why not',
      30_000,
    );
    const at = await clockMs(window);
    await window.waitFor(async () => (await clockMs(window)) > at + 1_000, 'the session going on');
    assert.deepEqual(await window.faults(), []);
  }));

test('an mp3 alone makes a session, which is coded by time', () => {
  const folder = ownFolder();
  const args = [writeMp3(join(folder, 'media'), 'alone.mp3', 40)];
  return withWindow({ folder, args }, async (window) => {
    await openAlone(window, 'audio');
    await waveformShown(window);
    await window.keys('Space');
    await window.waitFor(async () => (await clockMs(window)) > 1_500, 'the recording to play', 20_000);
    assert.ok(Math.abs((await clockMs(window)) - (await recordingMs(window))) < 400);
    await window.keys('Space', 'i', 'Shift+ArrowRight', 'o', 'w', 'd', '4');
    await settles(window, async (at) => (await lanes(at)).length, 1, 'a conflict on the timeline');
    assert.deepEqual(await window.faults(), []);
  });
});

test('five turns are tapped, one is taken back, it is left and taken up again, and saved as a new version', () => {
  const folder = ownFolder();
  const media = join(folder, 'media');
  const args = [writeTurns(media, 60), writeWav(media, 'trial.wav', 60)];
  return withWindow({ folder, args }, async (window) => {
    await importAsLead(window);
    await window.click(byTestId('read-uncoded'));
    await codingShown(window);
    await command(window, 'Tap times', 'recording.tap');
    await window.find(byTestId('tapping'));
    const taps = (at) =>
      at.run((css) => Number(document.querySelector(css)?.dataset.taps), byTestId('tapping'));
    // Focus on the work, where keys are heard.
    await window.keys('Space');
    for (let tap = 1; tap <= 3; tap += 1) {
      await window.waitFor(async () => (await clockMs(window)) > tap * 700, 'the next start', 20_000);
      await window.keys('Enter');
      await settles(window, taps, tap, `${tap} taps`);
    }
    await window.keys('Space', 'Backspace');
    await settles(window, taps, 2, 'one taken back');
    await window.keys('Escape');
    await gone(window, byTestId('tapping'));

    await command(window, 'Tap times', 'recording.tap');
    await settles(window, taps, 2, 'taken up again');
    for (let tap = 3; tap <= 5; tap += 1) {
      await window.keys('Shift+ArrowRight', 'Enter');
      await settles(window, taps, tap, `${tap} taps`);
    }
    const last = await clockMs(window);
    await window.click(byTestId('tapping-save'));
    await gone(window, byTestId('tapping'));
    await codingShown(window);
    // Turn 5 starts where it was tapped.
    await cursorOn(window, 4);
    await window.waitFor(
      async () => Math.abs((await clockMs(window)) - last) < 2 || (await playing(window)) >= 0,
      'the new version',
    );
    const start = await textOf(window, '[data-turn="4"] .time');
    const seconds = Math.floor(last / 1_000);
    assert.ok(
      start.endsWith(`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`),
      `${start} and ${last}`,
    );
    assert.deepEqual(await window.faults(), []);
  });
});
