// The Threshold screen: the rule that is looked with, what it makes of the study's conflicts, and the drag of its cut.
// A step of the drag is one question to the core; while it is under way only the newest cut waits.
import type {
  ApiError,
  Rule,
  RuleView,
  SavedRule,
  ThresholdBasis,
  ThresholdConflict,
  ThresholdSource,
  ThresholdStep,
  ThresholdView,
} from '$schemas/api';
import { apiError } from '../api/client';
import type { FileFilter } from '../platform';
import { Comparison, same } from './agreement/comparison.svelte';
import type { App } from './app.svelte';
import { Comparing } from './threshold/comparing.svelte';
import { Sweeping } from './threshold/sweeping.svelte';

const RULES: FileFilter[] = [{ name: 'Sunder rule', extensions: ['json'] }];
/** Agreement is computed anew when the rule has rested for so long. */
const REST_MS = 500;

export class Threshold {
  basis: ThresholdBasis | null = $state.raw(null);
  /** How much is read, 0 to 1. */
  read = $state(0);
  problem: ApiError | null = $state.raw(null);
  source: ThresholdSource | null = $state.raw(null);
  rules: RuleView[] = $state.raw([]);
  /** The rule that is edited; what is saved goes there. */
  ruleId: string | null = $state(null);
  /** The rule as it stands on the screen, with the cut that it was prepared with. */
  draft: Rule | null = $state.raw(null);
  /** Where the line is. */
  cut = $state(3);
  moveExceptions = $state(false);
  view: ThresholdView | null = $state.raw(null);
  step: ThresholdStep | null = $state.raw(null);
  /** Conflicts that were fetched, by place; as they were at the cut of `rowsAt`. */
  rows: ReadonlyMap<number, ThresholdConflict> = $state.raw(new Map());
  dialog: 'lock' | 'versions' | null = $state(null);

  readonly saved: RuleView | null = $derived(this.rules.find(({ id }) => id === this.ruleId) ?? null);
  /** The rule with the cut where the line is. */
  readonly rule: Rule | null = $derived(this.draft === null ? null : this.#atLine(this.draft));
  readonly locked = $derived(this.saved?.locked != null);
  readonly changed = $derived(this.rule !== null && this.saved !== null && !same(this.rule, this.saved.rule));

  readonly agreement: Comparison;
  readonly comparing: Comparing;
  readonly sweeping: Sweeping;
  readonly #app: App;
  /** The cut that waits for the step under way to end. */
  #waiting: { cut: number; whole: boolean } | null = null;
  #stepping = false;
  /** Counts rules: what is said of an earlier one is not taken. */
  #turn = 0;
  #resting: ReturnType<typeof setTimeout> | undefined;

  constructor(app: App) {
    this.#app = app;
    this.agreement = new Comparison(app.client);
    this.comparing = new Comparing(app, this);
    this.sweeping = new Sweeping(app, this);
  }

  /** Reads the codings, as far as they are not read yet, and looks with the study's rule. */
  async open(): Promise<void> {
    this.problem = null;
    try {
      await this.#readAll();
    } catch (reason) {
      this.problem = apiError(reason);
      return;
    }
    await this.prepare();
  }

  async #readAll(): Promise<void> {
    // A rule that was only looked at follows what was saved elsewhere meanwhile.
    const untouched = !this.changed;
    for (;;) {
      const { done, basis } = await this.#app.client.call('threshold_read', { anew: false });
      this.read = done;
      if (basis == null) continue;
      this.#take(basis);
      break;
    }
    if (this.draft === null || (untouched && this.changed)) {
      this.#begin(this.saved ?? this.rules.find((rule) => rule.of_study) ?? this.rules[0]);
    }
  }

