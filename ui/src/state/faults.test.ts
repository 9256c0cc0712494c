import { expect, test } from 'vitest';
import { Faults, nameOf } from './faults.svelte';

test('a fault keeps its kind and place, never its words', () => {
  expect(nameOf(new TypeError('what a client said'))).toBe('TypeError');
  expect(nameOf({ code: 'internal', message: 'what a client said' })).toBe('internal');
  expect(nameOf('what a client said')).toBe('fault');
});

test('only the newest twenty are kept', () => {
  const faults = new Faults();
  for (let line = 1; line <= 25; line += 1) faults.add('TypeError', `main.js:${line}:1`);
  expect(faults.list).toHaveLength(20);
  expect(faults.list.at(-1)?.place).toBe('main.js:25:1');
  faults.clear();
  expect(faults.list).toEqual([]);
});
