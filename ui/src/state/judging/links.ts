// Which conflicts a judgement may point to: the one before, the one a repair answers, the strains a rupture was built from.
import type { ConflictView, EarlierConflict, MarkerView, Score } from '$schemas/api';
import { findCode } from '../coding/draw';
import type { CodingState } from '../coding.svelte';

type Reads = Pick<
  CodingState,
  'codebook' | 'sortedConflicts' | 'repairs' | 'markersOf' | 'conflicts' | 'earlier' | 'verdictOf'
>;

const onset = (conflict: ConflictView) => conflict.onset_ms ?? 0;

/** Conflicts that start no later than `conflict`, the nearest first. */
export function conflictsBefore(coding: Reads, conflict: ConflictView): ConflictView[] {
  const here = coding.sortedConflicts.findIndex((each) => each.id === conflict.id);
  return here < 0 ? [] : coding.sortedConflicts.slice(0, here).reverse();
}

/** Conflicts that `conflict` may be joined to: those before it, the nearest first, then those after it. */
export function joinCandidates(coding: Reads, conflict: ConflictView): ConflictView[] {
  const here = coding.sortedConflicts.findIndex((each) => each.id === conflict.id);
  return [...conflictsBefore(coding, conflict), ...coding.sortedConflicts.slice(here + 1)];
}

/** A repair answers the selected conflict before it. Any other link is a judgement that only the rater makes. */
export const answeredByDefault = (startMs: number, selected: ConflictView | null): string[] =>
  selected !== null && onset(selected) <= startMs ? [selected.id] : [];

/** Repairs of this session that answer a conflict, by onset. */
export const repairsOf = (coding: Reads, conflictId: string): MarkerView[] =>
  coding.repairs.filter((repair) => repair.answers.includes(conflictId));

/** How long after a conflict's onset the first repair that answers it starts, ms; null where none does. */
export function answeredAfterMs(coding: Reads, conflict: ConflictView): number | null {
  const first = repairsOf(coding, conflict.id)[0];
  if (first === undefined || conflict.onset_ms === null) return null;
  return Math.max(0, first.start_ms - conflict.onset_ms);
}

/** A conflict of this or an earlier session, as lists of links show it. */
export interface Linkable {
  id: string;
  name: string;
  /** Label of the earlier session; null for the open one. */
  session: string | null;
  onsetMs: number | null;
  significance: Score | null;
  conflict: ConflictView | null;
  earlier: EarlierConflict | null;
}

/** The short name of a code; the key itself where the codebook does not have it. */
export const shortName = (coding: Pick<CodingState, 'codebook'>, code: string): string =>
  findCode(coding.codebook, code)?.code.short ?? code;

/** The short name of a conflict: of its first marker. */
export function conflictName(coding: Reads, conflict: ConflictView): string {
  const first = coding.markersOf(conflict)[0];
  return first === undefined ? 'conflict' : shortName(coding, first.code);
}

export function linkable(coding: Reads, id: string): Linkable | null {
  const conflict = coding.conflicts.get(id);
  if (conflict !== undefined) return ofThisSession(coding, conflict);
  const earlier = coding.earlier.find((each) => each.id === id);
  return earlier === undefined ? null : ofEarlierSession(coding, earlier);
}

/** Strains that `conflict` may have been built from; all conflicts where classes are not shown. */
export function buildUpCandidates(coding: Reads, conflict: ConflictView): Linkable[] {
  const mayBeStrain = (kind: string | undefined) => kind === undefined || kind === 'strain';
  const here = conflictsBefore(coding, conflict).filter((each) =>
    mayBeStrain(coding.verdictOf(each.id)?.class),
  );
  const elsewhere = coding.earlier.filter((each) => mayBeStrain(each.class ?? undefined));
  return without(conflict.built_from, [
    ...here.map((each) => ofThisSession(coding, each)),
    ...[...elsewhere].reverse().map((each) => ofEarlierSession(coding, each)),
  ]);
}

/** Conflicts that a repair may answer: those before it, the nearest first, then those of earlier sessions. */
export function answerCandidates(coding: Reads, repair: MarkerView): Linkable[] {
  const here = coding.sortedConflicts.filter((each) => onset(each) <= repair.start_ms).reverse();
  return without(repair.answers, [
    ...here.map((each) => ofThisSession(coding, each)),
    ...[...coding.earlier].reverse().map((each) => ofEarlierSession(coding, each)),
  ]);
}

function ofThisSession(coding: Reads, conflict: ConflictView): Linkable {
  const { id, onset_ms: onsetMs, significance } = conflict;
  return {
    id,
    name: conflictName(coding, conflict),
    session: null,
    onsetMs,
    significance,
    conflict,
    earlier: null,
  };
}

function ofEarlierSession(coding: Reads, earlier: EarlierConflict): Linkable {
  return {
    id: earlier.id,
    name: shortName(coding, earlier.code),
    session: earlier.session_label,
    onsetMs: earlier.onset_ms,
    significance: earlier.significance,
    conflict: null,
    earlier,
  };
}

const without = (ids: string[], links: Linkable[]) => links.filter((link) => !ids.includes(link.id));
