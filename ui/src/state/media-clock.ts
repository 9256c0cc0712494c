// A recording as the clock of a session. Where the recording has nothing (before it begins, after it ends, when it
// cannot be played any more) the session goes on silently, on a clock of its own.
import { windowFrames, type ClockSource, type Frames } from './clock';

/** What of a media element is needed. Times are seconds of the recording. */
export interface MediaElement extends EventTarget {
  currentTime: number;
  readonly duration: number;
  readonly ended: boolean;
  readonly paused: boolean;
  readonly seeking: boolean;
  readonly readyState: number;
  readonly error: { readonly code: number } | null;
  playbackRate: number;
  preservesPitch: boolean;
  play(): Promise<void>;
  pause(): void;
}

export interface MediaClockOptions {
  /** Where the recording begins on the session's clock, ms. */
  offsetMs: number;
  durationMs: number;
  frames?: Frames;
  /** The recording cannot be played, or not any more; the session goes on without it. */
  failed: () => void;
  /** Playing waits for the recording to be read, or goes on. */
  waiting: (waits: boolean) => void;
}

/** `HTMLMediaElement.HAVE_METADATA` and `HAVE_FUTURE_DATA`. */
const HAVE_METADATA = 1;
const HAVE_FUTURE_DATA = 3;
/** The element tells its position now and then; between two tellings time goes on for this long at most. */
const LONGEST_GUESS_MS = 300;
/** A longer gap between two frames means that nobody was watching. */
const LONGEST_STEP_MS = 1_000;
/** Without a word from the element for this long, it is said that it is waited for. */
const WAITING_MS = 600;

export class MediaClock implements ClockSource {
  onchange: (() => void) | null = null;

  readonly #element: MediaElement;
  readonly #options: MediaClockOptions;
  readonly #frames: Frames;
  readonly #heard: [string, () => void][];
  #rate = 1;
  #now = 0;
  #frame: number | null = null;
  #tickedAt = 0;
  /** The recording moves the clock; else it ticks. */
  #led = false;
  #broken = false;
  /** The element said that it is at its end; so it stays until it is sent elsewhere. */
  #ended = false;
  /** Where the element is to go, ms of the session, as soon as it can. */
  #wanted: number | null = null;
  /** The position that the element told last, and when. */
  #told = { ms: 0, at: 0 };
  #waits = false;

