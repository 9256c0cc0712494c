// Conflicts and repairs in stretches of the session, as the list and the timeline draw them.
import { steady } from './steady';

/** A conflict, or a marker that belongs to none. */
export interface Row {
  kind: 'conflict' | 'marker';
  id: string;
}

/** Rows of one stretch of the session. */
export interface RowGroup {
  key: number;
  rows: readonly Row[];
}

const GROUP_MS = 300_000;

/**
 * Five minutes of the session at a time: laying out many costs as much as the group that changed, and an item that
 * comes or goes moves none of the others to another group. Rows and groups that hold what they held stay the same
 * objects, so that of a thousand rows only the one that changed is asked to draw itself.
 */
export class Grouping {
  #rows = new Map<string, Row>();
  #groups: readonly RowGroup[] = [];

  /** `items` by time. */
  of(items: readonly (Row & { atMs: number })[]): readonly RowGroup[] {
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
