// Codings on their way out: what is chosen, where to, and how far it is. An export is a job of the core that goes on
// beside the work, also while its dialog is closed; stopped, it leaves nothing behind.
import type {
  ApiError,
  ExportChoice,
  ExportForm,
  ExportFormView,
  ExportOptions,
  Exported,
} from '$schemas/api';
import { apiError } from '../api/client';
import { counted } from '../components/shared/time';
import type { App } from './app.svelte';

/** How often an export under way is asked; each time a little is read, so it may not be rare. */
const ASK_MS = 40;

type Narrowing = Pick<ExportChoice, 'case' | 'session' | 'rater' | 'purpose'>;
const EVERYTHING: Narrowing = { case: null, session: null, rater: null, purpose: null };

export class Exporting {
  options: ExportOptions | null = $state.raw(null);
  form: ExportForm = $state('csv');
  narrowed: Narrowing = $state.raw(EVERYTHING);
  words = $state(false);
  /** What was typed or chosen; `null`: the name that is suggested. */
  #typed: string | null = $state(null);
  under: { done: number; doing: string } | null = $state.raw(null);
  exported: Exported | null = $state.raw(null);
  problem: ApiError | null = $state.raw(null);
  stopped = $state(false);

  readonly #app: App;
  readonly #pause: (ms: number) => Promise<void>;
  #job: number | null = null;
  /** Counts exports: an answer about an earlier one is not taken. */
  #turn = 0;

  constructor(app: App, pause = (ms: number) => new Promise<void>((go) => setTimeout(go, ms))) {
    this.#app = app;
    this.#pause = pause;
  }

  readonly chosen: ExportFormView | null = $derived(
    this.options?.forms.find(({ form }) => form === this.form) ?? null,
  );

  /** Where to, as it stands in the dialog. */
  get path(): string {
    return this.#typed ?? this.suggested;
  }

  set path(path: string) {
    this.#typed = path;
    this.exported = null;
  }

  get suggested(): string {
    const { options, chosen } = this;
    if (options === null || chosen === null) return '';
    const between = options.folder === '' ? '' : options.folder.includes('\\') ? '\\' : '/';
    const ending = chosen.extension === null ? ` ${chosen.form}` : `.${chosen.extension}`;
    return `${options.folder}${between}${options.suggested}${ending}`;
  }

  get ready(): boolean {
    return this.chosen?.refused === null && this.path.trim() !== '' && this.under === null;
  }

  /** Reads what can be chosen; a choice made before stays, where it still can be. */
  async open(): Promise<void> {
    if (this.under === null) this.#forget();
    try {
      this.options = await this.#app.client.call('export_options', {});
      if (this.narrowed.case !== null && !this.options.cases.includes(this.narrowed.case ?? ''))
        this.narrowed = EVERYTHING;
    } catch (reason) {
      this.problem = apiError(reason);
    }
  }

  choose(form: ExportForm): void {
    this.form = form;
    this.#typed = null;
    this.#forget();
  }

  narrow(parts: Partial<Narrowing>): void {
    const session = 'case' in parts ? { session: null } : {};
    this.narrowed = { ...this.narrowed, ...session, ...parts };
    this.#forget();
  }

  async pick(): Promise<void> {
    const { chosen } = this;
    if (chosen === null) return;
    const filters = chosen.extension === null ? [] : [{ name: chosen.name, extensions: [chosen.extension] }];
    const path = await this.#app.platform.pickDestination('Export codings', this.path, filters);
    if (path !== null) this.path = path;
  }

  async start(): Promise<void> {
    if (!this.ready) return;
    const turn = ++this.#turn;
    this.#forget();
    this.under = { done: 0, doing: 'reading codings' };
    try {
      this.#app.sendRest();
      await this.#app.coding?.settled();
      const choice = { form: this.form, path: this.path.trim(), words: this.words, ...this.narrowed };
      const { job_id: jobId } = await this.#app.client.call('export_start', choice);
      this.#job = jobId;
      if (turn === this.#turn) await this.#follow(turn, jobId);
      else await this.#app.client.call('export_cancel', { job_id: jobId });
    } catch (reason) {
      if (turn !== this.#turn) return;
      this.under = null;
      this.#failed(apiError(reason));
    }
  }

  /** Stops what is under way; nothing of it is left. */
  async cancel(): Promise<void> {
    if (this.under === null) return;
    this.#turn += 1;
    this.under = null;
    this.stopped = true;
    const job = this.#job;
    this.#job = null;
    if (job !== null)
      await this.#app.attempt(null, async () => {
        await this.#app.client.call('export_cancel', { job_id: job });
      });
  }

  /** The study is another, or somebody else sits here: what was under way has ended with it. */
  leave(): void {
    this.#turn += 1;
    this.#job = null;
    this.under = null;
    this.options = null;
    this.#typed = null;
    this.narrowed = EVERYTHING;
    this.words = false;
    this.#forget();
  }

  async #follow(turn: number, jobId: number): Promise<void> {
    for (;;) {
      const progress = await this.#app.client.call('export_poll', { job_id: jobId });
      if (turn !== this.#turn) return;
      if (progress.state === 'reading' || progress.state === 'computing') {
        this.under = { done: progress.done, doing: progress.doing };
        await this.#pause(ASK_MS);
        if (turn !== this.#turn) return;
        continue;
      }
      this.under = null;
      this.#job = null;
      if (progress.exported !== null) {
        this.exported = progress.exported;
        this.#app.toasts.done(`Exported ${wordsOf(progress.exported)}.`);
      } else if (progress.problem !== null) this.#failed(progress.problem);
      else this.stopped = true;
      return;
    }
  }

  /** Said in the dialog, or where that is closed above the work. */
  #failed(error: ApiError): void {
    this.problem = error;
    if (this.#app.dialog !== 'export') this.#app.toasts.problem(error.message);
  }

  #forget(): void {
    this.exported = null;
    this.problem = null;
    this.stopped = false;
  }
}

/** `15 codings, 106 conflicts and 225 markers in 8 files`. */
export const wordsOf = ({ codings, conflicts, markers, files }: Exported): string =>
  `${counted(codings, 'coding')}, ${counted(conflicts, 'conflict')} and ${counted(markers, 'marker')} in ${counted(files, 'file')}`;
