// One act on a coding: how it looks before its reply, how it is sent, and what depends on it.
import type { CodingChange } from '$schemas/api';
import type { Draw, Touched } from './page';

export interface Act {
  op: string;
  send: () => Promise<CodingChange>;
  draw: Draw;
  /** Ids that the act makes, and ids that must exist for it. */
  makes: string[];
  needs: string[];
  /** It is about whatever was done before it. */
  needsAll: boolean;
  /** It only keeps what was seen: nothing is about it. */
  seen: boolean;
}

export interface Sent extends Act {
  touched: Touched;
  doneAtMs: number;
  answer: (change: CodingChange | null) => void;
}

/** The act and those after it that need what it, or another that goes, would have made. */
export function withDependents(act: Sent, later: Sent[]): Sent[] {
  const missing = new Set(act.makes);
  const gone = [act];
  for (const each of later) {
    const needed = each.needs.some((id) => missing.has(id)) || (each.needsAll && !act.seen);
    if (!needed) continue;
    gone.push(each);
    for (const id of each.makes) missing.add(id);
  }
  return gone;
}
