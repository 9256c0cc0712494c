// The list of one's own conflicts and repairs, by onset, and what it can be narrowed to.
import type { ConflictView, MarkerView } from '$schemas/api';
import type { CodingState } from '../../state/coding.svelte';
import { isToScore } from '../../state/coding/marks';
import { steady } from '../shared/steady';

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

/** What a row of the list shows. */
export type Row = Pick<Item, 'kind' | 'id'>;

/** Rows of one stretch of the session. */
export interface RowGroup {
  key: number;
  rows: readonly Row[];
}

const GROUP_MS = 300_000;

/**
 * Five minutes of the session at a time: laying out a long list costs as much as the group that changed, and an
 * item that comes or goes moves none of the others to another group. Rows and groups that hold what they held stay the
 * same objects, so that of a thousand rows only the one that changed is asked to draw itself.
 */
export class Grouping {
  #rows = new Map<string, Row>();
  #groups: readonly RowGroup[] = [];

  of(items: readonly Item[]): readonly RowGroup[] {
    const rows = new Map<string, Row>();
    const fresh: { key: number; rows: Row[] }[] = [];
    for (const { kind, id, atMs } of items) {
      const name = `${kind} ${id}`;
      const row = this.#rows.get(name) ?? { kind, id };
      rows.set(name, row);
      const key = Math.floor(atMs / GROUP_MS);
      const last = fresh.at(-1);
      if (last?.key === key) last.rows.push(row);
      else fresh.push({ key, rows: [row] });
    }
    const before = new Map(this.#groups.map((group) => [group.key, group]));
    const groups = fresh.map((group) => {
      const old = before.get(group.key);
      return old !== undefined && steady(old.rows, group.rows) === old.rows ? old : group;
    });
    this.#rows = rows;
    this.#groups = steady(this.#groups, groups);
    return this.#groups;
  }
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
