// What the next tag will mark, and which marker is selected. The cursor is a turn; a segment can be chosen
// beside it: text, a stretch of time, the whole session. What is chosen is never lost by playing.
import type { MarkerEdit, MarkerView, Place, SegmentView, TurnView } from '$schemas/api';
import type { Player, Stretch } from './player.svelte';
import { boundMoved, type Bound, type Direction, type Step } from './selection/bounds';
import { caretPress, pressed, type Caret } from './selection/caret';
import { Lit } from './selection/lit.svelte';
import { before, between, lastTurnOf, lengthOf, wholeTurns, type TextSegment } from './selection/places';
import { characterEnd, characterStart, wordEdge } from './selection/words';

/** What is to be brought into view. */
export type Target = { turn: number } | { markerId: string } | { ms: number };

export interface SelectOptions {
  /** Brings the marker into view. */
  reveal?: boolean;
}

/** What the selection needs of a coding. */
interface Marked {
  readonly markers: ReadonlyMap<string, MarkerView>;
  readonly sortedMarkers: readonly MarkerView[];
  readonly readOnly: boolean;
  changeMarker(markerId: string, edit: MarkerEdit): void;
}

/** `unit`: the place in the turn that matters, where the turn is longer than the view. */
type Reveal = (turn: number, markerId: string | null, unit: number | null) => void;

/** A marker stays selected for so long after playing has left it: time for the digit that scores it. */
export const PASSING_MS = 10_000;

export class Selection {
  /** The segment that was chosen; null: the cursor's turn. */
  segment: SegmentView | null = $state.raw(null);
  markerId: string | null = $state(null);
  caret: Caret | null = $state.raw(null);
  /** The start of a stretch of time whose end is not set yet. */
  inMs: number | null = $state(null);

