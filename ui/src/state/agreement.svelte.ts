// The Agreement screen: what is compared, the disagreements, the consensus. It lives as long as the lead is at the
// study, so that going to a session and back loses nothing.
import type { CopyForm } from '$schemas/api';
import type { FileFilter } from '../platform';
import { Comparison } from './agreement/comparison.svelte';
import { Consensus } from './agreement/consensus.svelte';
import { Settling } from './agreement/settling.svelte';
import type { App } from './app.svelte';

const REPORTS: FileFilter[] = [{ name: 'Web page', extensions: ['html'] }];
const FIGURES: Record<'svg' | 'png', FileFilter[]> = {
  svg: [{ name: 'SVG picture', extensions: ['svg'] }],
  png: [{ name: 'PNG picture', extensions: ['png'] }],
};
const COPIED: Record<CopyForm, string> = {
  text: 'The table is copied as text.',
  csv: 'The table is copied as CSV.',
  apa: 'The sentence is copied.',
};

export class Agreement {
  readonly comparison: Comparison;
  readonly consensus: Consensus;
  readonly settling: Settling;
  /** Place of the pair whose table is shown, in `confusions`. */
  pair = $state(0);
  /** Every coefficient is shown, not the first of each line. */
  all = $state(false);
  readonly #app: App;

  constructor(app: App) {
    const { client, toasts } = app;
    const warn = (words: string) => toasts.problem(words);
    this.#app = app;
    this.consensus = new Consensus(client, { warn });
    this.comparison = new Comparison(client, {
      hideNames: () => this.consensus.hideNames,
      done: (_, outcome) => {
        if (this.pair >= outcome.confusions.length) this.pair = 0;
        void this.settling.list({ kind: 'differing' });
      },
    });
    this.settling = new Settling(client, this.comparison, this.consensus, {
      warn,
      tell: (words) => toasts.done(words, 'undo'),
    });
  }

  /** Reads everything; again when one comes back and codings may have changed. */
  async open(): Promise<void> {
    await this.consensus.read();
    if (this.comparison.outcome === null) await this.comparison.open();
    else await Promise.all([this.comparison.look(), this.settling.loadSessions()]);
  }

  /** Freezes the codings, and settling can begin. */
  async begin(unsubmitted: boolean): Promise<void> {
    if (!(await this.consensus.begin([], { unsubmitted }))) return;
    await Promise.all([this.comparison.look(), this.settling.loadSessions()]);
  }

  /** Freezes sessions as their codings stand now; the numbers follow. */
  async freezeAnew(sessions: string[]): Promise<void> {
    if (await this.consensus.begin(sessions, { anew: true })) await this.comparison.again();
  }

  async copy(form: CopyForm): Promise<void> {
    const { jobId } = this.comparison;
    const { hideNames } = this.consensus;
    if (jobId === null) return;
    await this.#app.attempt(null, async () => {
      const request = { job_id: jobId, form, hide_names: hideNames };
      const words = this.#app.client.call('agreement_copy', request).then(({ text }) => text);
      await this.#app.platform.copyText(words);
      const named = form === 'csv' && hideNames ? `${COPIED[form]} Names are hidden in it.` : COPIED[form];
      this.#app.toasts.done(named, 'copied');
    });
  }

  /** Writes everything as one page. */
  async report(options: { hideNames: boolean; withWords: boolean }): Promise<void> {
    const { jobId } = this.comparison;
    if (jobId === null) return;
    const name = `${this.#app.study?.name ?? 'Study'} agreement`.replaceAll(/[^\p{L}\p{N}-]+/gu, '-');
    const path = await this.#app.platform.pickDestination('Write the report', `${name}.html`, REPORTS);
    if (path === null) return;
    await this.#app.attempt('Writing the report', async () => {
      await this.#app.client.call('agreement_report', {
        job_id: jobId,
        path,
        hide_names: options.hideNames,
        with_words: options.withWords,
      });
      this.#app.toasts.done('The report is written.');
    });
  }

  /** Asks where a figure is to be kept, and keeps it. */
  async saveFigure(name: string, form: 'svg' | 'png', draw: () => Promise<Uint8Array>): Promise<void> {
    const path = await this.#app.platform.pickDestination(
      'Save the figure',
      `${name}.${form}`,
      FIGURES[form],
    );
    if (path === null) return;
    await this.#app.attempt(null, async () => {
      const bytes = Array.from(await draw());
      await this.#app.client.call('figure_save', { path, form, bytes });
      this.#app.toasts.done('The figure is saved.');
    });
  }
}
