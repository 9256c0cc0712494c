// What is compared, and the numbers of it. A comparison is a job of the core: it is started, asked about until it is
// done, and stopped when another choice takes its place. Only the latest one's answer is taken.
import type {
  AgreementChoice,
  AgreementOptions,
  AgreementOutcome,
  AgreementProgress,
  ApiError,
  UnitChoice,
} from '$schemas/api';
import { apiError, type Client } from '../../api/client';

/** How often a job under way is asked. */
const ASK_MS = 90;

interface Hooks {
  /** The numbers of a new comparison are there; `jobId` opens their units. */
  done?: (jobId: number, outcome: AgreementOutcome) => void;
  /** Raters are called by number instead of by name. */
  hideNames?: () => boolean;
  /** Waits; tests pass their own. */
  pause?: (ms: number) => Promise<void>;
}

export interface Under {
  /** 0 to 1. */
  done: number;
  doing: string;
}

export class Comparison {
  options: AgreementOptions | null = $state.raw(null);
  choice: AgreementChoice | null = $state.raw(null);
  outcome: AgreementOutcome | null = $state.raw(null);
  /** The job that `outcome` is of. */
  jobId: number | null = $state(null);
  /** What is being computed. */
  under: Under | null = $state.raw(null);
  problem: ApiError | null = $state.raw(null);
  /** The last computation was stopped: what is shown, if anything, is of an earlier choice. */
  stopped = $state(false);
  /** What is shown is of another choice than the one made. */
  readonly stale = $derived(
    this.outcome !== null && (this.under !== null || this.stopped || this.problem !== null),
  );

  readonly #client: Client;
  readonly #hooks: Hooks;
  /** Counts choices: an answer to an earlier one is not taken. */
  #turn = 0;
  #running: number | null = null;

  constructor(client: Client, hooks: Hooks = {}) {
    this.#client = client;
    this.#hooks = hooks;
  }

  /** Reads what can be chosen and computes the first comparison. */
  async open(): Promise<void> {
    try {
      await this.#ask();
    } catch (reason) {
      this.problem = apiError(reason);
      return;
    }
    const choice = this.choice ?? this.options?.first;
    if (choice !== undefined) await this.choose(choice);
  }

  /** Calls raters by name or by number, as it was chosen, in what can be chosen and in the numbers. */
  async callRaters(): Promise<void> {
    if (this.options !== null) await this.#ask();
    await this.look();
  }

  /** Changes parts of the choice and computes anew. */
  change(parts: Partial<AgreementChoice>): Promise<void> {
    return this.choice === null ? Promise.resolve() : this.choose({ ...this.choice, ...parts });
  }

  /** Another unit; a value that it does not have gives way to the first one that it has. */
  async changeUnit(unit: UnitChoice): Promise<void> {
    const { options, choice } = this;
    if (options === null || choice === null) return;
    const kept = options.values.find(
      (each) => same(each.value, choice.value) || each.value.kind === choice.value.kind,
    );
    const fits = kept?.units.includes(unit.kind) === true;
    const value = fits ? choice.value : options.values.find((each) => each.units.includes(unit.kind))?.value;
    await this.change({ unit, value: value ?? choice.value });
  }

  async choose(choice: AgreementChoice): Promise<void> {
    this.choice = choice;
    const turn = ++this.#turn;
    await this.#stopRunning();
    if (turn !== this.#turn) return;
    this.problem = null;
    this.stopped = false;
    this.under = { done: 0, doing: 'reading codings' };
    try {
      const { job_id: jobId } = await this.#client.call('agreement_start', choice);
      this.#running = jobId;
      if (turn === this.#turn) await this.#follow(turn, jobId);
      else await this.#stop(jobId);
    } catch (reason) {
      if (turn !== this.#turn) return;
      this.under = null;
      this.problem = apiError(reason);
    }
  }

  /** Computes the same again, because codings changed or it was stopped. */
  again(): Promise<void> {
    return this.choice === null ? this.open() : this.choose(this.choice);
  }

  /** Looks whether codings have changed since the numbers on the screen were computed. */
  async look(): Promise<void> {
    const { jobId } = this;
    if (jobId === null || this.under !== null) return;
    try {
      const { outcome } = await this.#poll(jobId);
      if (outcome !== null && jobId === this.jobId) this.outcome = outcome;
    } catch {
      // Too many comparisons were made since: what is known of this one stays.
    }
  }

  /** Stops what is being computed; earlier numbers stay. */
  async cancel(): Promise<void> {
    if (this.under === null) return;
    this.#turn += 1;
    this.under = null;
    this.stopped = true;
    await this.#stopRunning();
  }

  async #ask(): Promise<void> {
    this.options = await this.#client.call('agreement_options', { hide_names: this.#namesHidden() });
  }

  #poll(jobId: number): Promise<AgreementProgress> {
    return this.#client.call('agreement_poll', { job_id: jobId, hide_names: this.#namesHidden() });
  }

  #namesHidden(): boolean {
    return this.#hooks.hideNames?.() ?? false;
  }

  async #follow(turn: number, jobId: number): Promise<void> {
    const pause = this.#hooks.pause ?? ((ms: number) => new Promise<void>((go) => setTimeout(go, ms)));
    for (;;) {
      const progress = await this.#poll(jobId);
      if (turn !== this.#turn) return;
      if (progress.state === 'reading' || progress.state === 'computing') {
        this.under = { done: progress.done, doing: progress.doing };
        await pause(ASK_MS);
        if (turn !== this.#turn) return;
        continue;
      }
      this.#running = null;
      this.under = null;
      if (progress.outcome !== null) {
        this.outcome = progress.outcome;
        this.jobId = jobId;
        this.#hooks.done?.(jobId, progress.outcome);
      } else if (progress.problem !== null) this.problem = progress.problem;
      else this.stopped = true;
      return;
    }
  }

  async #stopRunning(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    if (running !== null) await this.#stop(running);
  }

  async #stop(jobId: number): Promise<void> {
    try {
      await this.#client.call('agreement_cancel', { job_id: jobId });
    } catch {
      // It has ended already, which is as good.
    }
  }
}

/** Two choices that say the same. */
export const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(bare(one)) === JSON.stringify(bare(other));

/** Without what is not said, members in a fixed order. */
function bare(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null && member !== undefined)
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([key, member]) => [key, bare(member)]),
  );
}
