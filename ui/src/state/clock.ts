// What playing runs on. Without a recording the transcript plays on a clock of its own; a media element can
// stand behind the same interface.

/** A position that moves on its own while it plays. Positions are ms from the session's start. */
export interface ClockSource {
  play(): void;
  pause(): void;
  seek(ms: number): void;
  /** 1 is the speed of the session. */
  rate: number;
  readonly now: number;
  readonly playing: boolean;
  /** Called whenever `now` or `playing` has changed. */
  onchange: (() => void) | null;
}

/** The frames and the time that a ticking clock runs on. */
export interface Frames {
  nowMs(): number;
  request(callback: () => void): number;
  cancel(handle: number): void;
}

export const windowFrames: Frames = {
  nowMs: () => performance.now(),
  request: (callback) => requestAnimationFrame(callback),
  cancel: (handle) => {
    cancelAnimationFrame(handle);
  },
};

/** A longer gap between two frames means that the window was hidden or the machine asleep: nobody was watching. */
const LONGEST_STEP_MS = 1_000;

/** A clock that moves with the frames of the window. */
export class TickingClock implements ClockSource {
  rate = 1;
  onchange: (() => void) | null = null;

  readonly #frames: Frames;
  #now = 0;
  #frame: number | null = null;
  #tickedAt = 0;

  constructor(frames: Frames = windowFrames) {
    this.#frames = frames;
  }

  get now(): number {
    return this.#now;
  }

  get playing(): boolean {
    return this.#frame !== null;
  }

  play(): void {
    if (this.playing) return;
    this.#tickedAt = this.#frames.nowMs();
    this.#request();
    this.onchange?.();
  }

  pause(): void {
    if (this.#frame === null) return;
    this.#frames.cancel(this.#frame);
    this.#frame = null;
    this.#advance();
    this.onchange?.();
  }

  seek(ms: number): void {
    this.#now = ms;
    this.#tickedAt = this.#frames.nowMs();
    this.onchange?.();
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
    this.#now += passed * this.rate;
  }
}
