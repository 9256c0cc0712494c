// Closing the window right after a burst of tags loses none of them; nor does a power cut lose what was confirmed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chips, coding, codingShown, confirmed, openSession, settles } from './coding.mjs';
import { launch, ownFolder } from './harness.mjs';

const BURST = 8;

/** Tags turn after turn as fast as keys can be pressed. */
const burst = Array.from({ length: BURST }, () => ['ArrowDown', 'w', 'd', '3', 'k', 'Escape']).flat();

async function begun(folder) {
  const window = await launch({ folder });
  await window.shown();
  await codingShown(window);
  await openSession(window, 'Ada · 4');
  return window;
}

async function allThere(window) {
  await settles(window, async (at) => (await chips(at)).length, BURST, 'every marker');
  const { markers, conflicts } = await coding(window);
  assert.equal(markers.length, BURST);
  assert.ok(markers.every(({ clarity }) => clarity === 'possible'));
  assert.ok(conflicts.every(({ significance }) => significance === 3));
  assert.equal(new Set(markers.map(({ segment }) => segment.start.turn)).size, BURST);
}

test('closing right after a burst of tags loses nothing', async () => {
  const folder = ownFolder();
  let window = await begun(folder);
  try {
    await window.keys(...burst);
    await window.close();
    window = await begun(folder);
    await allThere(window);
    assert.deepEqual(await window.faults(), []);
  } finally {
    await window.quit();
    window.forget();
  }
});

test('a power cut after the last confirmation loses nothing', async () => {
  const folder = ownFolder();
  let window = await begun(folder);
  try {
    await window.keys(...burst);
    await settles(
      window,
      async (at) => (await coding(at)).conflicts.filter((each) => each.significance === 3).length,
      BURST,
    );
    await settles(
      window,
      async (at) => (await coding(at)).markers.filter((each) => each.clarity === 'possible').length,
      BURST,
    );
    await confirmed(window);
    await window.kill();
    window = await begun(folder);
    await allThere(window);
  } finally {
    await window.quit();
    window.forget();
  }
});
