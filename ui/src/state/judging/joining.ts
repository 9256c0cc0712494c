// Joining conflicts: first to the one before, and right after that to another one instead.
import type { ConflictView } from '$schemas/api';
import type { CodingState } from '../coding.svelte';
import { conflictsBefore } from './links';

interface Marking {
  selectMarker(id: string | null): void;
}

interface Join {
  joined: string;
  keep: string;
  markerId: string | null;
  /** What undo would take back once the join was confirmed. */
  undo: string | null;
}

/** Why nothing was joined, in words; null when it was. */
type Refusal = string | null;

export class Joining {
  /** The join just made, so that the same key again can choose another. */
  #last: Join | null = null;
  readonly #coding: CodingState;
  readonly #marking: Marking;

  constructor(coding: CodingState, marking: Marking) {
    this.#coding = coding;
    this.#marking = marking;
  }

  /** Something else was done: the last join stands. */
  forget(): void {
    this.#last = null;
  }

  /** `conflict` is what the last join made, and nothing was done since. */
  justMade(conflict: ConflictView): boolean {
    return this.#last !== null && this.#last.keep === conflict.id;
  }

  toTheOneBefore(conflict: ConflictView, markerId: string | null): Refusal {
    const [before] = conflictsBefore(this.#coding, conflict);
    if (before === undefined) return 'There is no conflict before this one to join it to.';
    this.#join(conflict.id, before.id, markerId);
    return null;
  }

  /** Joins `conflict` to `target`; right after a join, takes that one back first. */
  async to(conflict: ConflictView, target: string, markerId: string | null): Promise<Refusal> {
    const last = this.#last;
    if (last === null) {
      this.#join(conflict.id, target, markerId);
      return null;
    }
    if (target === last.keep) return null;
    await this.#coding.settled();
    // The first join is taken back as a whole, so that what each of the two said stays its own.
    if (last.undo === null || last.undo !== this.#coding.rest.undo) {
      return 'Something else was done after the join. Part the marker, then join it again.';
    }
    await this.#coding.undo();
    this.#join(last.joined, target, last.markerId);
    return null;
  }

  #join(joined: string, keep: string, markerId: string | null): void {
    this.#coding.joinConflicts(keep, joined);
    if (markerId !== null) this.#marking.selectMarker(markerId);
    const last: Join = { joined, keep, markerId, undo: null };
    this.#last = last;
    void this.#coding.settled().then(() => {
      last.undo = this.#coding.rest.undo;
    });
  }
}
