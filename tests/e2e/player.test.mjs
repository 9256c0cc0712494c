// The player: play, seek, speed, loop; the spoken turn is lit and kept in view, until the rater scrolls away.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  byTestId,
  clockMs,
  codingShown,
  cursorOn,
  importIntoSample,
  inView,
  openSession,
  settles,
  textOf,
  writeTranscript,
} from './coding.mjs';
import { launch, ownFolder, withWindow } from './harness.mjs';

const playing = (window) =>
  window.run(() => Number(document.querySelector('[data-turn].playing')?.dataset.turn ?? -1));

/** Sixty turns of one second each. */
const quick = (folder) =>
  writeTranscript(
    join(folder, 'transcripts'),
    'quick.txt',
    Array.from({ length: 60 }, (_, at) => [
      at % 2 === 0 ? 'T' : 'P',
      `Turn number ${at + 1} takes a second.`,
    ]),
    1,
  );

test('play, seek, speed and loop by key and by mouse', () =>
  withWindow({}, async (window) => {
    await window.shown();
    await codingShown(window);
    await openSession(window, 'Bruno · 1');
    await settles(window, clockMs, 0, 'the start');
    await window.keys('Shift+ArrowRight', 'ArrowRight');
    await settles(window, clockMs, 12_000, 'twelve seconds on');
    await window.keys('ArrowLeft');
    await window.click(byTestId('back'));
    await settles(window, clockMs, 8_000, 'four seconds back');

    // The speed, to its ends.
    const speed = (at) => textOf(at, byTestId('speed'));
    await window.keys(...Array.from({ length: 6 }, () => '.'));
    await settles(window, speed, '2×', 'the fastest');
    await window.keys(...Array.from({ length: 9 }, () => ','));
    await settles(window, speed, '0.5×', 'the slowest');
    await window.keys('.', '.', '.', '.', '.', '.');
    await settles(window, speed, '2×', 'the fastest again');

    // Twice the speed: the clock runs faster than a second a second.
    const before = [await clockMs(window), Date.now()];
    await window.keys('Space');
    await window.waitFor(
      async () => (await clockMs(window)) > before[0] + 3_000,
      'three seconds of the session',
    );
    assert.ok(Date.now() - before[1] < 2_900, 'in less than three seconds');
    await window.keys('Space');
    await window.find(`${byTestId('play')}[aria-label="Play"]`);

    // Loop the cursor's turn: the clock stays in it.
    await cursorOn(window, 1);
    await window.keys('l', 'Space');
    await window.find(`${byTestId('loop')}[aria-pressed="true"]`);
    const times = [];
    await window.waitFor(
      async () => {
        times.push(await clockMs(window));
        return times.some((ms, at) => at > 0 && ms < times[at - 1]);
      },
      'the loop to start again',
      12_000,
    );
    assert.equal(await playing(window), 1);
    await window.keys('Space', 'l');
    await window.find(`${byTestId('loop')}[aria-pressed="false"]`);

    // A click on the timeline seeks.
    const plot = await (await window.find(byTestId('timeline-plot'))).box();
    await window.clickAt({ x: plot.x + plot.width / 2, y: plot.y + 6 });
    const total = await window.run(
      (css) => Number(document.querySelector(css).getAttribute('aria-valuemax')),
      byTestId('playhead'),
    );
    await window.waitFor(
      async () => Math.abs((await clockMs(window)) / 1000 - total / 2) < total * 0.02,
      'the middle of the session',
    );
    assert.deepEqual(await window.faults(), []);
  }));

test('the spoken turn is lit and kept in view, until the rater scrolls away; the place is remembered', async () => {
  const folder = ownFolder();
  let window = await launch({ folder, args: [quick(folder)] });
  try {
    await importIntoSample(window);
    // From ten seconds on, at twice the speed.
    await window.keys('Shift+ArrowRight', '.', '.', '.', '.', 'Space');
    await window.waitFor(async () => (await playing(window)) >= 24, 'turn 25', 20_000);
    const lit = await playing(window);
    assert.ok(await inView(window, `[data-turn="${lit}"]`), 'the spoken turn is in view');

    // Scrolling away stops the following; the words stay where they are.
    const view = await (await window.find(byTestId('transcript'))).box();
    await window.wheel({ x: view.x + view.width / 2, y: view.y + view.height / 2 }, -4_000);
    await window.find(byTestId('follow'));
    await window.waitFor(async () => (await playing(window)) > lit + 1, 'the next turns');
    assert.ok(await inView(window, '[data-turn="0"]'), 'the first turn stays in view');

    // One key returns.
    await window.keys('y');
    await window.waitFor(async () => inView(window, '[data-turn].playing'), 'the spoken turn in view');
    await settles(window, async (at) => (await at.all(byTestId('follow'))).length, 0);
    await window.keys('Space');
    await window.find(`${byTestId('play')}[aria-label="Play"]`);
    const stopped = await clockMs(window);
    assert.ok(stopped > 20_000);
    await window.close();

    window = await launch({ folder });
    await window.shown();
    await codingShown(window);
    await openSession(window, 'Trial · 1');
    await settles(window, clockMs, stopped, 'the clock where it stopped');
    await window.waitFor(async () => inView(window, '[data-turn].cursor'), 'the turn in view');
    assert.deepEqual(await window.faults(), []);
  } finally {
    await window.quit();
    window.forget();
  }
});
