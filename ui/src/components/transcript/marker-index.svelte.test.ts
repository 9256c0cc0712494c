// @vitest-environment jsdom
import { expect, test } from 'vitest';
import type { MarkerView, SegmentView } from '$schemas/api';
import { BEFORE_ALL, MarkerIndex } from './marker-index.svelte';

const marker = (id: string, turn: number, unit = 0, end = 10): MarkerView => ({
  id,
  segment: { kind: 'text', start: { turn, unit }, end: { turn, unit: end } },
  start_ms: turn * 1_000,
  end_ms: turn * 1_000 + 900,
  code: 'withdrawal/denial',
  kind: 'conflict',
  actor: 'patient',
  clarity: 'clear',
  discuss: false,
  note: '',
  conflict_id: id,
  answers: [],
  depth: null,
  strategy: null,
});

const turnOf = ({ segment }: { segment: SegmentView }) =>
  segment.kind === 'text' ? segment.start.turn : BEFORE_ALL;

const idsIn = (index: MarkerIndex, turn: number) => index.line(turn)?.markers.map(({ id }) => id);

test('only turns that changed are touched, by adding, changing, moving and deleting', () => {
  const index = new MarkerIndex(5, turnOf);
  const [a, b, c] = [marker('a', 0), marker('b', 1), marker('c', 1, 2)];
  expect(index.sync([a, b])).toEqual(new Set([0, 1]));
  expect(index.sync([a, b, c])).toEqual(new Set([1]));
  expect(idsIn(index, 1)).toEqual(['b', 'c']);
  const untouched = index.line(0)?.markers;
  expect(index.sync([a, { ...b, discuss: true }, c])).toEqual(new Set([1]));
  expect(index.line(1)?.markers[0]?.discuss).toBe(true);
  expect(index.sync([a, marker('b', 3), c])).toEqual(new Set([1, 3]));
  expect(idsIn(index, 1)).toEqual(['c']);
  expect(idsIn(index, 3)).toEqual(['b']);
  expect(index.sync([a, c])).toEqual(new Set([3]));
  expect(index.sync([a, c])).toEqual(new Set());
  expect(index.line(0)?.markers).toBe(untouched);
});

test('the markers of a turn stand in the order of the text, the longer one first', () => {
  const index = new MarkerIndex(1, turnOf);
  index.sync([marker('late', 0, 5), marker('short', 0, 0, 4), marker('long', 0, 0, 9)]);
  expect(idsIn(index, 0)).toEqual(['long', 'short', 'late']);
});

test('a marker of the whole session stands before all', () => {
  const index = new MarkerIndex(1, turnOf);
  index.sync([{ ...marker('whole', 0), segment: { kind: 'whole' } }]);
  expect(idsIn(index, BEFORE_ALL)).toEqual(['whole']);
  expect(idsIn(index, 0)).toEqual([]);
});

test('only the line that changed is told', async () => {
  const index = new MarkerIndex(2, turnOf);
  const told: number[] = [];
  const stop = $effect.root(() => {
    for (const turn of [0, 1]) {
      $effect(() => {
        told.push(turn, index.line(turn)?.markers.length ?? 0);
      });
    }
  });
  await Promise.resolve();
  told.length = 0;
  index.sync([marker('a', 1)]);
  await Promise.resolve();
  expect(told).toEqual([1, 1]);
  stop();
});

test('notes stand with the turn of their moment, and leave it', () => {
  const index = new MarkerIndex(3, turnOf);
  const note = { id: 'n', at_ms: 1_500, text: 'look again' };
  const turnAt = (ms: number) => Math.floor(ms / 1_000);
  index.syncNotes([note], turnAt);
  expect(index.line(1)?.notes).toEqual([note]);
  index.syncNotes([{ ...note, at_ms: 2_500 }], turnAt);
  expect(index.line(1)?.notes).toEqual([]);
  expect(index.line(2)?.notes).toHaveLength(1);
  index.syncNotes([{ ...note, at_ms: 0 }], () => -1);
  expect(index.line(0)?.notes).toHaveLength(1);
});