  constructor(element: MediaElement, options: MediaClockOptions) {
    this.#element = element;
    this.#options = options;
    this.#frames = options.frames ?? windowFrames;
    element.preservesPitch = true;
    this.#heard = [
      ['loadedmetadata', () => this.#arrive()],
      ['seeked', () => this.#arrive()],
      ['error', () => this.#fail()],
    ];
    for (const [name, heard] of this.#heard) element.addEventListener(name, heard);
  }

  get now(): number {
    return this.#now;
  }

  get playing(): boolean {
    return this.#frame !== null;
  }

  get rate(): number {
    return this.#rate;
  }

  set rate(rate: number) {
    this.#rate = rate;
    this.#element.playbackRate = rate;
    this.#element.preservesPitch = true;
    this.#told = { ms: this.#now, at: this.#frames.nowMs() };
  }

  play(): void {
    if (this.playing) return;
    this.#tickedAt = this.#frames.nowMs();
    this.#lead();
    this.#request();
    this.onchange?.();
  }

  pause(): void {
    if (this.#frame === null) return;
    this.#frames.cancel(this.#frame);
    this.#frame = null;
    const led = this.#led;
    this.#advance();
    this.#led = false;
    this.#element.pause();
    // The element stands a little away from where it was guessed to be; where it stands is what counts.
    if (led && this.#wanted === null && !this.#broken) this.#now = this.#toldByElement();
    this.#say(false);
    this.onchange?.();
  }

  seek(ms: number): void {
    this.#now = ms;
    this.#ended = false;
    this.#tickedAt = this.#frames.nowMs();
    this.#told = { ms, at: this.#tickedAt };
    if (this.#has(ms)) {
      this.#wanted = ms;
      this.#arrive();
      if (this.playing) this.#lead();
    } else {
      this.#wanted = null;
      this.#led = false;
      this.#element.pause();
    }
    this.onchange?.();
  }

  /** Lets go of the element. */
  release(): void {
    if (this.#frame !== null) this.#frames.cancel(this.#frame);
    this.#frame = null;
    this.#element.pause();
    for (const [name, heard] of this.#heard) this.#element.removeEventListener(name, heard);
  }

  #request(): void {
    this.#frame = this.#frames.request(() => {
      this.#request();
      this.#advance();
      this.onchange?.();
    });
  }

  #advance(): void {
    const at = this.#frames.nowMs();
    const passed = Math.min(Math.max(0, at - this.#tickedAt), LONGEST_STEP_MS);
    this.#tickedAt = at;
    if (this.#led) this.#follow(at);
    else {
      this.#now += passed * this.#rate;
      if (this.#has(this.#now)) this.#lead();
    }
  }

  /** Stands where the recording is. */
  #follow(at: number): void {
    const element = this.#element;
    if (element.ended && this.#wanted === null) {
      this.#led = false;
      // Played once more it would begin anew, from its start.
      this.#ended = true;
      this.#say(false);
      return;
    }
    if (this.#wanted !== null || element.seeking) {
      this.#say(at - this.#told.at > WAITING_MS);
      return;
    }
    const told = this.#toldByElement();
    if (told !== this.#told.ms) this.#told = { ms: told, at };
    const since = at - this.#told.at;
    this.#say(since > WAITING_MS && element.readyState < HAVE_FUTURE_DATA);
    const guess = told + Math.min(since, LONGEST_GUESS_MS) * this.#rate;
    // A guess that was too far ahead is waited for rather than taken back.
    this.#now = Math.max(this.#now, guess);
  }

  #toldByElement(): number {
    return this.#element.currentTime * 1_000 + this.#options.offsetMs;
  }

  /** The recording has this moment. What the element can play may be a little shorter than the file says it is. */
  #has(ms: number): boolean {
    const { offsetMs, durationMs } = this.#options;
    const playable = this.#element.duration * 1_000;
    const length = Number.isFinite(playable) ? Math.min(durationMs, playable) : durationMs;
    return !this.#broken && !this.#ended && ms >= offsetMs && ms < offsetMs + length;
  }

  /** From here on the recording moves the clock, where it has this moment. */
  #lead(): void {
    if (this.#led || !this.#has(this.#now)) return;
    this.#led = true;
    this.#told = { ms: this.#now, at: this.#frames.nowMs() };
    if (this.#wanted === null && Math.abs(this.#toldByElement() - this.#now) > 1) {
      this.#wanted = this.#now;
      this.#arrive();
    }
    this.#element.playbackRate = this.#rate;
    void this.#element.play().catch(() => {
      // Why it cannot be played comes as an event; that it was paused meanwhile is no fault.
    });
  }

  /** Sends the element where it is wanted, one place after the other. */
  #arrive(): void {
    const element = this.#element;
    if (this.#wanted === null || element.readyState < HAVE_METADATA || element.seeking) return;
    const seconds = Math.max(0, (this.#wanted - this.#options.offsetMs) / 1_000);
    this.#wanted = null;
    if (Math.abs(element.currentTime - seconds) > 0.001) element.currentTime = seconds;
    this.#told = { ms: this.#now, at: this.#frames.nowMs() };
  }

  #fail(): void {
    if (this.#broken) return;
    this.#broken = true;
    this.#led = false;
    this.#wanted = null;
    this.#tickedAt = this.#frames.nowMs();
    this.#say(false);
    this.#options.failed();
  }

  #say(waits: boolean): void {
    if (waits === this.#waits) return;
    this.#waits = waits;
    this.#options.waiting(waits);
  }
}
