// Two rules over the same conflicts: the table of their classes, and the conflicts of the cell that is open.
import type { ApiError, Class, Rule, RuleComparison, ThresholdConflict } from '$schemas/api';
import { apiError } from '../../api/client';
import type { App } from '../app.svelte';
import type { Threshold } from '../threshold.svelte';

/** As many conflicts of a cell are fetched at once. */
const PAGE = 50;

export class Comparing {
  /** The other rule; none where nothing is compared. */
  other: Rule | null = $state.raw(null);
  table: RuleComparison | null = $state.raw(null);
  cell: { row: Class; column: Class } | null = $state.raw(null);
  total = $state(0);
  conflicts: ThresholdConflict[] = $state.raw([]);
  problem: ApiError | null = $state.raw(null);
  readonly #app: App;
  readonly #threshold: Threshold;

  constructor(app: App, threshold: Threshold) {
    this.#app = app;
    this.#threshold = threshold;
  }

  /** Sets the rule on the screen against another one. */
  async with(other: Rule): Promise<void> {
    this.other = other;
    this.cell = null;
    this.conflicts = [];
    await this.#ask(async ({ source, one }) => {
      this.table = await this.#app.client.call('threshold_compare', { source, one, other });
    });
  }

  close(): void {
    this.other = null;
    this.table = null;
    this.cell = null;
    this.conflicts = [];
  }

  async open(row: Class, column: Class): Promise<void> {
    this.cell = { row, column };
    this.conflicts = [];
    await this.more();
  }

  /** The next conflicts of the open cell. */
  async more(): Promise<void> {
    const { cell, other } = this;
    if (cell === null || other === null) return;
    await this.#ask(async ({ source, one }) => {
      const from = this.conflicts.length;
      const request = { source, one, other, ...cell, from, limit: PAGE };
      const page = await this.#app.client.call('threshold_cell', request);
      if (this.cell !== cell) return;
      this.total = page.total;
      this.conflicts = [...this.conflicts, ...page.conflicts];
    });
  }

  async #ask(
    act: (of: { source: NonNullable<Threshold['source']>; one: Rule }) => Promise<void>,
  ): Promise<void> {
    const { source, rule } = this.#threshold;
    if (source === null || rule === null) return;
    try {
      await act({ source, one: rule });
      this.problem = null;
    } catch (reason) {
      this.problem = apiError(reason);
    }
  }
}
