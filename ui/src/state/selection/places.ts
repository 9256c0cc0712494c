// Places in the text (turn and UTF-16 unit) and the stretches between them. Ends are exclusive.
import type { Place, SegmentView, TurnView } from '$schemas/api';

export type TextSegment = Extract<SegmentView, { kind: 'text' }>;
type Turns = readonly Pick<TurnView, 'text'>[];

/** A stretch of one turn's text. */
export interface TurnRange {
  turn: number;
  from: number;
  to: number;
}

export const before = (a: Place, b: Place): boolean =>
  a.turn < b.turn || (a.turn === b.turn && a.unit < b.unit);

export const same = (a: Place, b: Place): boolean => a.turn === b.turn && a.unit === b.unit;

export const lengthOf = (turns: Turns, turn: number): number => turns[turn]?.text.length ?? 0;

/** The segment between two places, whichever comes first; null when there is nothing between them. */
export function between(turns: Turns, a: Place, b: Place): TextSegment | null {
  const [start, end] = before(b, a) ? [b, a] : [a, b];
  const segment: TextSegment = { kind: 'text', start, end };
  const any = rangesOf(turns, segment, 0, Infinity).some((range) => range.to > range.from);
  return any ? trimmed(turns, segment) : null;
}

/** Several turns from their first to their last character. */
export function wholeTurns(turns: Turns, one: number, other: number): TextSegment {
  const last = turns.length - 1;
  const first = Math.max(0, Math.min(one, other, last));
  const end = Math.max(0, Math.min(Math.max(one, other), last));
  return {
    kind: 'text',
    start: { turn: first, unit: 0 },
    end: { turn: end, unit: lengthOf(turns, end) },
  };
}

/** One range for each turn that a segment touches, of the turns `first` to `last`. */
export function rangesOf(
  turns: Turns,
  { start, end }: TextSegment,
  first: number,
  last: number,
): TurnRange[] {
  const ranges: TurnRange[] = [];
  const stop = Math.min(end.turn, last, turns.length - 1);
  for (let turn = Math.max(start.turn, first); turn <= stop; turn += 1) {
    const length = lengthOf(turns, turn);
    const from = turn === start.turn ? Math.min(start.unit, length) : 0;
    const to = turn === end.turn ? Math.min(end.unit, length) : length;
    if (to > from) ranges.push({ turn, from, to });
  }
  return ranges;
}

/** The last turn that a segment marks something of: an end at unit 0 marks nothing of its turn. */
export const lastTurnOf = ({ start, end }: TextSegment): number =>
  end.unit === 0 ? Math.max(start.turn, end.turn - 1) : end.turn;

/** Ends that lie on the edge between two turns are moved to where the marked text really starts and ends. */
function trimmed(turns: Turns, { start, end }: TextSegment): TextSegment {
  let from = start;
  while (from.turn < end.turn && from.unit >= lengthOf(turns, from.turn))
    from = { turn: from.turn + 1, unit: 0 };
  let to = end;
  while (to.turn > from.turn && to.unit === 0) to = { turn: to.turn - 1, unit: lengthOf(turns, to.turn - 1) };
  return { kind: 'text', start: from, end: to };
}