  /** The cursor: the turn that is worked on. It goes with the playing turn until the rater moves it. */
  readonly turn: number = $derived(this.#turn());
  readonly conflictId: string | null = $derived(this.#marker()?.conflict_id ?? null);

  /** The selected marker and its conflict, for the many who ask whether it is them. */
  readonly litMarker = new Lit();
  readonly litConflict = new Lit();

  #own: number | null = $state(null);
  #anchor: number | null = null;
  /** Where the playhead last had to do with the selected marker. */
  #withMarkerMs = 0;
  readonly #reveals = new Set<Reveal>();
  readonly #keeps = new Set<() => boolean>();
  readonly #state: { coding: Marked; player: Player; turns: readonly TurnView[] };

  constructor(coding: Marked, player: Player, turns: readonly TurnView[]) {
    this.#state = { coding, player, turns };
    // Who plays on looks at what is playing; a chosen segment stays chosen.
    player.onStarted(() => {
      this.#own = null;
      this.#withMarkerMs = player.nowMs;
    });
    player.onPlayed(() => {
      this.#pass();
    });
    player.onSought(() => {
      this.#pass();
    });
  }

  /** The cursor goes with the playing turn. */
  get attached(): boolean {
    return this.#own === null;
  }

  get turns(): readonly TurnView[] {
    return this.#state.turns;
  }

  /** What a tag marks now: the chosen segment, the selected marker's where the cursor stands on it, or the turn. */
  effective(): SegmentView {
    if (this.segment !== null) return this.segment;
    const marker = this.#marker();
    if (marker !== null && this.#holds(marker.segment)) return marker.segment;
    const { turns, player } = this.#state;
    if (turns.length === 0) return this.#timeAround(player.nowMs);
    if (lengthOf(turns, this.turn) === 0) return this.#timeOfTurn(this.turn);
    return wholeTurns(turns, this.turn, this.turn);
  }

  /** The stretch of time of what a tag would mark, for looping it. */
  effectiveStretch(): Stretch {
    const { turns, player } = this.#state;
    const segment = this.effective();
    if (segment.kind === 'time') return { startMs: segment.start_ms, endMs: segment.end_ms };
    if (segment.kind === 'whole') return { startMs: 0, endMs: player.durationMs };
    return {
      startMs: turns[segment.start.turn]?.start_ms ?? 0,
      endMs: turns[lastTurnOf(segment)]?.end_ms ?? player.durationMs,
    };
  }

  /** Holds on to what a tag marks now, however the playing goes on while its keys are pressed. */
  pin(): void {
    this.segment ??= this.effective();
  }

  // Turns

  /** Puts the cursor on a turn and leaves everything else that was chosen. */
  selectTurn(turn: number): void {
    const { turns } = this.#state;
    if (turns.length === 0) return;
    this.#leave();
    this.#own = Math.min(Math.max(0, turn), turns.length - 1);
  }

  moveTurn(by: number): void {
    this.selectTurn(this.turn + by);
    this.#reveal(this.turn);
  }

  /** Extends the segment, turn by turn, from the turn where extending began. */
  extendTurn(by: number): void {
    this.extendTo(this.turn + by);
    this.#reveal(this.turn);
  }

  extendTo(turn: number): void {
    const { turns } = this.#state;
    if (turns.length === 0) return;
    const anchor = this.#anchor ?? this.turn;
    const to = Math.min(Math.max(0, turn), turns.length - 1);
    this.#leave();
    this.#anchor = anchor;
    this.#own = to;
    this.segment = wholeTurns(turns, anchor, to);
  }

  // Segments

  /** Chooses the words between two places: a word that is cut in half is taken whole. */
  setWords(a: Place, b: Place): void {
    const { turns } = this.#state;
    const [start, end] = before(b, a) ? [b, a] : [a, b];
    const from = { ...start, unit: wordEdge(turns[start.turn]?.text ?? '', start.unit, 'start') };
    const to = { ...end, unit: wordEdge(turns[end.turn]?.text ?? '', end.unit, 'end') };
    if (before(from, to)) this.setText(from, to);
    else this.setText(start, end);
  }

  /** Chooses the text between two places. Characters are taken whole. */
  setText(a: Place, b: Place): void {
    const { turns } = this.#state;
    const [start, end] = before(b, a) ? [b, a] : [a, b];
    const segment = between(
      turns,
      { turn: start.turn, unit: characterStart(turns[start.turn]?.text ?? '', start.unit) },
      { turn: end.turn, unit: characterEnd(turns[end.turn]?.text ?? '', end.unit) },
    );
    if (segment === null) return;
    this.#leave();
    this.#choose(segment);
  }

  setTime(startMs: number, endMs: number): void {
    const { player } = this.#state;
    const within = (ms: number) => Math.round(Math.min(Math.max(0, ms), player.durationMs));
    const [start_ms, end_ms] = [within(Math.min(startMs, endMs)), within(Math.max(startMs, endMs))];
    if (end_ms <= start_ms) return;
    this.#leave();
    this.segment = { kind: 'time', start_ms, end_ms };
    this.#own = Math.max(0, player.turnAt(start_ms));
  }

  setWhole(): void {
    this.#leave();
    this.segment = { kind: 'whole' };
  }

  /** The segment starts at the playhead; with an end set after it, both hold. */
  setIn(): void {
    const { nowMs } = this.#state.player;
    const end = this.segment?.kind === 'time' ? this.segment.end_ms : null;
    if (end !== null && end > nowMs) this.setTime(nowMs, end);
    else {
      this.#leave();
      this.inMs = Math.round(nowMs);
    }
  }

  /** The segment ends at the playhead, and starts where it was said to, or with the turn that is playing. */
  setOut(): void {
    const { player, turns } = this.#state;
    const started = this.segment?.kind === 'time' ? this.segment.start_ms : this.inMs;
    const turnStart = turns[player.turnAt(Math.max(0, player.nowMs - 1))]?.start_ms ?? 0;
    const start = started !== null && started < player.nowMs ? started : turnStart;
    this.setTime(start, player.nowMs);
  }

  /** Leaves, one after the other: the caret, the segment, the marker, the cursor's own place. Tells whether it left any. */
  clear(): boolean {
    if (this.caret !== null) {
      this.caret = null;
      return true;
    }
    if (this.segment !== null || this.inMs !== null || this.markerId !== null) {
      const { turn } = this;
      this.#leave();
      this.#own = turn;
      return true;
    }
    if (this.#own === null) return false;
    this.#own = null;
    return true;
  }

  /** The cursor goes with the playing turn again; what was chosen stays chosen. */
  follow(): void {
    this.#own = null;
    this.#state.player.follow();
  }

  // Caret

  enterCaret(): void {
    const { turns } = this.#state;
    if (turns.length === 0 || this.caret !== null) return;
    const segment = this.segment?.kind === 'text' ? this.segment : null;
    const { turn } = this;
    this.markerId = null;
    this.#own = turn;
    this.caret =
      segment === null ? { at: { turn, unit: 0 }, anchor: null } : { at: segment.end, anchor: segment.start };
  }

  /** Moves the caret; false when it is not a key of the caret's. */
  pressInCaret(press: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): boolean {
    if (this.caret === null) return false;
    const means = caretPress(press);
    if (means === null) return false;
    this.putCaret(pressed(this.turns, this.caret, means));
    return true;
  }

  /** Puts the caret somewhere; what it has selected is the segment. */
  putCaret(caret: Caret): void {
    this.#leave();
    this.caret = caret;
    this.#own = caret.at.turn;
    const segment = caret.anchor === null ? null : between(this.turns, caret.anchor, caret.at);
    if (segment !== null) this.segment = segment;
    this.#reveal(caret.at.turn, null, caret.at.unit);
  }

  // Markers

  selectMarker(markerId: string | null, options: SelectOptions = {}): void {
    if (markerId === null) {
      this.markerId = null;
      return;
    }
    const marker = this.#state.coding.markers.get(markerId);
    if (marker === undefined) return;
    // A tag made in passing does not hold the cursor back from what plays on.
    const passing = this.attached && this.#state.player.playing && options.reveal !== true;
    this.#leave();
    this.markerId = markerId;
    this.#withMarkerMs = this.#state.player.nowMs;
    this.#own = passing ? null : this.turnOf(marker);
    if (options.reveal === true) this.reveal({ markerId });
  }

  /** The next marker by onset, or the one before; the first after the cursor when none is selected. */
  nextMarker(by: 1 | -1): boolean {
    const { sortedMarkers: all } = this.#state.coding;
    if (all.length === 0) return false;
    const at = all.findIndex((marker) => marker.id === this.markerId);
    const next = at < 0 ? this.#nearest(all, by) : (at + by + all.length) % all.length;
    const marker = all[next];
    if (marker === undefined) return false;
    this.selectMarker(marker.id, { reveal: true });
    return true;
  }

  /** Moves a bound of the selected marker, or of the chosen segment. Tells whether anything moved. */
  moveBounds(bound: Bound, direction: Direction, step: Step = 'word'): boolean {
    const { coding, player } = this.#state;
    const marker = this.segment === null ? this.#marker() : null;
    const from = marker?.segment ?? this.effective();
    const to = boundMoved(this.turns, from, player.durationMs, bound, direction, step);
    if (to === null) return false;
    if (marker === null) {
      if (to.kind === 'text') this.#choose(to);
      else this.segment = to;
    } else {
      if (coding.readOnly) return false;
      coding.changeMarker(marker.id, { set: 'segment', to });
      this.#own = to.kind === 'text' ? (bound === 'start' ? to.start.turn : lastTurnOf(to)) : this.turn;
    }
    this.#reveal(this.turn, null, to.kind === 'text' ? to[bound].unit : null);
    return true;
  }

  /** The turn in which a marker starts. */
  turnOf(marker: Pick<MarkerView, 'segment' | 'start_ms'>): number {
    if (marker.segment.kind === 'text') return marker.segment.start.turn;
    return Math.max(0, this.#state.player.turnAt(marker.start_ms));
  }

  // View

  /** Lights what is selected. Called whenever that changes, by who draws it. */
  light(): void {
    this.litMarker.put(this.markerId);
    this.litConflict.put(this.conflictId);
  }

  /** Brings something into view. */
  reveal(target: Target): void {
    if ('turn' in target) this.#reveal(target.turn);
    else if ('ms' in target) this.#reveal(Math.max(0, this.#state.player.turnAt(target.ms)));
    else {
      const marker = this.#state.coding.markers.get(target.markerId);
      if (marker === undefined) return;
      const unit = marker.segment.kind === 'text' ? marker.segment.start.unit : null;
      this.#reveal(this.turnOf(marker), marker.id, unit);
    }
  }

  /** Who can bring turns into view says so here. Returns how to stop. */
  onReveal(reveal: Reveal): () => void {
    this.#reveals.add(reveal);
    return () => this.#reveals.delete(reveal);
  }

  /** While one of these says so, the selected marker is being worked on. Returns how to stop. */
  keepWhile(keeps: () => boolean): () => void {
    this.#keeps.add(keeps);
    return () => this.#keeps.delete(keeps);
  }

  #reveal(turn: number, markerId: string | null = null, unit: number | null = null): void {
    for (const reveal of this.#reveals) reveal(turn, markerId, unit);
  }

  /** Lets go of a marker that playing has left behind: no key shall judge or delete what nobody looks at. */
  #pass(): void {
    const { player } = this.#state;
    const marker = this.#marker();
    // Who has gone back to a marker while it plays on, and looks at it, keeps it.
    if (marker === null || !(this.attached || (player.playing && player.following))) return;
    const stands = player.nowMs >= marker.start_ms && player.nowMs < marker.end_ms;
    const whole = marker.segment.kind === 'whole';
    if ((stands && !whole) || [...this.#keeps].some((keeps) => keeps())) this.#withMarkerMs = player.nowMs;
    else if (Math.abs(player.nowMs - this.#withMarkerMs) >= PASSING_MS) {
      this.markerId = null;
      if (this.segment === null) this.#own = null;
    }
  }

  #turn(): number {
    const { player, turns } = this.#state;
    const chosen = this.segment?.kind === 'text' ? lastTurnOf(this.segment) : null;
    return Math.min(Math.max(0, this.#own ?? chosen ?? player.currentTurn), Math.max(0, turns.length - 1));
  }

  #marker(): MarkerView | null {
    return this.markerId === null ? null : (this.#state.coding.markers.get(this.markerId) ?? null);
  }

  #choose(segment: TextSegment): void {
    this.segment = segment;
    this.#own = lastTurnOf(segment);
  }

  #leave(): void {
    this.segment = null;
    this.markerId = null;
    this.caret = null;
    this.inMs = null;
    this.#anchor = null;
  }

  /** The cursor stands on a segment, so that the next tag may mark it as well. */
  #holds(segment: SegmentView): boolean {
    const { player, turns } = this.#state;
    switch (segment.kind) {
      case 'text':
        return this.turn >= segment.start.turn && this.turn <= lastTurnOf(segment);
      case 'time': {
        // Where the cursor goes with the playing, a stretch that was marked is past, though its turn may still last.
        if (this.attached) return false;
        const here = turns[this.turn] ?? { start_ms: player.nowMs, end_ms: player.nowMs };
        return here.start_ms <= segment.end_ms && here.end_ms >= segment.start_ms;
      }
      case 'whole':
        return false;
    }
  }

  #nearest(all: readonly MarkerView[], by: 1 | -1): number {
    const at = this.turns[this.turn]?.start_ms ?? this.#state.player.nowMs;
    const after = all.findIndex((marker) => marker.start_ms >= at);
    if (by === 1) return after < 0 ? 0 : after;
    return after <= 0 ? all.length - 1 : after - 1;
  }

  #timeOfTurn(turn: number): SegmentView {
    const { player, turns } = this.#state;
    const start = turns[turn]?.start_ms ?? 0;
    const end = turns[turn]?.end_ms ?? player.durationMs;
    return { kind: 'time', start_ms: start, end_ms: Math.max(end, start + 1) };
  }

  /** Without turns, a tag marks the second around the playhead, as it can be heard. */
  #timeAround(ms: number): SegmentView {
    const { durationMs } = this.#state.player;
    const start = Math.floor(Math.max(0, Math.min(ms, durationMs - 1_000)));
    return {
      kind: 'time',
      start_ms: start,
      end_ms: Math.max(start + 1, Math.min(start + 1_000, Math.floor(durationMs))),
    };
  }
}
