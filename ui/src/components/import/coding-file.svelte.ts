// One coding file on its way in: what it is, and whether it comes as a recoding. Nothing is written before the import.
import type { ApiError, CodingPreview } from '$schemas/api';
import { apiError } from '../../api/client';
import type { App } from '../../state/app.svelte';

export class CodingFile {
  preview: CodingPreview | null = $state.raw(null);
  /** Why it cannot be imported as it is. */
  problem: ApiError | null = $state.raw(null);
  asRecoding = $state(false);

  readonly path: string;
  readonly #app: App;

  constructor(app: App, path: string) {
    this.#app = app;
    this.path = path;
    if (app.lead) void this.#read();
  }

  get fileName(): string {
    return this.path.split(/[/\\]/).at(-1) ?? this.path;
  }

  /** The study has another coding by this rater: as a recoding it can stand beside that. */
  get mayBeRecoding(): boolean {
    return this.asRecoding || this.problem?.code === 'exists';
  }

  setRecoding(on: boolean): void {
    this.asRecoding = on;
    void this.#read();
  }

  /** Takes it in. False when it was refused. */
  async commit(): Promise<boolean> {
    return this.#app.attempt('Importing the coding', async () => {
      const done = await this.#app.client.call('coding_import', this.#request);
      await this.#app.codingImported(done);
    });
  }

  get #request() {
    return { path: this.path, as_recoding: this.asRecoding };
  }

  async #read(): Promise<void> {
    try {
      this.preview = await this.#app.client.call('coding_preview', this.#request);
      this.problem = null;
    } catch (reason) {
      this.preview = null;
      this.problem = apiError(reason);
    }
  }
}
