// How each act looks before its reply: only what the person just said. What follows from it (class, totals,
// mode of a joined conflict) stays as it was until the core says otherwise.
import type {
  Code,
  Codebook,
  CodingRest,
  ConflictEdit,
  ConflictView,
  Family,
  MarkerEdit,
  MarkerView,
  Mode,
  Score,
  SegmentView,
  TranscriptView,
} from '$schemas/api';
import type { Draw, Page } from './page';

export interface FoundCode {
  family: Family;
  code: Code;
}

/** A code of the codebook with its family. */
export function findCode(codebook: Codebook, key: string): FoundCode | null {
  for (const family of codebook.families) {
    const code = family.codes.find((each) => each.key === key);
    if (code !== undefined) return { family, code };
  }
  return null;
}

/** When a segment starts and ends on the session's clock: with its first and its last turn. */
export function timesOf(
  segment: SegmentView,
  transcript: TranscriptView,
): { startMs: number; endMs: number } {
  if (segment.kind === 'time') return { startMs: segment.start_ms, endMs: segment.end_ms };
  if (segment.kind === 'whole') return { startMs: 0, endMs: transcript.duration_ms };
  const last = segment.end.unit === 0 ? Math.max(segment.start.turn, segment.end.turn - 1) : segment.end.turn;
  return {
    startMs: transcript.turns[segment.start.turn]?.start_ms ?? 0,
    endMs: transcript.turns[last]?.end_ms ?? transcript.duration_ms,
  };
}

const MODES: readonly string[] = ['withdrawal', 'confrontation'] satisfies Mode[];

/** A conflict that nothing is said about yet, shown by one marker. */
function conflictOf(page: Page, id: string, marker: MarkerView): ConflictView {
  const family = marker.code.split('/')[0] ?? '';
  const mayKnow = page.rest.accumulations !== null;
  return {
    id,
    markers: [marker.id],
    mode: MODES.includes(family) ? (family as Mode) : 'none',
    onset_ms: marker.start_ms,
    end_ms: marker.end_ms,
    significance: null,
    factors: { intensity: null, centrality: null, endangerment: null },
    relationship: null,
    elements: [],
    origin: null,
    failed_care: null,
    painful_affect: null,
    addressed: null,
    settled: null,
    built_from: [],
    note: '',
    verdict: mayKnow ? { class: 'unscored', score: null, cut: null, reasons: [] } : null,
  };
}

export const addMarker =
  (marker: MarkerView): Draw =>
  (page) => {
    page.putMarker(marker);
    if (marker.conflict_id !== null) page.putConflict(conflictOf(page, marker.conflict_id, marker));
  };

export const deleteMarker =
  (id: string): Draw =>
  (page) => {
    const marker = page.marker(id);
    if (marker === undefined) return;
    page.removeMarker(id);
    if (marker.conflict_id !== null) leave(page, marker.conflict_id, id);
  };

/** A marker leaves its conflict; a conflict that nothing shows any more goes. */
function leave(page: Page, conflictId: string, markerId: string): void {
  const conflict = page.conflict(conflictId);
  if (conflict === undefined) return;
  const markers = conflict.markers.filter((each) => each !== markerId);
  if (markers.length === 0) page.removeConflict(conflictId);
  else page.putConflict(spanning(page, { ...conflict, markers }));
}

/** The conflict with its markers by onset, and the stretch they cover. */
function spanning(page: Page, conflict: ConflictView): ConflictView {
  const markers = conflict.markers
    .map((id) => page.marker(id))
    .filter((each) => each !== undefined)
    .sort((a, b) => a.start_ms - b.start_ms || a.end_ms - b.end_ms);
  const first = markers[0];
  if (first === undefined) return conflict;
  return {
    ...conflict,
    markers: markers.map((each) => each.id),
    onset_ms: first.start_ms,
    end_ms: Math.max(...markers.map((each) => each.end_ms)),
  };
}

interface ChangeContext {
  codebook: Codebook;
  transcript: TranscriptView;
  /** The conflict that a repair gets when its new code is one of a conflict. */
  conflictId: string | null;
}

export const changeMarker =
  (id: string, edit: MarkerEdit, context: ChangeContext): Draw =>
  (page) => {
    const marker = page.marker(id);
    if (marker === undefined) return;
    if (edit.set === 'code') recode(page, marker, edit.to, context);
    else if (edit.set === 'segment') {
      const { startMs, endMs } = timesOf(edit.to, context.transcript);
      page.putMarker({ ...marker, segment: edit.to, start_ms: startMs, end_ms: endMs });
      const conflict = marker.conflict_id === null ? undefined : page.conflict(marker.conflict_id);
      if (conflict !== undefined) page.putConflict(spanning(page, conflict));
    } else page.putMarker({ ...marker, [edit.set]: edit.to });
  };

