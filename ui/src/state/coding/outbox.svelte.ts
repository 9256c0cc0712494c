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
    try {
      for (let act = this.#queue[0]; act !== undefined; act = this.#queue[0]) await this.#sendOne(act);
    } finally {
      this.#sending = false;
      for (const done of this.#waiting.splice(0)) done();
    }
  }

  async #sendOne(act: Sent): Promise<void> {
    let change: CodingChange | null = null;
    let refusal: ApiError | null = null;
    try {
      change = await act.send();
    } catch (reason) {
      refusal = apiError(reason);
    }
    const gone = refusal === null ? [act] : withDependents(act, this.#queue.slice(1));
    this.#remove(gone);
    // What goes wrong while drawing is no refusal: the act is confirmed, and those after it are sent.
    try {
      if (change !== null) this.#hears.confirmed(act, change);
      else if (refusal !== null) this.#hears.refused(gone, refusal);
    } catch (fault) {
      queueMicrotask(() => {
        throw fault;
      });
    }
    for (const each of gone) each.answer(change);
    this.#judgeLateness();
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
