// Playing a session: where it stands, what is lit, where it stops. It decides; the clock only moves.
import type { TranscriptView } from '$schemas/api';
import { TickingClock, type ClockSource } from './clock';

export const SLOWEST = 0.5;
export const FASTEST = 2;
const SPEED_STEP = 0.25;
/** The position is remembered this often while playing, and whenever playing stops. */
const REMEMBER_MS = 5_000;
/** Where a seek has led is remembered once it rests: a drag along the timeline would write with every frame. */
const REST_MS = 300;

/** A stretch of the session's clock, ms; the end is exclusive. */
export interface Stretch {
  startMs: number;
  endMs: number;
}

export interface PlayerOptions {
  clock?: ClockSource;
  /** Where playing stopped last time. */
  positionMs?: number;
  /** Length of a window; 0 where the study has none. */
  windowMs?: number;
  /** Whether playing stops at the end of every window, because the study scores after windows. */
  stopsAfterWindows?: () => boolean;
  /** Seconds to go back when playing goes on after a pause. */
  rewindOnResumeS?: () => number;
  /** Keeps the position for the next time. */
  remember?: (atMs: number) => void;
}

type Heard<Event> = (event: Event) => void;

export class Player {
  nowMs = $state(0);
  playing = $state(false);
  rate = $state(1);
  loop: Stretch | null = $state.raw(null);
  /** The playing turn is kept in view, until the rater scrolls away. */
  following = $state(true);

  readonly durationMs: number;
  readonly windowMs: number;
  /** The turn that is spoken, or was spoken last; -1 before the first and where there are no turns. */
  readonly currentTurn: number = $derived(this.turnAt(this.nowMs));

  readonly #starts: Float64Array;
  #clock: ClockSource;
  readonly #options: PlayerOptions;
  readonly #playedHeard = new Set<Heard<Stretch>>();
  readonly #stoppedHeard = new Set<Heard<void>>();
  readonly #startedHeard = new Set<Heard<void>>();
  readonly #windowHeard = new Set<Heard<Stretch>>();
  readonly #soughtHeard = new Set<Heard<void>>();
  #lastMs = 0;
  #rememberedAt = 0;
  #resting: ReturnType<typeof setTimeout> | null = null;
  #rewinds = false;

  constructor(transcript: Pick<TranscriptView, 'turns' | 'duration_ms'>, options: PlayerOptions = {}) {
    this.durationMs = transcript.duration_ms;
    this.windowMs = options.windowMs ?? 0;
    this.#starts = Float64Array.from(transcript.turns, (turn) => turn.start_ms);
    this.#options = options;
    this.#clock = options.clock ?? new TickingClock();
    this.#clock.seek(this.#within(options.positionMs ?? 0));
    this.#lastMs = this.#clock.now;
    this.#rememberedAt = this.#clock.now;
    this.nowMs = this.#clock.now;
    this.#listen();
  }

  /** Runs on another clock from here on, such as a recording that was found meanwhile. */
  useClock(clock: ClockSource): void {
    const { playing } = this.#clock;
    this.#clock.onchange = null;
    if (playing) this.#clock.pause();
    this.#clock = clock;
    clock.rate = this.rate;
    clock.seek(this.nowMs);
    this.#listen();
    if (playing) clock.play();
  }

