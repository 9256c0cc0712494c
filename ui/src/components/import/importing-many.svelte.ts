// Several transcript files on their way in together: what was guessed of each, in one table. What needs a person to look at it
// is left for the dialog of one file.
import type { ImportPreview, Imported } from '$schemas/api';
import { apiError } from '../../api/client';
import type { App } from '../../state/app.svelte';
import { GUESSED, isTranscript, listFor } from './importing.svelte';
import { isJson } from '../../state/files';

/** One file and where it goes. */
export class Row {
  preview: ImportPreview | null = $state.raw(null);
  /** Why it cannot be imported as it is. */
  problem: string | null = $state(null);
  chosen = $state(false);
  caseName = $state('');
  session: number = $state(1);

  constructor(readonly path: string) {}

  get fileName(): string {
    return this.path.split(/[/\\]/).at(-1) ?? this.path;
  }

  /** Somebody has to say who is patient and who is therapist. */
  get rolesOpen(): boolean {
    const transcripts = this.preview?.transcripts ?? [];
    return transcripts.some(({ speakers, unnamed_turns }) => {
      const has = (role: string) => speakers.some((speaker) => speaker.role === role);
      return unnamed_turns > 0 || !has('patient') || !has('therapist');
    });
  }

  get turns(): number {
    return this.preview?.transcripts.reduce((sum, each) => sum + each.turns, 0) ?? 0;
  }

  /** Its sessions by number. */
  get numbers(): number[] {
    return (this.preview?.transcripts ?? []).map((_, index) => this.session + index);
  }
}

export class ImportingMany {
  rows: Row[] = $state.raw([]);
  reading = $state(true);
  readonly #app: App;

  constructor(app: App, paths: string[]) {
    this.#app = app;
    void this.#read(paths);
  }

  get chosen(): Row[] {
    return this.rows.filter((row) => row.chosen);
  }

  /** The chosen rows of which another has the same case and number. */
  get clashing(): Set<Row> {
    const taken = new Map<string, Row>();
    const clashing = new Set<Row>();
    for (const row of this.chosen) {
      for (const number of row.numbers) {
        const key = `${String(number)} ${row.caseName.trim()}`;
        const other = taken.get(key);
        if (other !== undefined && other !== row) clashing.add(other).add(row);
        taken.set(key, row);
      }
    }
    return clashing;
  }

  get ready(): boolean {
    const named = this.chosen.every((row) => row.caseName.trim() !== '');
    return !this.reading && this.chosen.length > 0 && named && this.clashing.size === 0;
  }

  /** Writes what is chosen, file by file; what is refused or was not chosen waits for the dialog of one file. */
  async commit(): Promise<void> {
    const done: string[] = [];
    const results: Imported[] = [];
    for (const row of this.chosen) {
      try {
        results.push(
          await this.#app.client.call('import_commit', {
            path: row.path,
            options: this.#options,
            case: row.caseName.trim(),
            session: row.session,
          }),
        );
        done.push(row.path);
        row.chosen = false;
      } catch (reason) {
        row.problem = apiError(reason).message;
        row.chosen = false;
      }
    }
    this.rows = this.rows.filter((row) => !done.includes(row.path));
    await this.#app.importedTogether(results, done);
  }

  get #options() {
    return { ...GUESSED, ...listFor(this.#app.study?.id ?? '') };
  }

  async #read(paths: string[]): Promise<void> {
    for (const path of paths) {
      if (isJson(path) && !(await isTranscript(this.#app, path))) continue;
      const row = new Row(path);
      this.rows = [...this.rows, row];
      try {
        const preview = await this.#app.client.call('import_preview', { path, options: this.#options });
        row.preview = preview;
        row.caseName = preview.suggested_case;
        row.session = this.#free(row, preview.suggested_session);
        row.chosen = !row.rolesOpen && row.caseName !== '';
      } catch (reason) {
        row.problem = apiError(reason).message;
      }
    }
    this.reading = false;
  }

  /** The number that is suggested, or the next that no row before has in this case. */
  #free(row: Row, suggested: number): number {
    const before = this.rows.filter((other) => other !== row && other.caseName === row.caseName);
    const taken = new Set(before.flatMap((other) => other.numbers));
    let number = suggested;
    while (taken.has(number)) number += 1;
    return number;
  }
}