  #take(basis: ThresholdBasis): void {
    this.basis = basis;
    this.rules = basis.rules;
    const kept = basis.sources.find(({ source }) => same(source, this.source));
    this.source = (kept ?? basis.sources[0])?.source ?? null;
  }

  #begin(rule: RuleView | undefined): void {
    if (rule === undefined) return;
    this.ruleId = rule.id;
    this.draft = rule.rule;
    this.cut = rule.rule.cut;
  }

  #atLine(rule: Rule): Rule {
    const by = this.cut - rule.cut;
    if (by === 0) return rule;
    const overrides =
      this.moveExceptions && rule.overrides !== undefined
        ? { overrides: rule.overrides.map((each) => ({ ...each, cut: each.cut + by })) }
        : {};
    // A name that says the old cut would be wrong in every table it stands in.
    const old = new RegExp(`(?<![\\d.])${String(rule.cut)}(?![\\d.])`);
    return { ...rule, name: rule.name.replace(old, String(this.cut)), ...overrides, cut: this.cut };
  }

  /** Asks the core what the rule makes of everything. */
  async prepare(): Promise<void> {
    const { source, rule, saved } = this;
    if (source === null || rule === null) return;
    const turn = ++this.#turn;
    this.#waiting = null;
    const base = saved?.rule ?? rule;
    const request = { source, rule, base, move_exceptions: this.moveExceptions };
    const ask = () => this.#app.client.call('threshold_prepare', request);
    try {
      const view = await ask().catch(async (reason: unknown) => {
        // What was read is forgotten when the study changes: it is read again, once.
        if (apiError(reason).code !== 'not-found') throw reason;
        await this.#readAll();
        return ask();
      });
      if (turn !== this.#turn) return;
      this.problem = null;
      this.draft = rule;
      this.view = view;
      this.step = view.step;
      await this.#fetchRows();
      this.#rest();
    } catch (reason) {
      if (turn === this.#turn) this.problem = apiError(reason);
    }
  }

  /** Moves the line; `whole` once it is let go. */
  drag(cut: number, whole = false): void {
    if (this.view === null || this.locked) return;
    this.cut = cut;
    this.#waiting = { cut, whole };
    if (!this.#stepping) void this.#steps();
  }

  async #steps(): Promise<void> {
    this.#stepping = true;
    const turn = this.#turn;
    try {
      while (this.#waiting !== null && turn === this.#turn) {
        const request = this.#waiting;
        this.#waiting = null;
        const step = await this.#app.client.call('threshold_step', request);
        if (turn !== this.#turn) break;
        this.step = step;
        if (this.#waiting === null && request.whole) {
          await this.#fetchRows();
          this.#rest();
        }
      }
    } catch (reason) {
      if (apiError(reason).code === 'not-found') await this.prepare();
      else this.problem = apiError(reason);
    } finally {
      this.#stepping = false;
    }
    if (this.#waiting !== null) void this.#steps();
  }

  async #fetchRows(): Promise<void> {
    const { step } = this;
    const places = step?.near ?? [];
    if (places.length === 0) return;
    const { conflicts } = await this.#app.client.call('threshold_conflicts', { places });
    if (this.step !== step) return;
    this.rows = new Map(conflicts.map((row) => [row.place, row]));
  }

  /** The rule rests: agreement and the sweep follow it. */
  #rest(): void {
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => void this.#follow(), REST_MS);
  }

  async #follow(): Promise<void> {
    const { rule, agreement } = this;
    if (rule === null || this.#app.screen !== 'threshold') return;
    await this.sweeping.follow();
    // The cut is on the curve already: only another rule needs another one.
    const asked = agreement.choice?.rule;
    if (asked != null && same({ ...asked, cut: 0, name: '' }, { ...rule, cut: 0, name: '' })) return;
    agreement.options ??= await this.#app.client.call('agreement_options', { hide_names: false });
    await agreement.choose({ ...agreement.options.first, value: { kind: 'class' }, rule });
  }

  /** Changes parts of the rule. */
  async edit(parts: Partial<Rule>): Promise<void> {
    const { rule } = this;
    if (rule === null || this.locked) return;
    const { cut = rule.cut, ...others } = parts;
    // The cut goes the way of the line, so that name and exceptions follow it as they do then.
    this.draft = plain({ ...rule, ...others });
    this.cut = cut;
    await this.prepare();
  }

  /** Removes a part of the rule that may be absent. */
  async remove(part: 'tended' | 'accumulation'): Promise<void> {
    const { rule } = this;
    if (rule === null || this.locked) return;
    const next = { ...rule };
    if (part === 'tended') delete next.tended;
    else delete next.accumulation;
    this.draft = next;
    await this.prepare();
  }

  async look(source: ThresholdSource): Promise<void> {
    this.source = source;
    await this.prepare();
  }

  async setMoveExceptions(along: boolean): Promise<void> {
    const { rule } = this;
    if (rule !== null) this.draft = rule;
    this.moveExceptions = along;
    await this.prepare();
  }

  /** Another of the study's rules; what was changed and not saved is left. */
  async choose(ruleId: string): Promise<void> {
    this.#begin(this.rules.find(({ id }) => id === ruleId));
    await this.prepare();
  }

  /** Back to the rule as it was saved. */
  async revert(): Promise<void> {
    this.#begin(this.saved ?? undefined);
    await this.prepare();
  }

  #saved({ rule_id: ruleId, rules }: SavedRule): void {
    this.rules = rules;
    this.ruleId = ruleId;
  }

  /** Saves the next version of the rule; as a copy, a rule of its own. */
  async save(copyName?: string): Promise<boolean> {
    const { rule, ruleId } = this;
    if (rule === null) return false;
    const done = await this.#app.attempt('Saving the rule', async () => {
      const request =
        copyName === undefined
          ? { rule_id: ruleId, rule }
          : { rule_id: null, rule: { ...rule, name: copyName } };
      this.#saved(await this.#app.client.call('rule_save', request));
      this.draft = this.saved?.rule ?? rule;
      this.#app.toasts.done(copyName === undefined ? 'The rule is saved.' : 'The copy is saved.');
    });
    if (done) await this.#studyFollows();
    return done;
  }

  /** Makes the rule the study's. */
  async useForStudy(): Promise<void> {
    const { ruleId } = this;
    if (ruleId === null) return;
    await this.#app.attempt('Setting the rule', async () => {
      this.#app.study = await this.#app.client.call('rule_choose', { rule_id: ruleId });
      this.rules = (await this.#app.client.call('rule_list', {})).rules;
      this.#app.toasts.done('It is the study’s rule now.');
    });
  }

  async lock(by: string, reason: string): Promise<boolean> {
    const { ruleId } = this;
    if (ruleId === null) return false;
    const done = await this.#app.attempt('Locking the rule', async () => {
      this.#saved(await this.#app.client.call('rule_lock', { rule_id: ruleId, by, reason }));
      this.#app.toasts.done('The rule is locked.');
    });
    if (done) await this.#studyFollows();
    return done;
  }

  /** Takes in a rule from a file and looks with it. */
  async import(): Promise<void> {
    const [path] = await this.#app.platform.pickFiles('Import a rule', RULES);
    if (path === undefined) return;
    const done = await this.#app.attempt('Importing the rule', async () => {
      this.#saved(await this.#app.client.call('rule_import', { path }));
      this.#begin(this.saved ?? undefined);
      this.#app.toasts.done('The rule is imported.');
    });
    if (done) await this.prepare();
  }

  async export(): Promise<void> {
    const { rule } = this;
    if (rule === null) return;
    const name = rule.name.replaceAll(/[^\p{L}\p{N}-]+/gu, '-');
    const path = await this.#app.platform.pickDestination('Export the rule', `${name}.json`, RULES);
    if (path === null) return;
    await this.#app.attempt('Exporting the rule', async () => {
      await this.#app.client.call('rule_export', { rule, path });
      this.#app.toasts.done('The rule is exported.');
    });
  }

  /** Starts with a preset; its name stays the rule's own. */
  async startFrom(preset: Rule): Promise<void> {
    const { rule } = this;
    if (rule === null || this.locked) return;
    this.draft = { ...preset, name: rule.name };
    this.cut = preset.cut;
    await this.prepare();
  }

  /** Opens the place of a conflict in its transcript. */
  show(row: ThresholdConflict): void {
    void this.#app.showConflict(row.session_id, row.coding_id, row.id);
  }

  /** What other screens show of the study's rule, and what changed against the saved one. */
  async #studyFollows(): Promise<void> {
    await this.#app.attempt(null, async () => {
      this.#app.study = await this.#app.client.call('study_view', {});
    });
    await this.prepare();
  }
}

/** A rule without the parts that say nothing, as the core writes it. */
function plain(rule: Rule): Rule {
  const { overrides, floors, cannot_judge: cannotJudge, real, ...rest } = rule;
  const given = Object.entries(floors ?? {}).filter(([, floor]) => floor !== undefined);
  return {
    ...rest,
    ...(overrides === undefined || overrides.length === 0 ? {} : { overrides }),
    ...(given.length === 0 ? {} : { floors: Object.fromEntries(given) }),
    ...(cannotJudge === 'ignore' ? { cannot_judge: cannotJudge } : {}),
    ...(real === 'definition' ? { real } : {}),
  };
}
