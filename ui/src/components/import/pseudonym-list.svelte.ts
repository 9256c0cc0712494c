// A list of pseudonyms while files are imported: typed, from a file, or both. It is in memory alone: no study holds it.
import type { ImportOptions } from '$schemas/api';
import type { FileFilter } from '../../platform';
import type { App } from '../../state/app.svelte';

type List = Pick<ImportOptions, 'pseudonyms' | 'pseudonym_file'>;

const NO_LIST: List = { pseudonyms: '', pseudonym_file: null };
const LISTS: FileFilter[] = [
  { name: 'Lists', extensions: ['txt', 'tsv', 'TXT'] },
  { name: 'All files', extensions: ['*'] },
];
/** The list goes on with the next file of the same study. */
let kept = { study: '', list: NO_LIST };

export class PseudonymList {
  options: List = $state.raw(NO_LIST);
  readonly #app: App;
  readonly #changed: () => void;

  constructor(app: App, changed: () => void) {
    this.#app = app;
    this.#changed = changed;
    if (kept.study === this.#study) this.options = kept.list;
  }

  setTyped(pseudonyms: string): void {
    this.#change({ pseudonyms });
  }

  async pickFile(): Promise<void> {
    const [path] = await this.#app.platform.pickFiles('A list of pseudonyms', LISTS);
    if (path !== undefined) this.#change({ pseudonym_file: path });
  }

  leaveFile(): void {
    this.#change({ pseudonym_file: null });
  }

  /** Keeps what is typed in a file outside the study. */
  async keepTyped(): Promise<void> {
    const path = await this.#app.platform.pickDestination('Keep the list', 'pseudonyms.txt', LISTS);
    if (path === null) return;
    await this.#app.attempt('Keeping the list', async () => {
      await this.#app.client.call('pseudonyms_keep', { path, pseudonyms: this.options.pseudonyms });
      this.#app.toasts.done('The list is kept.');
    });
  }

  #change(change: Partial<List>): void {
    this.options = { ...this.options, ...change };
    kept = { study: this.#study, list: this.options };
    this.#changed();
  }

  get #study(): string {
    return this.#app.study?.id ?? '';
  }
}
