// Which markers start in which turn, kept up to date by what changed only: a tag redraws one turn, not all.
import { untrack } from 'svelte';
import type { MarkerView, Note } from '$schemas/api';

/** Where markers and notes go that no turn can show: before the first one. */
export const BEFORE_ALL = -1;

/** What changes about a turn on the screen. */
export class TurnLine {
  markers: readonly MarkerView[] = $state.raw([]);
  notes: readonly Note[] = $state.raw([]);
  playing = $state(false);
  cursor = $state(false);
}

export class MarkerIndex {
  readonly #lines: Map<number, TurnLine>;
  readonly #turnOf: (marker: MarkerView) => number;
  #known = new Map<string, { marker: MarkerView; turn: number }>();
  #noteTurns = new Set<number>();

  constructor(turns: number, turnOf: (marker: MarkerView) => number) {
    this.#lines = new Map([[BEFORE_ALL, new TurnLine()]]);
    for (let turn = 0; turn < turns; turn += 1) this.#lines.set(turn, new TurnLine());
    this.#turnOf = turnOf;
  }

  line(turn: number): TurnLine | undefined {
    return this.#lines.get(turn);
  }

  /** Takes over the markers as they are now. Tells the turns that changed. */
  sync(markers: Iterable<MarkerView>): Set<number> {
    const changed = new Set<number>();
    const fresh = new Map<number, MarkerView[]>();
    const known = new Map<string, { marker: MarkerView; turn: number }>();
    for (const marker of markers) {
      const before = this.#known.get(marker.id);
      if (before?.marker === marker) {
        known.set(marker.id, before);
        continue;
      }
      const turn = this.#turnOf(marker);
      known.set(marker.id, { marker, turn });
      changed.add(turn);
      fresh.set(turn, [...(fresh.get(turn) ?? []), marker]);
      if (before !== undefined) changed.add(before.turn);
    }
    for (const [id, { turn }] of this.#known) if (!known.has(id)) changed.add(turn);
    this.#known = known;
    for (const turn of changed) this.#resort(turn, fresh.get(turn) ?? []);
    return changed;
  }

  /** Takes over the notes; `turnAt` tells the turn of a moment. */
  syncNotes(notes: readonly Note[], turnAt: (ms: number) => number): void {
    const byTurn = new Map<number, Note[]>();
    for (const note of notes) {
      const turn = Math.max(this.#lines.has(0) ? 0 : BEFORE_ALL, turnAt(note.at_ms));
      byTurn.set(turn, [...(byTurn.get(turn) ?? []), note]);
    }
    for (const turn of new Set([...this.#noteTurns, ...byTurn.keys()])) {
      const line = this.#lines.get(turn);
      if (line !== undefined) line.notes = byTurn.get(turn) ?? [];
    }
    this.#noteTurns = new Set(byTurn.keys());
  }

  #resort(turn: number, fresh: readonly MarkerView[]): void {
    const line = this.#lines.get(turn);
    if (line === undefined) return;
    const isFresh = new Set(fresh.map((marker) => marker.id));
    // Who keeps the index does not listen to what it writes itself.
    const before = untrack(() => line.markers);
    const stayed = before.filter(({ id }) => !isFresh.has(id) && this.#known.get(id)?.turn === turn);
    line.markers = [...stayed, ...fresh].sort(byPlace);
  }
}

/** In the order of the text; of those that start together the longer one first. */
function byPlace(a: MarkerView, b: MarkerView): number {
  if (a.segment.kind === 'text' && b.segment.kind === 'text') {
    return (
      a.segment.start.unit - b.segment.start.unit ||
      b.segment.end.turn - a.segment.end.turn ||
      b.segment.end.unit - a.segment.end.unit ||
      a.id.localeCompare(b.id)
    );
  }
  return a.start_ms - b.start_ms || b.end_ms - a.end_ms || a.id.localeCompare(b.id);
}
