import { expect, test } from 'vitest';
import { codingOf, turn } from './fixture';
import { Windows, windowsOf } from './windows.svelte';

test('the last window may be shorter, and without a length there are none', () => {
  expect(windowsOf(300_000, 700_000).map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
    [0, 300_000],
    [300_000, 600_000],
    [600_000, 700_000],
  ]);
  expect(windowsOf(0, 700_000)).toEqual([]);
});

test('windows are gone through one by one, and stop at the ends', () => {
  const windows = new Windows(codingOf());
  windows.openAt(25_000);
  expect(windows.shown?.number).toBe(2);
  expect(windows.move(1)).toBe(false);
  expect(windows.move(-1)).toBe(true);
  expect(windows.shown).toEqual({ number: 1, startMs: 0, endMs: 20_000 });
});

test('a moment past the end belongs to the last window', () => {
  expect(new Windows(codingOf()).at(40_000)?.number).toBe(2);
});

test('ratings and "nothing here" belong to their window only', () => {
  const coding = codingOf();
  const windows = new Windows(coding);
  const [first, second] = windows.list;
  if (first === undefined || second === undefined) throw new Error('two windows were expected');
  const key = windows.ratings[0]?.key ?? '';
  coding.setRating(key, [0, 20_000], 3);
  coding.setNothingHere([20_000, 40_000], true);
  expect(windows.scoreOf(first, key)).toBe(3);
  expect(windows.scoreOf(second, key)).toBeNull();
  expect(windows.ratedOf(second)?.nothing_here).toBe(true);
});

test('a window knows its marks and what is still to score in it', () => {
  const coding = codingOf();
  const windows = new Windows(coding);
  const [first, second] = windows.list;
  if (first === undefined || second === undefined) throw new Error('two windows were expected');
  const made = coding.addMarker(turn(2), 'withdrawal/denial');
  coding.addMarker({ kind: 'whole' }, 'withdrawal/denial');
  expect(windows.holdsMarks(first)).toBe(false);
  expect(windows.holdsMarks(second)).toBe(true);
  expect(windows.toScore(second).map(({ id }) => id)).toEqual([made.conflictId]);
  coding.changeConflict(made.conflictId ?? '', { set: 'significance', to: 1 });
  expect(windows.toScore(second)).toEqual([]);
});
