// The page that acts are drawn on: what the screen shows of a coding, and which parts an act touched.
// Purely of this window; what is true comes back with the reply.
import type { CodingRest, CodingView, ConflictView, MarkerView } from '$schemas/api';

/** Draws one act ahead of its reply. */
export type Draw = (page: Page) => void;

export interface Page {
  marker(id: string): MarkerView | undefined;
  conflict(id: string): ConflictView | undefined;
  putMarker(marker: MarkerView): void;
  putConflict(conflict: ConflictView): void;
  removeMarker(id: string): void;
  removeConflict(id: string): void;
  readonly rest: CodingRest;
  putRest(rest: CodingRest): void;
}

/** What an act touched, so that its drawing can be taken back. */
export interface Touched {
  markers: Set<string>;
  conflicts: Set<string>;
}

export const touchedNothing = (): Touched => ({ markers: new Set(), conflicts: new Set() });

/** A coding by the ids of its parts. */
export interface Copy {
  markers: Map<string, MarkerView>;
  conflicts: Map<string, ConflictView>;
  rest: CodingRest;
}

export const copyOf = (coding: CodingView): Copy => ({
  markers: new Map(coding.markers.map((each) => [each.id, each])),
  conflicts: new Map(coding.conflicts.map((each) => [each.id, each])),
  rest: coding.rest,
});

/** A page over `shown` that keeps `touched` up to date. */
export function pageOver(shown: Copy, touched: Touched): Page {
  return {
    marker: (id) => shown.markers.get(id),
    conflict: (id) => shown.conflicts.get(id),
    putMarker(marker) {
      touched.markers.add(marker.id);
      shown.markers.set(marker.id, marker);
    },
    putConflict(conflict) {
      touched.conflicts.add(conflict.id);
      shown.conflicts.set(conflict.id, conflict);
    },
    removeMarker(id) {
      touched.markers.add(id);
      shown.markers.delete(id);
    },
    removeConflict(id) {
      touched.conflicts.add(id);
      shown.conflicts.delete(id);
    },
    get rest() {
      return shown.rest;
    },
    putRest(rest) {
      shown.rest = rest;
    },
  };
}