  /** The last turn that has started at `ms`; -1 when none has. Turns are in the order of their times. */
  turnAt(ms: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#starts[middle] ?? Infinity) <= ms) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  play(): void {
    if (this.playing) return;
    if (this.loop !== null && (this.nowMs < this.loop.startMs || this.nowMs >= this.loop.endMs)) {
      this.#jump(this.loop.startMs);
    } else if (this.nowMs >= this.durationMs) {
      this.#jump(0);
    } else if (this.#rewinds) {
      const back = (this.#options.rewindOnResumeS?.() ?? 0) * 1_000;
      if (back > 0) this.#jump(Math.max(this.nowMs - back, this.loop?.startMs ?? 0));
    }
    this.#rewinds = false;
    this.playing = true;
    this.following = true;
    for (const heard of this.#startedHeard) heard();
    this.#clock.play();
  }

  pause(): void {
    if (!this.playing) return;
    this.#clock.pause();
    this.#rewinds = true;
    this.#stop();
  }

  toggle(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  /** Goes to a moment; playing goes on from there. */
  seek(ms: number): void {
    this.#rewinds = false;
    const to = this.#within(ms);
    // Before the clock is told: a loop that still holds would take the playhead back to its start.
    if (this.loop !== null && (to < this.loop.startMs || to >= this.loop.endMs)) this.loop = null;
    this.#jump(to);
    for (const heard of this.#soughtHeard) heard();
    if (!this.playing) this.#rememberSoon();
  }

  nudge(ms: number): void {
    this.seek(this.nowMs + ms);
  }

  /** Goes to the start of a turn, and has the view follow again. */
  seekTurn(turn: number): void {
    const start = this.#starts[turn];
    if (start === undefined) return;
    this.seek(start);
    this.following = true;
  }

  faster(): void {
    this.setRate(this.rate + SPEED_STEP);
  }

  slower(): void {
    this.setRate(this.rate - SPEED_STEP);
  }

  setRate(rate: number): void {
    const stepped = Math.round(rate / SPEED_STEP) * SPEED_STEP;
    this.rate = Math.min(FASTEST, Math.max(SLOWEST, stepped));
    this.#clock.rate = this.rate;
  }

  /** Repeats a stretch; when one is repeated already, goes on past it. */
  toggleLoop(stretch: Stretch): void {
    if (this.loop !== null) {
      this.loop = null;
      return;
    }
    const startMs = this.#within(stretch.startMs);
    const endMs = this.#within(stretch.endMs);
    if (endMs <= startMs) return;
    this.loop = { startMs, endMs };
    if (this.nowMs < startMs || this.nowMs >= endMs) this.#jump(startMs);
  }

  /** Keeps the playing turn in view again. */
  follow(): void {
    this.following = true;
  }

  /** The window that holds a moment; null where the study has no windows. */
  windowAt(ms: number): Stretch | null {
    if (this.windowMs <= 0) return null;
    const startMs = Math.floor(ms / this.windowMs) * this.windowMs;
    return { startMs, endMs: Math.min(startMs + this.windowMs, this.durationMs) };
  }

  /** Asks for what belongs to a window, as if it had just been played to its end. */
  askWindow(window: Stretch): void {
    for (const heard of this.#windowHeard) heard(window);
  }

  /** Tells of every window whose end playing has reached. Returns how to stop listening. */
  onWindowEnd(heard: Heard<Stretch>): () => void {
    this.#windowHeard.add(heard);
    return () => this.#windowHeard.delete(heard);
  }

  /** Tells of every stretch that was played, frame by frame. */
  onPlayed(heard: Heard<Stretch>): () => void {
    this.#playedHeard.add(heard);
    return () => this.#playedHeard.delete(heard);
  }

  /** Tells whenever playing starts. */
  onStarted(heard: Heard<void>): () => void {
    this.#startedHeard.add(heard);
    return () => this.#startedHeard.delete(heard);
  }

  /** Tells whenever playing stops. */
  onStopped(heard: Heard<void>): () => void {
    this.#stoppedHeard.add(heard);
    return () => this.#stoppedHeard.delete(heard);
  }

  /** Tells whenever the playhead was put somewhere. */
  onSought(heard: Heard<void>): () => void {
    this.#soughtHeard.add(heard);
    return () => this.#soughtHeard.delete(heard);
  }

  /** Stops, and remembers where: the session is being left. */
  close(): void {
    this.pause();
    if (this.nowMs !== this.#rememberedAt) this.#remember();
    this.#clock.onchange = null;
  }

  #listen(): void {
    this.#clock.onchange = () => {
      this.#moved();
    };
  }

  #within(ms: number): number {
    return Math.min(Math.max(0, ms), this.durationMs);
  }

  #jump(ms: number): void {
    this.#lastMs = this.#within(ms);
    this.#clock.seek(this.#lastMs);
    this.nowMs = this.#lastMs;
  }

  #moved(): void {
    const from = this.#lastMs;
    const to = this.#clock.now;
    if (!this.playing) {
      this.nowMs = this.#within(to);
      this.#lastMs = this.nowMs;
      return;
    }
    const stop = this.#nextStop(from);
    const reached = Math.min(to, stop.atMs);
    this.#lastMs = reached;
    this.nowMs = reached;
    if (reached > from) for (const heard of this.#playedHeard) heard({ startMs: from, endMs: reached });
    if (to >= stop.atMs) this.#reach(stop);
    else if (Math.abs(reached - this.#rememberedAt) >= REMEMBER_MS) this.#remember();
  }

  #nextStop(fromMs: number): { atMs: number; why: 'loop' | 'window' | 'end' } {
    if (this.loop !== null) return { atMs: this.loop.endMs, why: 'loop' };
    const window = this.#options.stopsAfterWindows?.() === true ? this.windowAt(fromMs) : null;
    if (window !== null && window.endMs > fromMs) return { atMs: window.endMs, why: 'window' };
    return { atMs: this.durationMs, why: 'end' };
  }

  #reach(stop: { atMs: number; why: 'loop' | 'window' | 'end' }): void {
    if (stop.why === 'loop' && this.loop !== null) {
      this.#jump(this.loop.startMs);
      return;
    }
    this.playing = false;
    this.#clock.pause();
    this.#jump(stop.atMs);
    // What was heard up to a boundary is judged before it goes on: nothing of it is played again.
    this.#rewinds = false;
    this.#stop();
    if (stop.why === 'window')
      this.askWindow(this.windowAt(stop.atMs - 1) ?? { startMs: 0, endMs: stop.atMs });
  }

  #stop(): void {
    this.playing = false;
    this.#remember();
    for (const heard of this.#stoppedHeard) heard();
  }

  #rememberSoon(): void {
    this.#forgetResting();
    this.#resting = setTimeout(() => {
      this.#remember();
    }, REST_MS);
  }

  #forgetResting(): void {
    if (this.#resting !== null) clearTimeout(this.#resting);
    this.#resting = null;
  }

  #remember(): void {
    this.#forgetResting();
    this.#rememberedAt = this.nowMs;
    this.#options.remember?.(Math.round(this.nowMs));
  }
}
