// By keyboard alone: what is marked, how it is judged, and how all of it is taken back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import {
  byTestId,
  chips,
  clockMs,
  coding,
  codingShown,
  gone,
  inView,
  judged,
  saidIn,
  settles,
  textOf,
} from './coding.mjs';
import { withWindow } from './harness.mjs';

/** Opens a session that nobody has coded, by the command palette. */
async function begin(window, label = 'Ada · 4') {
  await window.shown();
  await codingShown(window);
  await window.keys('Control+k');
  await window.find(byTestId('palette'));
  await window.typeText(`open ${label}`);
  await window.keys('Enter');
  await gone(window, byTestId('palette'));
  await window.findText(label, { css: `${byTestId('session-item')}[aria-current] .name` });
  await codingShown(window);
}

const down = (times) => Array.from({ length: times }, () => 'ArrowDown');
const segments = async (window) => (await coding(window)).markers.map(({ segment }) => segment);
const cursor = (window) =>
  window.run(() => Number(document.querySelector('[data-turn][aria-current]')?.dataset.turn ?? -1));

/** The words of a text segment within one turn. */
async function wordsOf(window, { start, end }) {
  assert.equal(start.turn, end.turn);
  return (await saidIn(window, start.turn)).slice(start.unit, end.unit);
}

test('three key presses make a scored marker with its conflict', () =>
  withWindow({}, async (window) => {
    await begin(window);
    await window.keys(...down(3));
    await settles(window, cursor, 3, 'the cursor on turn 4');
    await window.keys('c', 't', '4');
    await settles(
      window,
      async (at) => (await chips(at)).map(({ turn, class: of, text }) => [turn, of, text]),
      [[3, 'rupture', 'complaint: therapist 4']],
    );
    const { marker, conflict } = await judged(window);
    assert.equal(marker.code, 'confrontation/complaint-about-the-therapist');
    assert.deepEqual(marker.segment, {
      kind: 'text',
      start: { turn: 3, unit: 0 },
      end: { turn: 3, unit: (await saidIn(window, 3)).length },
    });
    assert.deepEqual([conflict.significance, conflict.markers], [4, [marker.id]]);
    assert.deepEqual(await window.faults(), []);
  }));

test('turns, words, stretches of time and the whole session are marked by keyboard', () =>
  withWindow({}, async (window) => {
    await begin(window);

    // Several turns.
    await window.keys(...down(2), 'Shift+ArrowDown', 'Shift+ArrowDown');
    await settles(window, cursor, 4, 'the cursor on the last turn of the segment');
    await window.keys('w', 'd', '1');
    const length = (await saidIn(window, 4)).length;
    await settles(
      window,
      segments,
      [{ kind: 'text', start: { turn: 2, unit: 0 }, end: { turn: 4, unit: length } }],
      'three turns',
    );

    // Words, from the second word of a turn on: by word, then one character more and one less.
    await window.keys('Escape', ...down(3));
    const turn = await cursor(window);
    const said = await saidIn(window, turn);
    await window.keys('Enter');
    await window.find(byTestId('caret'));
    await window.keys(
      'Control+ArrowRight',
      'ArrowRight',
      'Control+Shift+ArrowRight',
      'Control+Shift+ArrowRight',
    );
    await window.keys('Shift+ArrowRight', 'Shift+ArrowLeft');
    await window.keys('w', 'm', '2');
    const words = (await segments(window)).find((each) => each.start?.turn === turn);
    const [first, second, third] = said.split(/\s+/);
    assert.equal(
      (await wordsOf(window, words)).replace(/\W+$/u, ''),
      `${second} ${third}`.replace(/\W+$/u, ''),
    );
    assert.equal(words.start.unit, first.length + 1);

    // A stretch of time between two places of the playhead.
    await window.keys('Escape', 'Escape', 'Shift+ArrowRight');
    const from = await clockMs(window);
    await window.keys('i', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'o');
    await window.find(byTestId('chosen-stretch'));
    await window.keys('w', 'a', '0');
    const times = (await segments(window)).find(({ kind }) => kind === 'time');
    assert.deepEqual(times, { kind: 'time', start_ms: from, end_ms: from + 6_000 });

    // The whole session.
    await window.keys('Escape', 'Control+a', 'c', 'p', '3');
    const whole = (await coding(window)).markers.find(({ segment }) => segment.kind === 'whole');
    assert.equal(whole.code, 'confrontation/complaint-about-progress');
    assert.match(await textOf(window, '.whole'), /Whole session/);

    const cannot = (await coding(window)).conflicts.filter((each) => each.significance === 'cannot-judge');
    assert.equal(cannot.length, 1);
    assert.deepEqual(await window.faults(), []);
  }));

