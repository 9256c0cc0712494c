// Joining conflicts: first to the one before, and right after that to another one instead.
import type { ConflictView, Score } from '$schemas/api';
import type { CodingState } from '../coding.svelte';
import { conflictsBefore } from './links';
import { nameOf } from './words';

interface Marking {
  selectMarker(id: string | null): void;
}

interface Join {
  joined: string;
  keep: string;
  markerId: string | null;
  /** The operation that joined. */
  act: string | null;
}

/** Why nothing was joined, in words; null when it was. */
type Refusal = string | null;

export class Joining {
  /** The join just made, so that the same key again can choose another. */
  #last: Join | null = null;
  readonly #coding: CodingState;
  readonly #marking: Marking;
  readonly #tell: (words: string) => void;

  /** `tell` is told which of two scores a joined conflict has. */
  constructor(coding: CodingState, marking: Marking, tell: (words: string) => void) {
    this.#coding = coding;
    this.#marking = marking;
    this.#tell = tell;
  }

  /** The last join stands. */
  forget(): void {
    this.#last = null;
  }

  /** `conflict` is what the last join made, and nothing was done since: no edit, no undo. */
  justMade(conflict: ConflictView): boolean {
    return this.#last?.keep === conflict.id && this.#last.act === this.#coding.lastAct;
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
    if (last === null || !this.justMade(conflict)) {
      this.#join(conflict.id, target, markerId);
      return null;
    }
    if (target === last.keep) return null;
    await this.#coding.settled();
    // The first join is taken back as a whole, so that what each of the two said stays its own.
    if (this.#last !== last || last.act !== this.#coding.lastAct) {
      return 'Something else was done after the join. Part the marker, then join it again.';
    }
    await this.#coding.undo();
    this.#join(last.joined, target, last.markerId);
    return null;
  }

  #join(joined: string, keep: string, markerId: string | null): void {
    const before = [this.#scoreOf(keep), this.#scoreOf(joined)];
    const done = this.#coding.joinConflicts(keep, joined);
    if (markerId !== null) this.#marking.selectMarker(markerId);
    const last: Join = { joined, keep, markerId, act: this.#coding.lastAct };
    this.#last = last;
    void done.then((change) => {
      if (change === null) this.#last = this.#last === last ? null : this.#last;
      else this.#say(before, this.#scoreOf(keep));
    });
  }

  #scoreOf(conflictId: string): Score | null {
    return this.#coding.conflicts.get(conflictId)?.significance ?? null;
  }

  /** Two significances became one: which one it is now is said. */
  #say(before: (Score | null)[], now: Score | null): void {
    const [one = null, other = null] = before;
    if (one === null || other === null || now === null || one === other) return;
    const [first, second, kept] = [one, other, now].map((score) => nameOf(String(score)));
    this.#tell(`Joined: significance is ${kept} now. Apart they had ${first} and ${second}.`);
  }
}
