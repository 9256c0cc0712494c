import { expect, test } from 'vitest';
import type { ScoreBin } from '$schemas/api';
import { axisOf, cutAt, lineAt, stepped } from './axis';
import { blocks, total } from './bars';

const WHOLE: ScoreBin[] = [1, 2, 3, 4, 5].map((value) => ({ value, from: value - 0.5, to: value + 0.5 }));
const QUARTERS: ScoreBin[] = Array.from({ length: 17 }, (_, at) => {
  const value = 1 + at / 4;
  return { value, from: value, to: value + 0.25 };
});
const whole = { centred: true, grid: 1 };
const quarters = { centred: false, grid: 0.25 };

test('the line of a cut stands between the last bar below it and the first one at it', () => {
  const axis = axisOf(WHOLE, 0, 500);
  expect([1, 2, 2.5, 3, 5].map((cut) => lineAt(cut, whole, axis))).toEqual([0.5, 1.5, 2.5, 2.5, 4.5]);
  expect(axis.x(2.5)).toBe(200);
  expect(axis.at(200)).toBe(2.5);
});

test('a place on the plot is the cut whose line is nearest, and dragging there puts the line there', () => {
  expect([0.5, 0.9, 1.1, 2.4, 2.6, 9].map((place) => cutAt(place, whole))).toEqual([1, 1, 2, 3, 3, 5]);
  const axis = axisOf(QUARTERS, 0, 425);
  for (const cut of [1, 1.35, 2.5, 5]) expect(cutAt(lineAt(cut, quarters, axis), quarters)).toBe(cut);
  for (const cut of [1, 2, 3, 4, 5]) {
    expect(cutAt(lineAt(cut, whole, axisOf(WHOLE, 0, 500)), whole)).toBe(cut);
  }
});

test('steps stay within the scale and gather no rounding', () => {
  expect(stepped(1, -1)).toBe(1);
  expect(stepped(4.9, 1)).toBe(5);
  let cut = 1;
  for (let step = 0; step < 20; step += 1) cut = stepped(cut, 0.05);
  expect(cut).toBe(2);
});

test('strains stand outlined at the floor of a bar, ruptures filled above them, and nothing is lost', () => {
  const heights = [
    [4, 2, 0],
    [1, 0, 1],
    [0, 3, 0],
    [0, 0, 0],
  ];
  const found = blocks(heights);
  expect(found.map(({ fill, mode, count, from }) => [fill, mode, count, from])).toEqual([
    ['unscored', 'confrontation', 1, 0],
    ['strain', 'withdrawal', 2, 1],
    ['strain', 'mixed', 3, 3],
    ['rupture', 'withdrawal', 4, 6],
    ['rupture', 'confrontation', 1, 10],
  ]);
  expect(total(heights)).toBe(11);
});