test('every quick judgement has its key', () =>
  withWindow({}, async (window) => {
    await begin(window);
    const conflictIs = (part, wanted) =>
      settles(
        window,
        async (at) => part((await judged(at)).conflict),
        wanted,
        `the conflict ${JSON.stringify(wanted)}`,
      );
    const markerIs = (part, wanted) =>
      settles(
        window,
        async (at) => part((await judged(at)).marker),
        wanted,
        `the marker ${JSON.stringify(wanted)}`,
      );

    await window.keys(...down(3), 'c', 't', '4');
    await window.keys('f', '3', '0', '5');
    await conflictIs(
      ({ factors }) => [factors.intensity, factors.centrality, factors.endangerment],
      [3, 'cannot-judge', 5],
    );
    await window.keys('a', 'r');
    await conflictIs(({ relationship }) => relationship, 'real');
    await window.keys('e', '5', '6', 'Enter');
    await conflictIs(({ elements }) => elements, ['genuineness', 'personal-bond']);
    await window.keys('u');
    await conflictIs(({ addressed }) => addressed, 'yes');
    await window.keys('u', 's', 's', 's');
    await conflictIs(({ addressed, settled }) => [addressed, settled], ['no', 'cannot-tell']);
    await window.keys('Shift+o', '3');
    await conflictIs(({ origin }) => origin, 'resistance-or-transference');
    await window.keys('k', 'b');
    await markerIs(({ clarity, discuss }) => [clarity, discuss], ['possible', true]);

    // Bounds, by word.
    const end = async (at) => (await judged(at)).marker.segment.end.unit;
    const whole = await end(window);
    await window.keys('}');
    await window.waitFor(async () => (await end(window)) < whole, 'an earlier end');
    const shorter = await end(window);
    await window.keys('}');
    await window.waitFor(async () => (await end(window)) < shorter, 'an end earlier still');
    await window.keys(']');
    await settles(window, end, shorter, 'the end a word later');

    // Another code; score and place stay.
    await window.keys('m', 'w', 'p');
    await markerIs(({ code }) => code, 'withdrawal/deferential-or-appeasing');
    await conflictIs(({ significance }) => significance, 4);

    // Letters belong to the note while it is written.
    await window.keys('n');
    await window.waitFor(
      () => window.run(() => document.activeElement?.matches('[data-note]') ?? false),
      'the note to be written',
    );
    await window.typeText('wd3 see the tape');
    await window.keys('Escape');
    await settles(
      window,
      async (at) => {
        const { marker, conflict } = await judged(at);
        return [marker.note, conflict.note].join('');
      },
      'wd3 see the tape',
      'the note',
    );

    // The actor: this code is only of the patient, and the program says so.
    await window.keys('p');
    await window.findText('This code is only of the patient.');

    // A repair and its depth and strategy.
    await window.keys('Escape', ...down(1), 'r', 'a', 'd', '2', '2');
    await settles(
      window,
      async (at) => {
        const { marker, conflict } = await judged(at, 1);
        return [marker?.kind, marker?.depth, marker?.strategy, conflict];
      },
      ['repair', 'underlying', 'expressive', null],
      'an expressive repair',
    );
    assert.deepEqual(await window.faults(), []);
  }));

