// A look at another cut: never part of the study, remembered on this machine until it ends. One question at a time,
// always the latest one next.
import type { KeptLook, Look } from '$schemas/api';
import type { Client } from '../../api/client';

/** A cut that is dragged is kept once it rests. */
const KEEP_AFTER_MS = 200;

export class CutLook {
  /** What is looked at; null when the study's own rule is shown. */
  cut: number | null = $state(null);
  /** Whether exceptions move along with the cut. */
  moveExceptions = $state(false);
  /** The answer to the latest question that was answered. */
  seen: Look | null = $state.raw(null);

  #asking = false;
  #keeping: ReturnType<typeof setTimeout> | undefined;
  #stale = false;
  readonly #client: Client;
  readonly #codingId: string;

  constructor(client: Client, codingId: string, left: KeptLook | null) {
    this.#client = client;
    this.#codingId = codingId;
    if (left !== null) this.#show(left.cut, left.move_exceptions);
  }

  /** Looks at `cut`, or returns to the study's rule with null. */
  set(cut: number | null, moveExceptions = this.moveExceptions): void {
    this.#show(cut, moveExceptions);
    this.#keep();
  }

  #show(cut: number | null, moveExceptions: boolean): void {
    this.cut = cut;
    this.moveExceptions = moveExceptions;
    if (cut === null) this.seen = null;
    else this.refresh();
  }

  /** Asks again, because the coding changed under the look. */
  refresh(): void {
    if (this.cut === null) return;
    this.#stale = true;
    void this.#ask();
  }

  /** Has this machine remember it, the latest one last; losing this loses nothing. */
  #keep(): void {
    const look = this.cut === null ? null : { cut: this.cut, move_exceptions: this.moveExceptions };
    clearTimeout(this.#keeping);
    this.#keeping = setTimeout(() => {
      this.#client.call('look_keep', { look }).catch(() => undefined);
    }, KEEP_AFTER_MS);
  }

  async #ask(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    while (this.#stale && this.cut !== null) {
      this.#stale = false;
      try {
        const seen = await this.#client.call('look', {
          coding_id: this.#codingId,
          cut: this.cut,
          move_exceptions: this.moveExceptions,
        });
        // Returned to the study's rule meanwhile: the answer is no longer wanted.
        if (this.cut !== null) this.seen = seen;
      } catch {
        // Nothing was changed and nothing is lost: the study's own rule is shown again.
        this.cut = null;
        this.seen = null;
      }
    }
    this.#asking = false;
  }
}
