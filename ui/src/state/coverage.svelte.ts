// What was never played or read is known as unseen. Two simple rules, on the honest side:
// played is what the clock passed through while playing; read is a turn in view for as long as a fast reader needs,
// while nothing plays, no dialog is open, nothing is typed, and the rater has pressed a key, clicked, scrolled or moved
// the pointer over the transcript within the last half minute. A rater reads one turn at a time: time on the screen is
// given to the topmost turn in view that is not read yet, never to several at once.
import type { TurnView } from '$schemas/api';
import { joinRanges } from './coding/draw';
import type { Player, Stretch } from './player.svelte';

type Range = [number, number];

/** Characters that a reader takes in within a second, and the share of that time that has to be spent. */
export const READING_CHARACTERS_PER_SECOND = 20;
export const READING_SHARE = 0.6;
const SEND_EVERY_MS = 10_000;
/** Longer without a key, a click, a scroll or a move of the pointer, and nobody is taken to be reading. */
const AWAY_MS = 30_000;
/** Frames of playing are kept together up to here. */
const LOOK_EVERY_MS = 500;

/** What coverage is added to. */
interface Covered {
  readonly rest: { readonly coverage: Range[] };
  readonly readOnly: boolean;
  addCoverage(ranges: Range[]): void;
}

export interface CoverageOptions {
  nowMs?: () => number;
  /** The window is shown and has the focus, and nothing else is done in it than looking at the transcript. */
  attended?: () => boolean;
}

export class Coverage {
  #waiting: Range[] = $state.raw([]);
  /** Stretches seen by now, sorted and apart, whether sent or not. */
  readonly seen: Range[] = $derived(joinRanges([...this.#coding().rest.coverage, ...this.#waiting]));
  /** Stretches not seen by now. */
  readonly unseen: Range[] = $derived(without([[0, this.#durationMs()]], this.seen));
  /** Share of the session that was seen, 0 to 1. */
  readonly share: number = $derived(this.#share());

  readonly #state: { coding: Covered; player: Player; turns: readonly TurnView[] };
  readonly #nowMs: () => number;
  readonly #attended: () => boolean;
  readonly #credit = new Map<number, number>();
  readonly #read = new Set<number>();
  #played: Range | null = null;
  #inView: { first: number; last: number } | null = null;
  /** Opening a session is not yet reading it. */
  #activeAt = -Infinity;
  #lookedAt: number;
  #sentAt: number;
  #stops: (() => void)[] = [];

  constructor(coding: Covered, player: Player, turns: readonly TurnView[], options: CoverageOptions = {}) {
    this.#state = { coding, player, turns };
    this.#nowMs = options.nowMs ?? (() => performance.now());
    this.#attended =
      options.attended ?? (() => document.visibilityState === 'visible' && document.hasFocus());
    this.#lookedAt = this.#sentAt = this.#nowMs();
    this.#stops = [
      player.onPlayed((stretch) => {
        this.#keepPlayed(stretch);
      }),
      player.onStopped(() => {
        this.flush();
      }),
    ];
  }

  /** Starts looking at the clock. Returns how to stop; what was seen until then is sent. */
  start(): () => void {
    const timer = setInterval(() => {
      this.look();
    }, LOOK_EVERY_MS);
    return () => {
      clearInterval(timer);
      this.close();
    };
  }

  /** Says which turns can be read on the screen; null for none. */
  setInView(turns: { first: number; last: number } | null): void {
    this.look();
    this.#inView = turns;
  }

  /** The rater did something at the transcript: a key, a click, a scroll, a move of the pointer. */
  active(): void {
    this.#activeAt = this.#nowMs();
  }

  /** Gives the time since the last look to what is being read, and sends what has gathered. */
  look(): void {
    const at = this.#nowMs();
    const passed = Math.min(at - this.#lookedAt, 2 * LOOK_EVERY_MS);
    this.#lookedAt = at;
    if (!this.#state.player.playing && at - this.#activeAt <= AWAY_MS && this.#attended())
      this.#readFor(passed);
    if (at - this.#sentAt >= SEND_EVERY_MS) this.flush();
  }

  /** Sends what was seen and not sent yet: every ten seconds, on a pause, before submitting, on leaving. */
  flush(): void {
    this.#closePlayed();
    this.#sentAt = this.#nowMs();
    const { coding } = this.#state;
    const fresh = without(joinRanges(this.#waiting.map(wholeMs)), coding.rest.coverage);
    this.#waiting = [];
    if (fresh.length > 0 && !coding.readOnly) coding.addCoverage(fresh);
  }

  close(): void {
    this.flush();
    for (const stop of this.#stops.splice(0)) stop();
  }

  #coding(): Covered {
    return this.#state.coding;
  }

  #durationMs(): number {
    return this.#state.player.durationMs;
  }

  #share(): number {
    const duration = this.#durationMs();
    const covered = this.seen.reduce((sum, [start, end]) => sum + end - start, 0);
    return duration === 0 ? 0 : Math.min(1, covered / duration);
  }

  #keepPlayed({ startMs, endMs }: Stretch): void {
    const last = this.#played;
    if (last !== null && Math.abs(startMs - last[1]) < 1) last[1] = endMs;
    else {
      this.#closePlayed();
      this.#played = [startMs, endMs];
    }
  }

  #closePlayed(): void {
    if (this.#played === null) return;
    this.#waiting = joinRanges([...this.#waiting, this.#played]);
    this.#played = null;
  }

  #readFor(passedMs: number): void {
    if (this.#inView === null) return;
    let left = passedMs;
    for (let turn = this.#inView.first; turn <= this.#inView.last && left > 0; turn += 1) {
      if (this.#read.has(turn)) continue;
      const spent = this.#credit.get(turn) ?? 0;
      const needed = this.#needed(turn);
      if (spent + left < needed) {
        this.#credit.set(turn, spent + left);
        return;
      }
      left -= needed - spent;
      this.#read.add(turn);
      this.#credit.delete(turn);
      this.#waiting = joinRanges([...this.#waiting, this.#rangeOf(turn)]);
    }
  }

  #needed(turn: number): number {
    const characters = this.#state.turns[turn]?.text.length ?? 0;
    return (characters / READING_CHARACTERS_PER_SECOND) * 1_000 * READING_SHARE;
  }

  /** A turn reaches to the next one: who has read both has not missed the pause between them. */
  #rangeOf(turn: number): Range {
    const { turns } = this.#state;
    const start = turn === 0 ? 0 : (turns[turn]?.start_ms ?? 0);
    const next = turns[turn + 1]?.start_ms ?? this.#durationMs();
    return [start, Math.max(turns[turn]?.end_ms ?? start, next)];
  }
}

const wholeMs = ([start, end]: Range): Range => [Math.floor(start), Math.ceil(end)];

/** What of `ranges` lies outside `taken`. Both sorted and apart. */
export function without(ranges: readonly Range[], taken: readonly Range[]): Range[] {
  const left: Range[] = [];
  for (const [start, end] of ranges) {
    let from = start;
    for (const [takenStart, takenEnd] of taken) {
      if (takenEnd <= from || takenStart >= end) continue;
      if (takenStart > from) left.push([from, takenStart]);
      from = Math.max(from, takenEnd);
    }
    if (from < end) left.push([from, end]);
  }
  return left;
}
