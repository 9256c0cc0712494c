import { afterEach, expect, test, vi } from 'vitest';
import type { MarkerView } from '$schemas/api';
import { CHOSEN, HighlightPainter, painted } from './highlights';

const TURNS = Array.from({ length: 100 }, () => ({ text: 'x'.repeat(20) }));
const NONE = { chosen: null, selected: null };
const ALL = { first: 0, last: 99 };

const marker = (id: string, start: [number, number], end: [number, number]): MarkerView => ({
  id,
  segment: {
    kind: 'text',
    start: { turn: start[0], unit: start[1] },
    end: { turn: end[0], unit: end[1] },
  },
  start_ms: 0,
  end_ms: 0,
  code: 'withdrawal/denial',
  kind: 'conflict',
  actor: 'patient',
  clarity: 'clear',
  discuss: false,
  note: '',
  conflict_id: null,
  answers: [],
  depth: null,
  strategy: null,
});

const look = () => ({ hue: 'withdrawal' as const, fill: 'hollow' as const });

test('a marker over several turns has one range in each, and none between them', () => {
  const ranges = painted(TURNS, [marker('a', [1, 5], [3, 4])], NONE, ALL, look);
  expect(ranges.map(({ turn, from, to }) => [turn, from, to])).toEqual([
    [1, 5, 20],
    [2, 0, 20],
    [3, 0, 4],
  ]);
});

test('only turns near the view are painted', () => {
  const markers = [marker('far', [90, 0], [90, 5]), marker('over', [0, 0], [99, 20])];
  const ranges = painted(TURNS, markers, NONE, { first: 10, last: 12 }, look);
  expect(ranges.map(({ turn }) => turn)).toEqual([10, 11, 12]);
});

test('the inner one of nested markers lies deeper, and its line is on top', () => {
  const markers = [
    marker('inner', [1, 5], [1, 8]),
    marker('outer', [0, 0], [2, 10]),
    marker('innermost', [1, 6], [1, 7]),
    marker('after', [2, 10], [2, 15]),
  ];
  const ranges = painted(TURNS, markers, NONE, ALL, look);
  const nameOf = (turn: number, from: number) =>
    ranges.find((range) => range.turn === turn && range.from === from)?.name;
  expect(nameOf(0, 0)).toBe('withdrawal-hollow-0');
  expect(nameOf(1, 5)).toBe('withdrawal-hollow-1');
  expect(nameOf(1, 6)).toBe('withdrawal-hollow-2');
  expect(nameOf(2, 10)).toBe('withdrawal-hollow-0');
  expect(ranges.find(({ name }) => name === 'withdrawal-hollow-2')?.priority).toBe(2);
});

test('what is chosen lies over every mark: a wash alone hides no line', () => {
  const chosen = { kind: 'text' as const, start: { turn: 1, unit: 0 }, end: { turn: 1, unit: 20 } };
  const markers = [marker('a', [1, 5], [1, 8])];
  const [over, mark] = painted(TURNS, markers, { chosen, selected: 'a' }, ALL, look);
  expect(over).toMatchObject({ turn: 1, from: 0, to: 20, name: CHOSEN });
  expect(over?.priority).toBeGreaterThan(mark?.priority ?? Infinity);
  expect(painted(TURNS, [], { chosen: { kind: 'whole' }, selected: null }, ALL, look)).toEqual([]);
});

test('the selected marker lies above all others', () => {
  const markers = [marker('outer', [1, 0], [1, 20]), marker('inner', [1, 5], [1, 8])];
  const ranges = painted(TURNS, markers, { chosen: null, selected: 'outer' }, ALL, look);
  const [outer, inner] = ranges;
  expect(outer?.name).toBe('withdrawal-hollow-selected');
  expect(outer?.priority).toBeGreaterThan(inner?.priority ?? Infinity);
});

afterEach(() => vi.unstubAllGlobals());

test('highlights stand in the registry by rising priority, in whatever order they were first needed', () => {
  const registry = new Map<string, Set<unknown>>();
  vi.stubGlobal('CSS', { highlights: registry });
  vi.stubGlobal('Highlight', class extends Set<unknown> {});
  vi.stubGlobal('document', { createRange: () => ({ setStart() {}, setEnd() {} }) });
  const painter = new HighlightPainter();
  const text = { length: 20 } as Text;
  for (const [name, priority] of [
    [CHOSEN, 5],
    ['withdrawal-hollow-0', 0],
    ['repair-filled-selected', 4],
    ['confrontation-filled-1', 1],
  ] as const) {
    painter.paint([{ turn: 0, from: 0, to: 20, name, priority }], () => text);
  }
  expect([...registry.keys()]).toEqual([
    'withdrawal-hollow-0',
    'confrontation-filled-1',
    'repair-filled-selected',
    CHOSEN,
  ]);
});

test('what stays is not painted again; what went is taken away', () => {
  class Ink extends Set<unknown> {}
  const registry = new Map<string, Ink>();
  vi.stubGlobal('CSS', { highlights: registry });
  vi.stubGlobal('Highlight', Ink);
  vi.stubGlobal('document', { createRange: () => ({ setStart() {}, setEnd() {} }) });
  const painter = new HighlightPainter();
  const texts = [{ length: 20 } as Text, { length: 20 } as Text];
  const textOf = (turn: number) => texts[turn] ?? null;
  const stroke = (turn: number, to: number) => ({ turn, from: 0, to, name: 'mixed-dotted-0', priority: 0 });
  const inked = () => [...(registry.get('mixed-dotted-0') ?? [])];
  painter.paint([stroke(0, 5), stroke(1, 5), stroke(1, 5), stroke(7, 5), stroke(0, 21)], textOf);
  expect(inked()).toHaveLength(2);
  const [first] = inked();
  painter.paint([stroke(0, 5), stroke(1, 6)], textOf);
  expect(inked()).toHaveLength(2);
  expect(inked()[0]).toBe(first);
  texts[0] = { length: 20 } as Text;
  painter.paint([stroke(0, 5)], textOf);
  expect(inked()).toHaveLength(1);
  expect(inked()[0]).not.toBe(first);
  painter.clear();
  expect(registry.size).toBe(0);
});
