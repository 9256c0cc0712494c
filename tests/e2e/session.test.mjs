// A session from end to end: an empty study, a transcript, tags, strain and rupture, undo, and all of it again the
// next morning.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  byTestId,
  chips,
  clockMs,
  codingShown,
  command,
  confirmed,
  cursorOn,
  gone,
  hurry,
  importSession,
  lanes,
  settles,
  textOf,
} from './coding.mjs';
import { launch, ownFolder } from './harness.mjs';

/** Makes a study whose raters see classes, through the dialogs, and leaves the lead at the screen. */
async function makeStudy(window) {
  await command(window, 'new study', 'study.new');
  await window.find(byTestId('new-study-name'));
  await window.typeText('Autumn');
  await window.keys('Enter');
  await window.find(byTestId('import-first'));

  await command(window, 'study settings', 'study.settings');
  await window.click(byTestId('shown-classes'));
  await window.waitFor(
    () => window.run((css) => document.querySelector(css).checked, byTestId('shown-classes')),
    'classes shown',
  );
  await window.click(byTestId('shown-totals'));
  await window.click(byTestId('shown-case_and_number'));
  await window.keys('Escape');
  await gone(window, byTestId('study-dialog'));
}

const lanesOf = async (window) => (await lanes(window)).map(({ lane }) => lane);
const marks = async (window) =>
  (await chips(window)).map((chip) => [chip.turn, chip.family, chip.class, chip.text]);

test('import, play, tag, join, class and lane, drag the cut, undo, quit, start again: all is there', async () => {
  const folder = ownFolder();
  let window = await launch({ folder });
  try {
    await window.shown();
    await codingShown(window);
    await makeStudy(window);
    await window.close();

    // The transcript is given as an argument; the study is the last one.
    window = await launch({ folder, args: [hurry] });
    await window.shown();
    await window.find(byTestId('import-turns'), 20_000);
    assert.match(await textOf(window, byTestId('import-sum')), /1 session, 20 turns/);
    await importSession(window, 'Lena');
    await window.click(byTestId('choose-who-codes'));
    await (await window.find(byTestId('person-new'))).type('Kim Vale');
    await window.click(byTestId('person-add'));
    await gone(window, byTestId('person-dialog'));
    await codingShown(window);
    assert.match(await textOf(window, byTestId('session-label')), /Case Lena · session 1/);

    // Play.
    await window.keys('Space');
    await window.waitFor(async () => (await clockMs(window)) > 2_300, 'the clock past the first turn');
    await window.find('[data-turn="0"].playing');
    await window.keys('Space');
    const stopped = await clockMs(window);

    // Tag with three real key presses, twice.
    await cursorOn(window, 7);
    await window.keys('w', 'p', '2');
    await settles(window, marks, [[7, 'withdrawal', 'strain', 'appeasing 2']], 'the strain');
    await cursorOn(window, 5);
    await window.keys('c', 'a', '4');
    const two = [
      [5, 'confrontation', 'rupture', 'complaint: activities 4'],
      [7, 'withdrawal', 'strain', 'appeasing 2'],
    ];
    await settles(window, marks, two, 'the strain and the rupture');
    await settles(window, lanesOf, ['ruptures', 'strains'], 'each on its lane');
    assert.match(await textOf(window, byTestId('totals')), /1 rupture 1 strain 0 to score/);

    // Join: the later one into the one before it.
    await window.click(byTestId('chip') + '[data-family="withdrawal"]');
    await window.keys('g');
    const joined = [
      [5, 'confrontation', 'rupture', 'complaint: activities 4'],
      [7, 'withdrawal', 'rupture', 'appeasing 4'],
    ];
    await settles(window, marks, joined, 'one conflict with two markers');
    await settles(window, lanesOf, ['ruptures'], 'one mark on the lanes');
    await settles(window, (at) => textOf(at, `${byTestId('verdict')} b`), 'Rupture', 'the verdict');
    assert.match(await textOf(window, byTestId('verdict')), /4/);

    // Drag the cut: a look only.
    const slider = await (await window.find(byTestId('cut-slider'))).box();
    const along = (score) => ({
      x: slider.x + 8 + ((slider.width - 16) * (score - 1)) / 4,
      y: slider.y + slider.height / 2,
    });
    await window.drag(along(3), along(5));
    await window.find(byTestId('look'));
    await settles(window, lanesOf, ['strains'], 'a strain under a cut of 5');
    await settles(window, async (at) => (await chips(at)).map((chip) => chip.class), ['strain', 'strain']);
    await window.keys('Escape');
    await gone(window, byTestId('look'));
    await settles(window, lanesOf, ['ruptures'], 'a rupture again');

    // Undo the join.
    await window.keys('Control+z');
    await settles(window, marks, two, 'two conflicts again');
    await confirmed(window);
    assert.deepEqual(await window.faults(), []);
    await window.close();

    window = await launch({ folder });
    await window.shown();
    await codingShown(window);
    await settles(window, marks, two, 'both markers after the start');
    await settles(window, lanesOf, ['ruptures', 'strains']);
    assert.ok(Math.abs((await clockMs(window)) - stopped) < 100, 'the clock stands where it stood');
    await window.keys('Control+Shift+z');
    await settles(window, marks, joined, 'the join redone after the start');
    assert.deepEqual(await window.faults(), []);
  } finally {
    await window.quit();
    window.forget();
  }
});
