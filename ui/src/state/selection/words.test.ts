import { expect, test } from 'vitest';
import {
  characterEnd,
  characterStart,
  nextCharacter,
  nextWordEnd,
  nextWordStart,
  previousCharacter,
  previousWordEnd,
  previousWordStart,
  wordEdge,
} from './words';

const FAMILY = '👩‍👩‍👧‍👦';

test('emoji and combining characters are one character', () => {
  const text = `a${FAMILY}e\u0301b`;
  const afterFamily = 1 + FAMILY.length;
  expect(nextCharacter(text, 0)).toBe(1);
  expect(nextCharacter(text, 1)).toBe(afterFamily);
  expect(nextCharacter(text, afterFamily)).toBe(afterFamily + 2);
  expect(previousCharacter(text, afterFamily + 2)).toBe(afterFamily);
  expect(previousCharacter(text, afterFamily)).toBe(1);
  expect(nextCharacter(text, text.length)).toBe(text.length);
  expect(previousCharacter(text, 0)).toBe(0);
});

test('a place inside a character goes to its edges', () => {
  const text = `a${FAMILY}b`;
  expect(characterStart(text, 4)).toBe(1);
  expect(characterEnd(text, 4)).toBe(1 + FAMILY.length);
  expect(characterStart(text, 1)).toBe(1);
  expect(characterEnd(text, 1)).toBe(1);
  expect(characterStart(text, 99)).toBe(text.length);
  expect(characterEnd(text, 99)).toBe(text.length);
});

test('words: to the end of the next, to the start of the one before, signs passed over', () => {
  const text = 'Yeah. I mean, mostly.';
  expect(nextWordEnd(text, 0)).toBe(4);
  expect(nextWordEnd(text, 4)).toBe(7);
  expect(nextWordEnd(text, 13)).toBe(20);
  expect(nextWordEnd(text, 20)).toBe(21);
  expect(previousWordStart(text, 21)).toBe(14);
  expect(previousWordStart(text, 14)).toBe(8);
  expect(previousWordStart(text, 3)).toBe(0);
  expect(nextWordStart(text, 0)).toBe(6);
  expect(nextWordStart(text, 14)).toBe(21);
  expect(previousWordEnd(text, 20)).toBe(12);
  expect(previousWordEnd(text, 12)).toBe(7);
  expect(previousWordEnd(text, 4)).toBe(0);
});

test('words of a language without blanks are found', () => {
  const text = '私は学生です';
  expect(nextWordEnd(text, 0)).toBeLessThan(text.length);
  expect(previousWordStart(text, text.length)).toBeGreaterThan(0);
});

test('a turn of 300,000 characters is stepped through at once', () => {
  const text = 'word '.repeat(60_000);
  const started = performance.now();
  expect(nextWordEnd(text, 150_000)).toBe(150_004);
  expect(previousWordStart(text, 150_004)).toBe(150_000);
  expect(nextCharacter(text, 299_000)).toBe(299_001);
  const unbroken = 'x'.repeat(300_000);
  expect(characterStart(unbroken, 150_000)).toBe(150_000);
  expect(previousCharacter(unbroken, 150_000)).toBe(149_999);
  expect(performance.now() - started).toBeLessThan(1_000);
});

test.each<[string, number, 'start' | 'end', number]>([
  ['to be sitting here', 9, 'start', 6],
  ['to be sitting here', 9, 'end', 13],
  ['to be sitting here', 6, 'start', 6],
  ['to be sitting here', 13, 'end', 13],
  ['to be sitting here', 13, 'start', 14],
  ['to be sitting here', 14, 'end', 13],
  ['Well, yes.', 10, 'end', 10],
  ['Well, yes.', 5, 'end', 5],
  ['Well, yes.', 2, 'start', 0],
])('in %j the word at %i has its %s at %i', (text, unit, edge, at) => {
  expect(wordEdge(text, unit, edge)).toBe(at);
});
