// The windows of a session, one after the other: which one is open in the sheet.
import type { Score, WindowRating } from '$schemas/api';
import type { CodingState } from '../coding.svelte';
import { isToScore } from '../coding/marks';

export interface SessionWindow {
  /** From 1. */
  number: number;
  startMs: number;
  endMs: number;
}

type Reads = Pick<
  CodingState,
  'session' | 'codebook' | 'rest' | 'sortedMarkers' | 'sortedConflicts' | 'verdictOf'
>;

export class Windows {
  /** The window that the sheet shows; null while it is closed. */
  shown: SessionWindow | null = $state.raw(null);
  /** The sheet came up by itself, at the end of a window. */
  cameUp = false;
  readonly list: readonly SessionWindow[];
  readonly #coding: Reads;

  constructor(coding: Reads) {
    this.#coding = coding;
    this.list = windowsOf(coding.session.window_ms, coding.session.transcript.duration_ms);
  }

  /** What the codebook asks of every window. */
  get ratings() {
    return this.#coding.codebook.ratings.filter((rating) => rating.per.includes('window'));
  }

  at(ms: number): SessionWindow | null {
    return this.list.find((each) => ms >= each.startMs && ms < each.endMs) ?? this.list.at(-1) ?? null;
  }

  openAt(ms: number, cameUp = false): void {
    this.cameUp = cameUp;
    this.shown = this.at(ms);
  }

  close(): void {
    this.shown = null;
  }

  /** Goes on to a neighbouring window. False at the ends. */
  move(by: 1 | -1): boolean {
    const { shown } = this;
    const next = shown === null ? undefined : this.list[shown.number - 1 + by];
    if (next === undefined) return false;
    this.shown = next;
    return true;
  }

  ratedOf(window: SessionWindow): WindowRating | null {
    return (
      this.#coding.rest.windows.find(
        (each) => each.start_ms === window.startMs && each.end_ms === window.endMs,
      ) ?? null
    );
  }

  scoreOf(window: SessionWindow, key: string): Score | null {
    return this.ratedOf(window)?.ratings[key] ?? null;
  }

  /** Some marker starts in the window. */
  holdsMarks(window: SessionWindow): boolean {
    return this.#coding.sortedMarkers.some(
      ({ start_ms: start, segment }) =>
        segment.kind !== 'whole' && start >= window.startMs && start < window.endMs,
    );
  }

  /** Conflicts that start in the window and are still to score. */
  toScore(window: SessionWindow) {
    return this.#coding.sortedConflicts.filter(
      (conflict) =>
        conflict.onset_ms !== null &&
        conflict.onset_ms >= window.startMs &&
        conflict.onset_ms < window.endMs &&
        isToScore(conflict, this.#coding.verdictOf(conflict.id)),
    );
  }
}

/** A session cut into windows; the last one may be shorter. */
export function windowsOf(windowMs: number, durationMs: number): SessionWindow[] {
  if (windowMs <= 0) return [];
  const count = Math.max(1, Math.ceil(durationMs / windowMs));
  return Array.from({ length: count }, (_, at) => ({
    number: at + 1,
    startMs: at * windowMs,
    endMs: Math.min((at + 1) * windowMs, durationMs),
  }));
}
