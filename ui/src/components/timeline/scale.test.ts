import { expect, test } from 'vitest';
import { momentAt, percentAt, rows, tickLabel, ticks } from './scale';

const MINUTE = 60_000;

test('ticks stand at the windows where their labels fit', () => {
  expect(ticks(50 * MINUTE, 1_100, 5 * MINUTE)).toEqual(
    Array.from({ length: 11 }, (_, at) => at * 5 * MINUTE),
  );
});

test.each([
  [180 * MINUTE, 1_000, 15 * MINUTE],
  [50 * MINUTE, 300, 15 * MINUTE],
  [8 * MINUTE, 1_000, MINUTE],
  [30_000, 1_000, 5_000],
  [600 * 60 * MINUTE, 400, 108 * 60 * MINUTE],
])('else at the finest round step: %i ms on %i px by %i ms', (duration, width, step) => {
  const [first, second] = ticks(duration, width, 5 * MINUTE);
  expect([first, second]).toEqual([0, step]);
});

test('an axis without length has one tick', () => {
  expect(ticks(0, 500, 0)).toEqual([0]);
  expect(ticks(1_000, 0, 0)).toEqual([0]);
  expect(percentAt(5, 0)).toBe(0);
  expect(momentAt(5, 0, 100)).toBe(0);
});

test('places and moments are each other’s reverse, within the axis', () => {
  expect(percentAt(25, 100)).toBe(25);
  expect(percentAt(250, 100)).toBe(100);
  expect(momentAt(50, 200, 60_000)).toBe(15_000);
  expect(momentAt(-5, 200, 60_000)).toBe(0);
  expect(momentAt(500, 200, 60_000)).toBe(60_000);
});

test.each([
  [0, '0:00'],
  [25 * MINUTE, '25:00'],
  [65 * MINUTE + 5_000, '1:05:05'],
])('%i ms is %s', (ms, label) => {
  expect(tickLabel(ms)).toBe(label);
});

test('labels that would cover each other stand in rows', () => {
  const spans = [
    { from: 0, to: 100 },
    { from: 50, to: 150 },
    { from: 110, to: 200 },
    { from: 120, to: 220 },
  ];
  expect(rows(spans, 2)).toEqual([0, 1, 0, 1]);
  expect(rows([], 2)).toEqual([]);
});
