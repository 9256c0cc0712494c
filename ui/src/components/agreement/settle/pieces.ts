// Words of a turn in pieces, each with the raters whose marks cover it.
import type { ConsensusItem, SaidTurn, SegmentView } from '$schemas/api';

export interface Piece {
  text: string;
  /** Codings that mark it. */
  by: string[];
}

interface Cover {
  codingId: string;
  from: number;
  to: number;
}

/** Where a segment lies in a turn, in UTF-16 units; null where it does not, or has no place in the text. */
export function within(segment: SegmentView, turn: SaidTurn): [number, number] | null {
  if (segment.kind !== 'text') return null;
  if (turn.turn < segment.start.turn || turn.turn > segment.end.turn) return null;
  const from = turn.turn === segment.start.turn ? segment.start.unit : 0;
  const to = turn.turn === segment.end.turn ? segment.end.unit : turn.text.length;
  return from < to ? [from, to] : null;
}

export function pieces(turn: SaidTurn, members: ConsensusItem['members']): Piece[] {
  const covers: Cover[] = members.flatMap((member) =>
    member.markers.flatMap((marker) => {
      const place = within(marker.segment, turn);
      return place === null ? [] : [{ codingId: member.coding_id, from: place[0], to: place[1] }];
    }),
  );
  const length = turn.text.length;
  const ends = new Set([0, length, ...covers.flatMap(({ from, to }) => [from, Math.min(to, length)])]);
  const sorted = [...ends].sort((one, other) => one - other);
  return sorted.slice(0, -1).map((from, at) => {
    const to = sorted[at + 1] ?? length;
    const by = covers.filter((cover) => cover.from <= from && cover.to >= to).map(({ codingId }) => codingId);
    return { text: turn.text.slice(from, to), by: [...new Set(by)] };
  });
}
