import { expect, test } from 'vitest';
import { windowStart } from './layout';

const turns = [2_000, 8_000, 21_000, 29_000, 55_000].map((start_ms) => ({ start_ms }));
const starts = (windowMs: number) =>
  turns.map((_, at) => windowStart(turns, at, windowMs, 57_000)?.number ?? null);

test('every window that a turn starts in has its line, the first one too', () => {
  expect(starts(20_000)).toEqual([1, null, 2, null, 3]);
  expect(windowStart(turns, 4, 20_000, 57_000)).toEqual({ startMs: 40_000, endMs: 57_000, number: 3 });
});

test('without windows there are no lines', () => {
  expect(starts(0)).toEqual([null, null, null, null, null]);
});
