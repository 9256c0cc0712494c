// Several transcript files on their way in together: what was guessed of each, in one table. What needs a person to look at it
// is left for the dialog of one file.
import type { ImportOptions, ImportPreview, Imported, PseudonymPreview } from '$schemas/api';
import { apiError } from '../../api/client';
import type { App } from '../../state/app.svelte';
import { GUESSED, isTranscript } from './importing.svelte';
import { PseudonymList } from './pseudonym-list.svelte';
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
  readonly pseudonyms: PseudonymList;
  readonly #app: App;
  #wanted = 0;

  constructor(app: App, paths: string[]) {
    this.#app = app;
    this.pseudonyms = new PseudonymList(app, () => void this.#read());
    void this.#begin(paths);
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
            new_version: false,
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

  /** What the list does to all files together. A line found nothing where it did so in every file. */
  get told(): PseudonymPreview | null {
    const previews = this.rows.flatMap(({ preview, fileName }) =>
      preview === null ? [] : [{ ...preview.pseudonyms, fileName }],
    );
    const first = previews[0];
    if (first === undefined) return null;
    const inAll = (lines: (each: PseudonymPreview) => number[]) =>
      lines(first).filter((line) => previews.every((each) => lines(each).includes(line)));
    return {
      entries: first.entries,
      hits: previews.flatMap(({ hits, fileName }) =>
        hits.map((hit) => ({ ...hit, transcript: hit.transcript ?? fileName })),
      ),
      more: previews.reduce((sum, each) => sum + each.more, 0),
      unused_in_file: inAll((each) => each.unused_in_file),
      unused_typed: inAll((each) => each.unused_typed),
    };
  }

  get #options(): ImportOptions {
    return { ...GUESSED, ...this.pseudonyms.options };
  }

  async #begin(paths: string[]): Promise<void> {
    const kinds = await Promise.all(
      paths.map(async (path) => !isJson(path) || (await isTranscript(this.#app, path))),
    );
    this.rows = paths.filter((_, index) => kinds[index]).map((path) => new Row(path));
    // A table of one is no table; codings have a dialog of their own.
    if (this.rows.length < 2) this.#app.oneByOne = true;
    else await this.#read();
  }

  /** Reads all files; what somebody typed into the table stays. */
  async #read(): Promise<void> {
    this.#wanted += 1;
    const asked = this.#wanted;
    this.reading = true;
    for (const row of this.rows) {
      await this.#readOne(row);
      if (asked !== this.#wanted) return;
    }
    this.reading = false;
  }

  async #readOne(row: Row): Promise<void> {
    const first = row.preview === null;
    const unread = first || row.problem !== null;
    try {
      const preview = await this.#app.client.call('import_preview', {
        path: row.path,
        options: this.#options,
      });
      const untouched = first || row.caseName === row.preview?.suggested_case;
      row.preview = preview;
      row.problem = null;
      if (untouched) row.caseName = preview.suggested_case;
      if (first) row.session = this.#free(row, preview.suggested_session);
      if (unread) row.chosen = !row.rolesOpen && row.caseName !== '';
    } catch (reason) {
      row.problem = apiError(reason).message;
      row.chosen = false;
    }
  }

  /** The number that is suggested, or the next that no row before has in this case. */
  #free(row: Row, suggested: number): number {
    const before = this.rows.slice(0, this.rows.indexOf(row));
    const taken = new Set(
      before.filter((other) => other.caseName === row.caseName).flatMap((other) => other.numbers),
    );
    let number = suggested;
    while (taken.has(number)) number += 1;
    return number;
  }
}
