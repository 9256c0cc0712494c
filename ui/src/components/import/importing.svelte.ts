// One transcript file on its way in: what was guessed, what the person changed, what will be there. The file is
// read again after every change; nothing is written before the import.
import type { ColumnMap, ImportOptions, ImportPreview, Role } from '$schemas/api';
import { apiError } from '../../api/client';
import type { App } from '../../state/app.svelte';
import { PseudonymList } from './pseudonym-list.svelte';

export const GUESSED: ImportOptions = {
  format: null,
  encoding: null,
  columns: null,
  tiers: [],
  speakers: {},
  unnamed: [],
  merge_gap_ms: null,
  merge_by_sentence: false,
  pseudonyms: '',
  pseudonym_file: null,
};
/** What can be chosen while the file cannot be read as it was guessed. */
const FORMATS = [
  'text',
  'webvtt',
  'srt',
  'csv',
  'tsv',
  'whisper',
  'eaf',
  'chat',
  'textgrid',
  'docx',
  'xlsx',
  'qdpx',
];
const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'];
const TABLES = ['csv', 'tsv', 'tab', 'xlsx'];
/** Makes one case of each transcript in a file. */
export const CASE_EACH = '{transcript_id}';

/** Whether the core takes a JSON file for a transcript, readable or not. What cannot be opened is shown as one. */
export async function isTranscript(app: App, path: string): Promise<boolean> {
  try {
    return (await app.client.call('import_kind', { path })).kind === 'transcript';
  } catch {
    return true;
  }
}

export class Importing {
  options: ImportOptions = $state.raw(GUESSED);
  preview: ImportPreview | null = $state.raw(null);
  /** Why the file cannot be read as it is set now. */
  problem: string | null = $state(null);
  reading = $state(false);
  caseName = $state('');
  session: number | null = $state(null);
  caseEach = $state(false);
  /** What comes in corrects the transcript that the session has. */
  newVersion = $state(false);

  readonly path: string;
  readonly pseudonyms: PseudonymList;
  readonly #app: App;
  #wanted = 0;
  /** A case that nobody typed follows what is suggested. */
  #suggested = '';
  #suggestedSession: number | null = null;

  constructor(app: App, path: string) {
    this.#app = app;
    this.path = path;
    // Names that were chosen before may be others now.
    this.pseudonyms = new PseudonymList(app, () => this.#change({ speakers: {} }));
    void this.#read(true);
  }

  get fileName(): string {
    return this.path.split(/[/\\]/).at(-1) ?? this.path;
  }

  /** The file holds several transcripts. */
  get several(): boolean {
    return (this.preview?.transcripts.length ?? 0) > 1;
  }

  get formats(): string[] {
    return this.preview?.formats ?? FORMATS;
  }

  get encodings(): string[] {
    return this.preview?.encodings ?? ENCODINGS;
  }

  /** The file is, or is taken for, a table. */
  get table(): boolean {
    if (this.preview !== null) return this.preview.columns.length > 0;
    const ending = this.fileName.split('.').at(-1)?.toLowerCase() ?? '';
    return this.problem !== null && TABLES.includes(this.options.format ?? ending);
  }

  /** The column that holds something, as it is set or was guessed. */
  columnOf(key: keyof ColumnMap): string | null {
    return (this.options.columns ?? this.preview?.mapping)?.[key] ?? null;
  }

  get ready(): boolean {
    const named = this.caseEach || this.caseName.trim() !== '';
    return this.preview !== null && this.problem === null && !this.reading && named;
  }

  /** Another format starts the guessing of columns and speakers again. */
  setFormat(format: string): void {
    this.#change({
      format,
      columns: null,
      tiers: [],
      speakers: {},
      unnamed: [],
      merge_gap_ms: null,
      merge_by_sentence: false,
    });
  }

  setEncoding(encoding: string): void {
    this.#change({ encoding });
  }

  setColumn(key: keyof ColumnMap, name: string | null): void {
    const now = this.options.columns ?? this.preview?.mapping;
    const none: ColumnMap = { text: null, speaker: null, start: null, end: null, transcript: null };
    this.#change({ columns: { ...none, ...now, [key]: name } });
  }

  /** The tiers to read, by name. Other tiers have other speakers. */
  setTiers(tiers: string[]): void {
    this.#change({ tiers, speakers: {}, unnamed: [] });
  }

  setRole(speaker: string, role: Role): void {
    this.#change({ speakers: { ...this.options.speakers, [speaker]: role } });
  }

  /** Roles of the turns that name nobody: none, one for all, or several that take turns. */
  setUnnamed(roles: Role[]): void {
    this.#change({ unnamed: roles });
  }

  /** Milliseconds within which a speaker's consecutive cues become one turn; 0 merges none. */
  setMergeGap(ms: number): void {
    this.#change({ merge_gap_ms: ms });
  }

  /** Whether a sentence ends a turn that is put together from cues. */
  setMergeBySentence(on: boolean): void {
    this.#change({ merge_by_sentence: on });
  }

  /** Writes the sessions. False when it was refused. */
  async commit(): Promise<boolean> {
    return this.#app.attempt('Importing', async () => {
      const result = await this.#app.client.call('import_commit', {
        path: this.path,
        options: this.#all,
        case: this.caseEach ? CASE_EACH : this.caseName.trim(),
        session: this.caseEach ? null : this.session,
        new_version: this.newVersion && this.session !== null && !this.caseEach,
      });
      const count = result.sessions.length;
      this.#app.toasts.done(count === 1 ? 'One session is imported.' : `${count} sessions are imported.`);
      await this.#app.imported(result);
    });
  }

  get #all(): ImportOptions {
    return { ...this.options, ...this.pseudonyms.options };
  }

  #change(change: Partial<ImportOptions>): void {
    this.options = { ...this.options, ...change };
    void this.#read(false);
  }

  async #read(first: boolean): Promise<void> {
    this.#wanted += 1;
    const asked = this.#wanted;
    this.reading = true;
    try {
      const preview = await this.#app.client.call('import_preview', {
        path: this.path,
        options: this.#all,
      });
      if (asked !== this.#wanted) return;
      this.preview = preview;
      this.problem = null;
      if (first || this.caseName === '' || this.caseName === this.#suggested) this.#suggest(preview);
    } catch (reason) {
      if (asked !== this.#wanted) return;
      this.problem = apiError(reason).message;
    }
    this.reading = false;
  }

  /** What nobody has changed follows what is suggested. */
  #suggest(preview: ImportPreview): void {
    if (this.session === this.#suggestedSession) this.session = preview.suggested_session;
    this.#suggestedSession = preview.suggested_session;
    this.caseName = preview.suggested_case;
    this.#suggested = preview.suggested_case;
  }
}
