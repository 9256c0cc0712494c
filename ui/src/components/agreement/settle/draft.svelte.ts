// What the lead words otherwise than any original, before it is settled.
import type {
  ConflictEdit,
  ConflictView,
  ConsensusItem,
  ConsensusMarker,
  ItemMember,
  MarkerView,
  Score,
  SettleBy,
  WindowRating,
} from '$schemas/api';

/** A marker that may stand in the consensus, with whose it is. */
export interface Candidate {
  marker: MarkerView;
  rater: string;
}

export class Draft {
  readonly item: ConsensusItem;
  /** The original that it began from; null where it goes on from what is settled. */
  from: string | null = $state(null);
  conflict: ConflictView | null = $state.raw(null);
  /** Ids of the markers that stand. */
  chosen: string[] = $state.raw([]);
  /** Codes put in place of a marker's own, by marker. */
  codes: Record<string, string> = $state.raw({});
  rating: Score | null = $state(null);
  window: WindowRating | null = $state.raw(null);
  /** A marker that is no conflict's. */
  marker: MarkerView | null = $state.raw(null);

  constructor(item: ConsensusItem) {
    this.item = item;
    const settled = item.settlement;
    const first = item.members.find(({ marked }) => marked) ?? null;
    if (first !== null) this.begin(first);
    if (settled === null) return;
    this.conflict = settled.conflict ?? this.conflict;
    this.rating = settled.rating ?? this.rating;
    this.window = settled.window ?? this.window;
    if (settled.markers.length === 0) return;
    // It goes on from what is settled, with its markers, their codes, and what it is linked to.
    this.from = null;
    this.chosen = settled.markers.map(({ id }) => id);
    if (item.kind === 'marker') this.marker = settled.markers[0] ?? null;
  }

  get candidates(): Candidate[] {
    const settled = this.#settled;
    const places = new Set(settled.map(placeOf));
    const others = this.item.members
      .flatMap(({ markers, rater }) => markers.map((marker) => ({ marker, rater })))
      .filter(({ marker }) => !places.has(placeOf(marker)));
    return [...settled.map((marker) => ({ marker, rater: 'as settled' })), ...others];
  }

  /** The markers that are settled, while it goes on from them. */
  get #settled(): MarkerView[] {
    return this.from === null ? (this.item.settlement?.markers ?? []) : [];
  }

  /** Takes an original's values to go on from. */
  begin(member: ItemMember): void {
    this.from = member.coding_id;
    this.conflict = member.conflict;
    this.chosen = member.markers.map(({ id }) => id);
    this.codes = {};
    this.rating = member.rating;
    this.window = member.window;
    this.marker = this.item.kind === 'marker' ? (member.markers[0] ?? null) : null;
  }

  set(parts: Partial<ConflictView>): void {
    if (this.conflict !== null) this.conflict = { ...this.conflict, ...parts };
  }

  toggleMarker(id: string, on: boolean): void {
    const chosen = this.candidates
      .map(({ marker }) => marker.id)
      .filter((each) => (each === id ? on : this.chosen.includes(each)));
    if (chosen.length > 0) this.chosen = chosen;
  }

  setCode(id: string, code: string): void {
    this.codes = { ...this.codes, [id]: code };
  }

  /** What to settle by; null while something is missing. */
  get by(): SettleBy | null {
    const { item } = this;
    const from = this.from === null ? {} : { from: this.from };
    switch (item.kind) {
      case 'conflict':
        return this.conflict === null
          ? null
          : { kind: 'edit', ...from, conflict: editsOf(this.conflict), ...this.#markers() };
      case 'marker':
        return this.marker === null
          ? null
          : { kind: 'edit', ...from, conflict: [], markers: [markerOf(this.marker, this.codes)] };
      case 'session-rating':
        return this.rating === null ? null : { kind: 'edit', conflict: [], rating: this.rating };
      case 'window':
        return this.window === null ? null : { kind: 'edit', conflict: [], window: this.window };
    }
  }

  /** Markers, where they are not the original's own. */
  #markers(): { markers?: ConsensusMarker[] } {
    const own =
      this.from === null
        ? this.#settled
        : (this.item.members.find(({ coding_id: id }) => id === this.from)?.markers ?? []);
    const same =
      Object.keys(this.codes).length === 0 &&
      own.length === this.chosen.length &&
      own.every(({ id }) => this.chosen.includes(id));
    if (same) return {};
    const chosen = this.candidates.filter(({ marker }) => this.chosen.includes(marker.id));
    return { markers: chosen.map(({ marker }) => markerOf(marker, this.codes)) };
  }
}

const placeOf = ({ segment }: MarkerView): string => JSON.stringify(segment);

const markerOf = (marker: MarkerView, codes: Record<string, string>): ConsensusMarker => ({
  segment: marker.segment,
  code: codes[marker.id] ?? marker.code,
  actor: marker.actor,
  clarity: marker.clarity,
  note: marker.note,
  depth: marker.depth,
  strategy: marker.strategy,
});

const editsOf = (to: ConflictView): ConflictEdit[] => [
  { set: 'significance', to: to.significance },
  { set: 'intensity', to: to.factors.intensity ?? null },
  { set: 'centrality', to: to.factors.centrality ?? null },
  { set: 'endangerment', to: to.factors.endangerment ?? null },
  { set: 'relationship', to: to.relationship },
  { set: 'elements', to: to.elements },
  { set: 'origin', to: to.origin },
  { set: 'failed-care', to: to.failed_care },
  { set: 'painful-affect', to: to.painful_affect },
  { set: 'addressed', to: to.addressed },
  { set: 'settled', to: to.settled },
  { set: 'note', to: to.note },
];
