// Moving the bounds of a segment: by a word in the text, by a turn, by a second of time.
import type { Place, SegmentView, TurnView } from '$schemas/api';
import { before, between, lengthOf, wholeTurns } from './places';
import { nextWordEnd, nextWordStart, previousWordEnd, previousWordStart } from './words';

type Turns = readonly Pick<TurnView, 'text'>[];

export type Bound = 'start' | 'end';
export type Direction = 'earlier' | 'later';
export type Step = 'word' | 'turn';

const SECOND_MS = 1_000;

/** The segment with one bound moved; null when it cannot move, or nothing would be left between them. */
export function boundMoved(
  turns: Turns,
  segment: SegmentView,
  durationMs: number,
  bound: Bound,
  direction: Direction,
  step: Step = 'word',
): SegmentView | null {
  if (segment.kind === 'whole') return null;
  if (segment.kind === 'time') {
    const by = direction === 'earlier' ? -SECOND_MS : SECOND_MS;
    const start_ms = bound === 'start' ? Math.max(0, segment.start_ms + by) : segment.start_ms;
    const end_ms = bound === 'end' ? Math.min(durationMs, segment.end_ms + by) : segment.end_ms;
    const unmoved = start_ms === segment.start_ms && end_ms === segment.end_ms;
    return unmoved || end_ms <= start_ms ? null : { kind: 'time', start_ms, end_ms };
  }
  const from = segment[bound];
  const to = step === 'turn' ? byTurn(turns, from, bound, direction) : byWord(turns, from, bound, direction);
  if (to === null) return null;
  const start = bound === 'start' ? to : segment.start;
  const end = bound === 'end' ? to : segment.end;
  return before(start, end) ? between(turns, start, end) : null;
}

function byWord(turns: Turns, { turn, unit }: Place, bound: Bound, direction: Direction): Place | null {
  const text = turns[turn]?.text ?? '';
  if (direction === 'earlier') {
    if (unit > 0) {
      const to = bound === 'start' ? previousWordStart(text, unit) : previousWordEnd(text, unit);
      if (to > 0 || bound === 'start') return { turn, unit: to };
    }
    const previous = spoken(turns, turn, -1);
    if (previous === null) return null;
    const length = lengthOf(turns, previous);
    const words = turns[previous]?.text ?? '';
    return { turn: previous, unit: bound === 'start' ? previousWordStart(words, length) : length };
  }
  if (unit < text.length) {
    const to = bound === 'start' ? nextWordStart(text, unit) : nextWordEnd(text, unit);
    if (to < text.length || bound === 'end') return { turn, unit: to };
  }
  const next = spoken(turns, turn, 1);
  if (next === null) return null;
  return { turn: next, unit: bound === 'start' ? 0 : nextWordEnd(turns[next]?.text ?? '', 0) };
}

function byTurn(turns: Turns, { turn }: Place, bound: Bound, direction: Direction): Place | null {
  const to = spoken(turns, turn, direction === 'earlier' ? -1 : 1);
  return to === null ? null : wholeTurns(turns, to, to)[bound];
}

/** The nearest turn in a direction in which something is said. */
function spoken(turns: Turns, turn: number, by: 1 | -1): number | null {
  for (let other = turn + by; other >= 0 && other < turns.length; other += by) {
    if (lengthOf(turns, other) > 0) return other;
  }
  return null;
}
