// Acts on their way to the core: sent one after the other in the order they were done, each until it is
// confirmed or refused. An act that needs what a refused one would have made goes with it.
import { SvelteSet } from 'svelte/reactivity';
import type { ApiError, CodingChange } from '$schemas/api';
import { apiError } from '../../api/client';
import { withDependents, type Act, type Sent } from './act';
import { touchedNothing } from './page';

/** Without confirmation for so long, an act counts as late. */
export const LATE_MS = 250;

interface Hears {
  drawn(act: Sent): void;
  confirmed(act: Sent, change: CodingChange): void;
  refused(acts: Sent[], error: ApiError): void;
}

export class Outbox {
  /** Operations that are not confirmed yet. */
  readonly pending = new SvelteSet<string>();
  /** Something is older than `LATE_MS` and not confirmed. */
  late = $state(false);

  #queue: Sent[] = [];
  #sending = false;
  #waiting: (() => void)[] = [];
  readonly #hears: Hears;

  constructor(hears: Hears) {
    this.#hears = hears;
  }

  /** Not confirmed, in the order they were done. */
  get acts(): readonly Sent[] {
    return this.#queue;
  }

  /** Draws and queues an act. Resolves with its reply, or with null when it was refused. */
  put(act: Act): Promise<CodingChange | null> {
    return new Promise((answer) => {
      const sent: Sent = { ...act, touched: touchedNothing(), doneAtMs: Date.now(), answer };
      this.#queue.push(sent);
      this.pending.add(sent.op);
      setTimeout(() => this.#judgeLateness(), LATE_MS + 1);
      this.#hears.drawn(sent);
      void this.#send();
    });
  }

  /** Resolves once everything is confirmed or refused. */
  settled(): Promise<void> {
    if (this.#queue.length === 0) return Promise.resolve();
    return new Promise((done) => this.#waiting.push(done));
  }

  async #send(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    for (let act = this.#queue[0]; act !== undefined; act = this.#queue[0]) {
      try {
        const change = await act.send();
        this.#remove([act]);
        this.#hears.confirmed(act, change);
        act.answer(change);
      } catch (reason) {
        const gone = withDependents(act, this.#queue.slice(1));
        this.#remove(gone);
        this.#hears.refused(gone, apiError(reason));
        for (const each of gone) each.answer(null);
      }
      this.#judgeLateness();
    }
    this.#sending = false;
    for (const done of this.#waiting.splice(0)) done();
  }

  #remove(acts: Sent[]): void {
    this.#queue = this.#queue.filter((each) => !acts.includes(each));
    for (const act of acts) this.pending.delete(act.op);
  }

  #judgeLateness(): void {
    const oldest = this.#queue[0];
    this.late = oldest !== undefined && Date.now() - oldest.doneAtMs >= LATE_MS;
  }
}