test('markers are joined, joined elsewhere, parted, walked and deleted by keyboard', () =>
  withWindow({}, async (window) => {
    await begin(window);
    const groups = async (at) => {
      const { markers, conflicts } = await coding(at);
      const short = (id) => markers.find((marker) => marker.id === id).code.split('/')[1];
      return conflicts.map((conflict) => [conflict.significance, ...conflict.markers.map(short)]).sort();
    };
    await window.keys('ArrowDown', 'w', 'd', '1');
    await window.keys('Escape', ...down(4), 'c', 'i', '4');
    await window.keys('Escape', ...down(4), 'w', 'm', '2');
    await settles(window, groups, [
      [1, 'denial'],
      [2, 'minimal-response'],
      [4, 'rejects-an-intervention'],
    ]);

    // To the one before; once more: choose another one.
    await window.keys('g');
    await settles(
      window,
      groups,
      [
        [1, 'denial'],
        [4, 'rejects-an-intervention', 'minimal-response'],
      ],
      'joined',
    );
    await window.keys('g');
    await window.find('[aria-label="Join to"]');
    const digit = await window.run(
      () =>
        1 +
        [...document.querySelectorAll('.join .list button')].findIndex((each) =>
          /denial/i.test(each.textContent),
        ),
    );
    await window.keys(String(digit));
    await settles(
      window,
      groups,
      [
        [2, 'denial', 'minimal-response'],
        [4, 'rejects-an-intervention'],
      ],
      'joined to the other one',
    );

    await window.keys('Shift+g');
    await settles(
      window,
      groups,
      [
        [null, 'minimal-response'],
        [2, 'denial'],
        [4, 'rejects-an-intervention'],
      ].sort(),
      'parted, to be scored',
    );

    const selected = async (at) => (await chips(at)).filter((chip) => chip.selected).map((chip) => chip.turn);
    await window.keys('Tab');
    await settles(window, selected, [1], 'from the last marker to the first');
    await window.keys('Tab');
    await settles(window, selected, [5], 'the next marker');
    await window.keys('Shift+Tab');
    await settles(window, selected, [1], 'the marker before');
    await window.keys('Delete');
    await settles(
      window,
      groups,
      [
        [null, 'minimal-response'],
        [4, 'rejects-an-intervention'],
      ].sort(),
      'deleted',
    );
    assert.deepEqual(await window.faults(), []);
  }));

test('undo and redo walk from the last to the first action and back, with the thing in view', () =>
  withWindow({}, async (window) => {
    await begin(window);
    const state = async (at) => {
      const { markers, conflicts, rest } = await coding(at);
      const byId = (a, b) => (a.id < b.id ? -1 : 1);
      return [[...markers].sort(byId), [...conflicts].sort(byId), rest.session_ratings];
    };
    const last = await window.run(() => document.querySelectorAll('[data-turn]').length - 1);
    const states = [await state(window)];
    const act = async (...presses) => {
      await window.keys(...presses);
      const now = await window.waitFor(
        async () => {
          const found = await state(window);
          return isDeepStrictEqual(found, states.at(-1)) ? null : found;
        },
        `what ${presses.join(' ')} changes`,
      );
      states.push(now);
    };
    await window.keys(...down(2));
    await act('w', 'd');
    await act('2');
    await act('a', 'a');
    await window.run(() =>
      document.activeElement instanceof HTMLElement ? document.activeElement.blur() : null,
    );
    await window.keys('Escape', ...down(40));
    const far = await cursor(window);
    assert.ok(far > 30 && far <= last);
    await act('c', 'a');
    await act('5');
    await act('k');
    await act('g');
    await act('Delete');

    for (let at = states.length - 2; at >= 0; at -= 1) {
      await window.keys('Control+z');
      await settles(window, state, states[at], `the state before act ${at + 1}`);
      if (at === states.length - 2)
        await window.waitFor(() => inView(window, `[data-turn="${far}"]`), 'the far turn');
      if (at === 1) await window.waitFor(() => inView(window, '[data-turn="2"]'), 'the first marker');
    }
    assert.equal((await coding(window)).rest.undo, null);
    assert.deepEqual(await chips(window), []);
    for (const [at, wanted] of states.entries()) {
      if (at === 0) continue;
      await window.keys('Control+Shift+z');
      await settles(window, state, wanted, `the state after act ${at}`);
    }
    assert.equal((await coding(window)).rest.redo, null);
    assert.deepEqual(await window.faults(), []);
  }));
