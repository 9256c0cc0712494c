// The sweep: counts at every cut, or along one other number of the rule; read when it is to be seen.
import type { ApiError, SweepReport } from '$schemas/api';
import { apiError } from '../../api/client';
import type { App } from '../app.svelte';
import type { Threshold } from '../threshold.svelte';

export class Sweeping {
  report: SweepReport | null = $state.raw(null);
  parameter = $state('cut');
  problem: ApiError | null = $state.raw(null);
  /** It is on the screen. */
  shown = $state(false);
  readonly #app: App;
  readonly #threshold: Threshold;

  constructor(app: App, threshold: Threshold) {
    this.#app = app;
    this.#threshold = threshold;
  }

  async show(): Promise<void> {
    this.shown = true;
    await this.follow();
  }

  async over(parameter: string): Promise<void> {
    this.parameter = parameter;
    await this.follow();
  }

  /** Follows the rule and the source, where it is seen. */
  async follow(): Promise<void> {
    const { rule, source } = this.#threshold;
    if (!this.shown || rule === null || source === null) return;
    try {
      const request = { rule, parameter: this.parameter, values: null, source };
      this.report = await this.#app.client.call('threshold_sweep', request);
      this.problem = null;
    } catch (reason) {
      this.problem = apiError(reason);
    }
  }
}
