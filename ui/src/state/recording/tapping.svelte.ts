// Tap to time: one key at each turn's start while the recording plays. Every tap is remembered on this machine, so that
// it can be left and taken up again; saved, they become the times of a new version of the transcript.
import type { SessionView } from '$schemas/api';
import { freshId } from '../../api/id';
import type { App } from '../app.svelte';
import type { Player } from '../player.svelte';

/** Taken up again, playing begins so much before the last tap. */
const LEAD_IN_MS = 3_000;

export class Tapping {
  /** Starts of the first turns, ms. */
  starts: readonly number[] = $state.raw([]);
  saving = $state(false);

  readonly turns: number;
  readonly #app: App;
  readonly #session: SessionView;
  readonly #player: Player;

  constructor(app: App, session: SessionView, player: Player) {
    this.#app = app;
    this.#session = session;
    this.#player = player;
    this.turns = session.transcript.turns.length;
  }

  /** The turn whose start is tapped next; null when all are. */
  get next(): number | null {
    return this.starts.length < this.turns ? this.starts.length : null;
  }

  /** What is said in it. */
  get nextWords(): string {
    return this.next === null ? '' : (this.#session.transcript.turns[this.next]?.text ?? '');
  }

  /** Goes on where it was left. */
  async begin(): Promise<void> {
    const session_id = this.#session.session.id;
    await this.#app.attempt(null, async () => {
      const { starts } = await this.#app.client.call('taps_view', { session_id });
      this.starts = starts.slice(0, this.turns);
    });
    const last = this.starts.at(-1);
    this.#player.seek(last === undefined ? 0 : Math.max(0, last - LEAD_IN_MS));
  }

  /** The next turn starts now. False where it cannot: all are tapped, or the playhead stands before the last tap. */
  tap(): boolean {
    const at = Math.round(this.#player.nowMs);
    if (this.next === null || at < (this.starts.at(-1) ?? 0)) return false;
    this.starts = [...this.starts, at];
    this.#keep();
    return true;
  }

  /** Takes the last tap back, and goes to a little before it. */
  takeBack(): boolean {
    const last = this.starts.at(-1);
    if (last === undefined) return false;
    this.starts = this.starts.slice(0, -1);
    this.#keep();
    this.#player.seek(Math.max(this.starts.at(-1) ?? 0, last - LEAD_IN_MS));
    return true;
  }

  /** Writes a new version of the transcript; true when it is written. */
  async save(): Promise<boolean> {
    this.saving = true;
    const session_id = this.#session.session.id;
    const saved = await this.#app.attempt('Saving the times', async () => {
      const { version } = this.#session.transcript;
      const request = { op: freshId(), session_id, version, starts: [...this.starts] };
      await this.#app.timesTapped(session_id, await this.#app.client.call('taps_save', request));
    });
    this.saving = false;
    return saved;
  }

  /** Losing one loses a tap at most: the next one brings them all. */
  #keep(): void {
    const request = { session_id: this.#session.session.id, starts: [...this.starts] };
    this.#app.client.call('taps_keep', request).catch(() => undefined);
  }
}
