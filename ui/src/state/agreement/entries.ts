// The list beside the numbers: units of a comparison, or all that there is to settle in a session; and the way from a
// unit to what is to settle there.
import type { AgreementChoice, ComparedUnit, ConsensusItem, ConsensusView } from '$schemas/api';

export interface Entry {
  id: string;
  sessionId: string;
  /** `Ada · 3`. */
  session: string;
  startMs: number;
  /** Words of the transcript, or what is rated. */
  words: string;
  /** The words are said, not the program's. */
  said: boolean;
  unit: ComparedUnit | null;
  /** The one thing to settle; for units it is looked up. */
  itemId: string | null;
}

export const entryOfUnit = (unit: ComparedUnit): Entry => ({
  id: unit.id,
  sessionId: unit.session_id,
  session: unit.session,
  startMs: unit.start_ms,
  words: unit.excerpt === '' ? 'the whole session' : unit.excerpt,
  said: unit.excerpt !== '',
  unit,
  itemId: null,
});

export const entryOfItem = (view: ConsensusView, item: ConsensusItem): Entry => ({
  id: item.id,
  sessionId: view.session_id,
  session: view.label,
  startMs: item.start_ms,
  words: item.excerpt === '' ? item.label : item.excerpt,
  said: item.excerpt !== '',
  unit: null,
  itemId: item.id,
});

/** What is to settle at an entry, in the order of the session. */
export function itemsOf(entry: Entry, view: ConsensusView, choice: AgreementChoice | null): ConsensusItem[] {
  const { unit } = entry;
  if (unit === null) return view.items.filter((item) => item.id === entry.itemId);
  const value = choice?.value;
  if (value?.kind === 'rating') {
    const wanted = unit.turns === null && unit.excerpt === '' ? `session-rating/${value.key}` : null;
    return view.items.filter(
      (item) => item.id === wanted || (item.kind === 'window' && item.start_ms === unit.start_ms),
    );
  }
  const named = new Set(
    unit.says.flatMap((says) => (says.conflict_id === null ? [] : [`${says.coding_id} ${says.conflict_id}`])),
  );
  const wide =
    choice?.unit.kind === 'session' || choice?.unit.kind === 'window' || choice?.unit.kind === 'span';
  return view.items.filter(
    (item) =>
      item.members.some(({ coding_id: coding, conflict }) => named.has(`${coding} ${conflict?.id ?? ''}`)) ||
      (wide &&
        item.kind === 'conflict' &&
        item.start_ms >= unit.start_ms &&
        item.start_ms < Math.max(unit.end_ms, unit.start_ms + 1)),
  );
}
