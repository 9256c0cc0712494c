import { expect, test } from 'vitest';
import type { SegmentView } from '$schemas/api';
import { quoteOf } from './quote';

const turn = (text: string) => ({
  role: 'patient' as const,
  speaker: '',
  text,
  start_ms: 0,
  end_ms: 1_000,
  estimated: false,
});
const turns = [turn('It is not so bad.'), turn('Mhm. '), turn('word '.repeat(1_000))];
const text = (from: number, to: number, unit: number): SegmentView => ({
  kind: 'text',
  start: { turn: from, unit: 0 },
  end: { turn: to, unit },
});

test('what was said across turns is joined, and a long stretch is cut after a word', () => {
  expect(quoteOf(text(0, 1, 4), { turns })).toBe('It is not so bad. – Mhm.');
  const long = quoteOf(text(2, 2, 4_000), { turns });
  expect(long.length).toBeLessThanOrEqual(201);
  expect(long.endsWith('word…')).toBe(true);
});

test('a stretch of time says when, the whole session that it is', () => {
  expect(quoteOf({ kind: 'time', start_ms: 1_152_000, end_ms: 1_282_000 }, { turns })).toBe('19:12 to 21:22');
  expect(quoteOf({ kind: 'whole' }, { turns })).toBe('the whole session');
});
