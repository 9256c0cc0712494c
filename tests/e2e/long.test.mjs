// A long session: three thousand turns open, scroll, and are marked to their end; words are selected across blocks.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  bringIntoView,
  byTestId,
  chips,
  coding,
  codingShown,
  importIntoSample,
  inView,
  openSession,
  saidIn,
  selectWords,
  settles,
  writeTranscript,
} from './coding.mjs';
import { launch, ownFolder } from './harness.mjs';

const TURNS = 3_000;
const SAYINGS = [
  'I thought about what you said, and I am not sure that it fits me.',
  'Would you tell me a little more about that evening?',
  'It was the usual thing. We sat there and nobody spoke, and then the telephone rang and everybody was glad of it.',
  'And what went through you when it rang?',
];
const long = (folder) =>
  writeTranscript(
    join(folder, 'transcripts'),
    'long.txt',
    Array.from({ length: TURNS }, (_, at) => [
      at % 2 === 0 ? 'P' : 'T',
      `${SAYINGS[at % 4]} Number ${at + 1}.`,
    ]),
    3,
  );

test('three thousand turns open, scroll, and are marked at the end and across blocks', async () => {
  const folder = ownFolder();
  const window = await launch({ folder, args: [long(folder)] });
  try {
    await importIntoSample(window);
    await window.waitFor(
      async () => (await window.run(() => document.querySelectorAll('[data-turn]').length)) === TURNS,
      'every turn on the page',
      15_000,
    );

    // To the end and back, by page keys and by the scroller itself.
    await window.click('[data-turn="0"] .time');
    await window.keys('PageDown', 'PageDown');
    await window.waitFor(
      async () =>
        (await window.run((css) => document.querySelector(css).scrollTop, byTestId('transcript'))) > 400,
      'pages turned',
    );
    await bringIntoView(window, TURNS - 1);
    assert.ok(await inView(window, `[data-turn="${TURNS - 1}"]`));

    // Marked at the end.
    await window.click(`[data-turn="${TURNS - 1}"] .time`);
    await window.keys('r', 'i');
    await settles(
      window,
      async (at) => (await chips(at)).map(({ turn, family }) => [turn, family]),
      [[TURNS - 1, 'repair-therapist']],
      'the last turn marked',
    );

    // Words selected over the edge of two blocks of fifty turns.
    await selectWords(window, [2_499, 'rang?'], [2_500, 'I thought']);
    await window.keys('w', 't', '3');
    const { markers } = await coding(window);
    const { segment } = markers.find(({ code }) => code === 'withdrawal/topic-shift');
    const said = await saidIn(window, 2_499);
    assert.deepEqual(segment, {
      kind: 'text',
      start: { turn: 2_499, unit: said.indexOf('rang?') },
      end: { turn: 2_500, unit: 'I thought'.length },
    });
    assert.deepEqual(await window.faults(), []);
    await window.close();

    // Both marks are there the next time.
    const again = await launch({ folder });
    try {
      await again.shown();
      await codingShown(again);
      await openSession(again, 'Trial · 1');
      await settles(again, async (at) => (await coding(at)).markers.length, 2, 'both marks');
      assert.deepEqual(await again.faults(), []);
    } finally {
      await again.quit();
    }
  } finally {
    await window.quit();
    window.forget();
  }
});