function recode(page: Page, marker: MarkerView, code: string, context: ChangeContext): void {
  const kind = findCode(context.codebook, code)?.family.kind ?? marker.kind;
  if (kind === 'conflict' && marker.conflict_id === null && context.conflictId !== null) {
    const moved = {
      ...marker,
      code,
      kind,
      conflict_id: context.conflictId,
      answers: [],
      depth: null,
      strategy: null,
    };
    page.putMarker(moved);
    page.putConflict(conflictOf(page, context.conflictId, moved));
  } else if (kind !== 'conflict' && marker.conflict_id !== null) {
    page.putMarker({ ...marker, code, kind, conflict_id: null });
    leave(page, marker.conflict_id, marker.id);
  } else page.putMarker({ ...marker, code, kind });
}

export const changeConflict =
  (id: string, edit: ConflictEdit): Draw =>
  (page) => {
    const conflict = page.conflict(id);
    if (conflict === undefined) return;
    switch (edit.set) {
      case 'intensity':
      case 'centrality':
      case 'endangerment':
        page.putConflict({ ...conflict, factors: { ...conflict.factors, [edit.set]: edit.to } });
        break;
      case 'failed-care':
        page.putConflict({ ...conflict, failed_care: edit.to });
        break;
      case 'painful-affect':
        page.putConflict({ ...conflict, painful_affect: edit.to });
        break;
      case 'built-from':
        page.putConflict({ ...conflict, built_from: edit.to });
        break;
      default:
        page.putConflict({ ...conflict, [edit.set]: edit.to });
    }
  };

export const joinConflicts =
  (keep: string, join: string): Draw =>
  (page) => {
    const kept = page.conflict(keep);
    const joined = page.conflict(join);
    if (kept === undefined || joined === undefined || keep === join) return;
    for (const id of joined.markers) {
      const marker = page.marker(id);
      if (marker !== undefined) page.putMarker({ ...marker, conflict_id: keep });
    }
    page.removeConflict(join);
    page.putConflict(spanning(page, { ...kept, markers: [...kept.markers, ...joined.markers] }));
  };

export const partMarker =
  (markerId: string, conflictId: string): Draw =>
  (page) => {
    const marker = page.marker(markerId);
    if (marker === undefined || marker.conflict_id === null) return;
    const moved = { ...marker, conflict_id: conflictId };
    page.putMarker(moved);
    leave(page, marker.conflict_id, markerId);
    page.putConflict(conflictOf(page, conflictId, moved));
  };

export const putNote =
  (id: string, atMs: number, text: string): Draw =>
  (page) => {
    const others = page.rest.notes.filter((note) => note.id !== id);
    const notes = [...others, { id, at_ms: atMs, text }].sort((a, b) => a.at_ms - b.at_ms);
    page.putRest({ ...page.rest, notes });
  };

export const deleteNote =
  (id: string): Draw =>
  (page) => {
    page.putRest({ ...page.rest, notes: page.rest.notes.filter((note) => note.id !== id) });
  };

const withScore = (ratings: { [key in string]: Score }, key: string, score: Score | null) =>
  Object.fromEntries([
    ...Object.entries(ratings).filter(([each]) => each !== key),
    ...(score === null ? [] : [[key, score] as const]),
  ]);

export const setRating =
  (key: string, window: [number, number] | null, score: Score | null): Draw =>
  (page) => {
    const { rest } = page;
    if (window === null) {
      page.putRest({ ...rest, session_ratings: withScore(rest.session_ratings, key, score) });
      return;
    }
    changeWindow(page, window, (rated) => ({ ...rated, ratings: withScore(rated.ratings, key, score) }));
  };

export const setNothingHere =
  (window: [number, number], nothingHere: boolean): Draw =>
  (page) => {
    changeWindow(page, window, (rated) => ({ ...rated, nothing_here: nothingHere }));
  };

type Window = CodingRest['windows'][number];

function changeWindow(page: Page, [start, end]: [number, number], change: (window: Window) => Window): void {
  const isIt = (window: Window) => window.start_ms === start && window.end_ms === end;
  const current = page.rest.windows.find(isIt) ?? { start_ms: start, end_ms: end, ratings: {} };
  const windows = [...page.rest.windows.filter((each) => !isIt(each)), change(current)];
  page.putRest({ ...page.rest, windows: windows.sort((a, b) => a.start_ms - b.start_ms) });
}

export const addCoverage =
  (ranges: [number, number][]): Draw =>
  (page) => {
    page.putRest({ ...page.rest, coverage: joinRanges([...page.rest.coverage, ...ranges]) });
  };

/** Sorted and apart from each other. */
export function joinRanges(ranges: [number, number][]): [number, number][] {
  const joined: [number, number][] = [];
  for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else if (end > start) joined.push([start, end]);
  }
  return joined;
}

export const dismissAccumulation =
  (members: string[], dismissed: boolean): Draw =>
  (page) => {
    const { accumulations } = page.rest;
    if (!dismissed || accumulations === null) return;
    const key = [...members].sort().join();
    const left = accumulations.filter((each) => [...each.members].sort().join() !== key);
    page.putRest({ ...page.rest, accumulations: left });
  };
