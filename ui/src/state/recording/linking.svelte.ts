// Linking a recording: to which session, from when on, and how far the file is read.
import type { RecordingTarget } from '$schemas/api';
import type { App } from '../app.svelte';
import { ended } from './job';

/** Where a recording goes: to the session that is open, or to one that is made for it. */
export type Goal = 'open' | 'new';

export class Linking {
  /** What was chosen; else the session that is open. */
  chosen: Goal | null = $state(null);
  readonly goal: Goal = $derived(this.session === null ? 'new' : (this.chosen ?? 'open'));
  caseName = $state('');
  number: number | null = $state(null);
  /** Seconds, as they are typed; how far the recording begins after the session. */
  offset = $state('0');
  /** How far the file is read, 0 to 1; null while it is not. */
  done: number | null = $state(null);
  problem: string | null = $state(null);

  readonly path: string;
  readonly #app: App;
  #wanted = true;

  constructor(app: App, path: string) {
    this.#app = app;
    this.path = path;
    this.caseName = app.study?.cases[0] ?? '';
  }

  get fileName(): string {
    return this.path.split(/[\\/]/).at(-1) ?? this.path;
  }

  /** The session that is open, also one that nobody has coded. */
  get session(): { id: string; label: string; recorded: boolean } | null {
    return this.#app.session?.session ?? this.#app.uncoded;
  }

  get offsetMs(): number | null {
    return offsetMs(this.offset);
  }

  get ready(): boolean {
    const placed = this.goal === 'open' ? this.session !== null : this.caseName.trim() !== '';
    return placed && this.offsetMs !== null && this.done === null;
  }

  async link(): Promise<void> {
    const app = this.#app;
    const { client } = app;
    const target = this.#target();
    const offset_ms = this.offsetMs;
    if (target === null || offset_ms === null) return;
    this.problem = null;
    this.done = 0;
    const well = await app.attempt(null, async () => {
      const { job_id } = await client.call('recording_link', { path: this.path, target, offset_ms });
      const progress = await ended(
        client,
        job_id,
        (done) => (this.done = done),
        () => this.#wanted,
      );
      if (progress.problem !== null) this.problem = progress.problem.message;
      if (progress.warning !== null) app.toasts.problem(progress.warning);
      if (progress.session_id !== null) await app.recordingLinked(progress.session_id);
    });
    this.done = null;
    if (!well) this.problem ??= null;
  }

  /** The file is not read on. */
  stop(): void {
    this.#wanted = false;
  }

  #target(): RecordingTarget | null {
    if (this.goal === 'open') {
      return this.session === null ? null : { kind: 'session', session_id: this.session.id };
    }
    const number = this.number === null ? {} : { number: this.number };
    return { kind: 'new', case: this.caseName.trim(), ...number };
  }
}

/** Seconds as they are typed (`-2.5`, `1,5`, `1:02`) in ms; null where they are none, or more than a day. */
export function offsetMs(typed: string): number | null {
  const words = /^([+−-]?)(?:(\d+):)?(\d+)(?:[.,](\d{1,3}))?$/u.exec(typed.trim());
  if (words === null) return null;
  const [, sign, minutes = '0', seconds = '0', part = '0'] = words;
  const ms = Number(minutes) * 60_000 + Number(seconds) * 1_000 + Number(part.padEnd(3, '0'));
  if (ms > 86_400_000) return null;
  return sign === '-' || sign === '−' ? -ms || 0 : ms;
}

/** The other way: `-2.5`. */
export const offsetWords = (ms: number): string => String(ms / 1_000);
