// A look at another cut: never part of the study, remembered on this machine until it ends. One question at a time,
// always the latest one next.
import type { KeptLook, Look } from '$schemas/api';
import type { Client } from '../../api/client';

export class CutLook {
  /** What is looked at; null when the study's own rule is shown. */
  cut: number | null = $state(null);
  /** Whether exceptions move along with the cut. */
  moveExceptions = $state(false);
  /** The answer to the latest question that was answered. */
  seen: Look | null = $state.raw(null);

  #asking = false;
  /** The look as this machine remembers it. */
  #kept: KeptLook | null;
  #stale = false;
  readonly #client: Client;
  readonly #codingId: string;

  constructor(client: Client, codingId: string, left: KeptLook | null) {
    this.#client = client;
    this.#codingId = codingId;
    this.#kept = left;
    if (left !== null) this.#show(left.cut, left.move_exceptions);
  }

  /** Looks at `cut`, or returns to the study's rule with null. */
  set(cut: number | null, moveExceptions = this.moveExceptions): void {
    this.#show(cut, moveExceptions);
    if (cut === null) this.#keep();
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

  /** Has this machine remember what is looked at now; losing this loses nothing. */
  #keep(): void {
    const look = this.cut === null ? null : { cut: this.cut, move_exceptions: this.moveExceptions };
    if (look?.cut === this.#kept?.cut && look?.move_exceptions === this.#kept?.move_exceptions) return;
    this.#kept = look;
    this.#client.call('look_keep', { look }).catch(() => undefined);
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
        if (this.cut === null) continue;
        this.seen = seen;
        // A cut that is dragged on is kept where it rests.
        if (!this.#stale) this.#keep();
      } catch {
        // Nothing was changed and nothing is lost: the study's own rule is shown again.
        this.cut = null;
        this.seen = null;
      }
    }
    this.#asking = false;
  }
}
