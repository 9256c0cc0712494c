// What is worked on can be seen: after the start, in a turn longer than the window; and what is not looked at is not seen.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  codingShown,
  cursorOn,
  importIntoSample,
  inView,
  openSession,
  pointAt,
  saidIn,
  settles,
  writeTranscript,
} from './coding.mjs';
import { launch, ownFolder, withWindow } from './harness.mjs';

const unseen = (window) =>
  window.run(() =>
    [...document.querySelectorAll('.timeline .unseen')].map((each) => each.getAttribute('style')),
  );

test('the turn where the rater left off stands whole in view when the window opens again, and when it is made wider', async () => {
  let window = await launch();
  try {
    await codingShown(window);
    await openSession(window, 'Bruno · 1');
    await cursorOn(window, 12);
    await window.click('[data-turn="12"] .from');
    await window.keys('Space');
    await window.close();
    window = await window.relaunch();
    await codingShown(window);
    // The session last open is open again, though another was begun before it.
    assert.equal(
      await window.run(
        () => document.querySelector('[data-testid="session-item"][aria-current] .name').textContent,
      ),
      'Bruno · 1',
    );
    await settles(window, (at) => inView(at, '[data-turn][aria-current]'), true, 'the turn in view');
    for (const [width, height] of [
      [1440, 900],
      [1280, 720],
    ]) {
      await window.resize(width, height);
      await sleep(600);
      assert.ok(await inView(window, '[data-turn][aria-current]'), `cut at ${width}`);
    }
  } finally {
    await window.quit();
    window.forget();
  }
});

test('the caret stays in view in a turn that is longer than the window', async () => {
  const folder = ownFolder();
  const monologue = writeTranscript(
    join(folder, 'transcripts'),
    'monologue.txt',
    [
      ['T', 'Tell me.'],
      ['P', Array.from({ length: 900 }, (_, at) => `word${at + 1}`).join(' ')],
      ['T', 'Mhm.'],
    ],
    60,
  );
  const window = await launch({ folder, args: [monologue] });
  try {
    await importIntoSample(window);
    await window.keys('ArrowDown', 'Enter', 'End');
    await settles(window, (at) => inView(at, '.caret'), true, 'the caret at the end');
    await window.keys('Home');
    await settles(window, (at) => inView(at, '.caret'), true, 'the caret at the start');
  } finally {
    await window.quit();
    window.forget();
  }
});

test('the mouse takes whole words; nobody at the machine, nothing is read', () =>
  withWindow({}, async (window) => {
    await window.shown();
    await codingShown(window);
    await openSession(window, 'Bruno · 1');
    const words = (await saidIn(window, 0)).split(' ');
    const [start, end] = [words[0].length + 2, words[0].length + 1 + words[1].length + 2];
    await window.drag(await pointAt(window, 0, start), await pointAt(window, 0, end));
    await window.painted();
    const chosen = await window.run(() => document.getSelection().toString());
    assert.equal(chosen, `${words[1]} ${words[2].replace(/[.,;?!]$/, '')}`);

    // The marks of what is not seen yet stand on the timeline; a dialog covers the transcript.
    await window.keys('?');
    await window.find('[role="dialog"]');
    const before = await unseen(window);
    await sleep(4_000);
    assert.deepEqual(await unseen(window), before);
  }));
