// The list of one's own conflicts and repairs, by onset, and what it can be narrowed to.
import type { ConflictView, MarkerView } from '$schemas/api';
import type { CodingState } from '../../state/coding.svelte';
import { isToScore } from '../../state/coding/marks';

export type Filter = 'all' | 'to-score' | 'discuss' | 'unaddressed';

export const FILTERS: readonly { value: Filter; label: string }[] = [
  { value: 'all', label: 'all' },
  { value: 'to-score', label: 'to score' },
  { value: 'discuss', label: 'discuss' },
  { value: 'unaddressed', label: 'unaddressed' },
];

/** A conflict, or a marker that belongs to none. */
export type Item =
  | { kind: 'conflict'; id: string; atMs: number; conflict: ConflictView }
  | { kind: 'marker'; id: string; atMs: number; marker: MarkerView };

type Reads = Pick<CodingState, 'sortedConflicts' | 'sortedMarkers' | 'markersOf' | 'verdictOf'>;

export function itemsOf(coding: Reads, filter: Filter): Item[] {
  const conflicts = coding.sortedConflicts
    .filter((conflict) => holds(coding, conflict, filter))
    .map((conflict): Item => ({ kind: 'conflict', id: conflict.id, atMs: conflict.onset_ms ?? 0, conflict }));
  const others = coding.sortedMarkers
    .filter((marker) => marker.conflict_id === null)
    .filter((marker) => filter === 'all' || (filter === 'discuss' && marker.discuss))
    .map((marker): Item => ({ kind: 'marker', id: marker.id, atMs: marker.start_ms, marker }));
  return [...conflicts, ...others].sort((a, b) => a.atMs - b.atMs);
}

function holds(coding: Reads, conflict: ConflictView, filter: Filter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'to-score':
      return isToScore(conflict, coding.verdictOf(conflict.id));
    case 'discuss':
      return coding.markersOf(conflict).some((marker) => marker.discuss);
    case 'unaddressed':
      return conflict.addressed === 'no';
  }
}
