// The drag: one step under way at a time, the newest cut waits, what lies between is left out.
import { expect, test } from 'vitest';
import type { Rule, RuleView, ThresholdStep, ThresholdView } from '$schemas/api';
import type { App } from './app.svelte';
import { Threshold } from './threshold.svelte';

const RULE: Rule = { name: 'Three', score: { from: 'significance' }, cut: 3 };
const SOURCE = { kind: 'of-record' } as const;

const step = (cut: number, near: number[] = []): ThresholdStep => ({
  cut,
  counts: { ruptures: 1, strains: 1, unscored: 0 },
  built_from: 0,
  proposed: null,
  heights: [],
  modes: [],
  relationships: [],
  skew: null,
  moves: [],
  near,
  near_total: near.length,
  between: [cut, cut],
  changed: false,
  beside: [],
});

const view = (cut: number): ThresholdView => ({
  source: { source: SOURCE, words: 'coding of record', sessions: 1, cases: 1, conflicts: 2 },
  bins: [],
  grid: 1,
  centred: true,
  scored: 2,
  cuts: [],
  clauses: [],
  step: step(cut),
});

const entry = (rule: Rule, parts: Partial<RuleView> = {}): RuleView => ({
  id: 'r',
  rule,
  version: 1,
  saved_ms: 0,
  of_study: true,
  locked: null,
  ...parts,
});

interface Call {
  name: string;
  request: Record<string, unknown>;
}

function made(rules: RuleView[] = [entry(RULE)]) {
  const calls: Call[] = [];
  /** Steps wait until they are let go. */
  const waiting: (() => void)[] = [];
  const answers: Record<string, (request: Record<string, unknown>) => unknown> = {
    threshold_read: () => ({
      done: 1,
      basis: {
        sources: [{ source: SOURCE, words: 'coding of record', sessions: 1, cases: 1, conflicts: 2 }],
        sessions: 1,
        uncoded: 0,
        without_record: 0,
        record_is_mean: 0,
        rules,
      },
    }),
    threshold_prepare: (request) => view((request['rule'] as Rule).cut),
    threshold_step: (request) => step(request['cut'] as number, [7]),
    threshold_conflicts: () => ({ conflicts: [] }),
    rule_save: (request) => ({
      rule_id: 'r',
      rules: [entry(request['rule'] as Rule, { version: 2 })],
    }),
    study_view: () => ({}),
  };
  let forgotten = false;
  const client = {
    call: async (name: string, request: Record<string, unknown>) => {
      calls.push({ name, request });
      if (name === 'threshold_read') forgotten = false;
      // As the core says it, which is no Error of this language.

      if (forgotten) throw { code: 'not-found', message: 'Read them first.' };
      if (name === 'threshold_step') await new Promise<void>((go) => waiting.push(go));
      return answers[name]?.(request);
    },
  };
  const app = {
    client,
    screen: 'coding',
    toasts: { done: () => undefined, problem: () => undefined },
    attempt: async (_: string | null, act: () => Promise<void>) => {
      await act();
      return true;
    },
  };
  const threshold = new Threshold(app as unknown as App);
  const asked = (name: string) => calls.filter((call) => call.name === name).map(({ request }) => request);
  return { threshold, asked, waiting, forget: () => (forgotten = true) };
}

const soon = () => new Promise((go) => setTimeout(go, 0));

test('of many steps of a drag only the first and the newest are asked for, and the last one whole', async () => {
  const { threshold, asked, waiting } = made();
  await threshold.open();
  for (const cut of [3.1, 3.2, 3.3, 3.4]) threshold.drag(cut);
  threshold.drag(3.5, true);
  expect(threshold.cut, 'the line does not wait').toBe(3.5);
  expect(asked('threshold_step')).toEqual([{ cut: 3.1, whole: false }]);
  waiting.shift()?.();
  await soon();
  expect(asked('threshold_step').slice(1)).toEqual([{ cut: 3.5, whole: true }]);
  expect(asked('threshold_conflicts'), 'rows are fetched when the line rests').toEqual([]);
  waiting.shift()?.();
  await soon();
  expect(threshold.step?.cut).toBe(3.5);
  expect(asked('threshold_conflicts')).toEqual([{ places: [7] }]);
});

test('what a step says of an earlier rule is not taken', async () => {
  const { threshold, waiting } = made();
  await threshold.open();
  threshold.drag(4);
  await threshold.edit({ floors: { endangerment: 2 } });
  const { step: of } = threshold;
  waiting.shift()?.();
  await soon();
  expect(threshold.step).toBe(of);
});

test('a part that is set and taken away again leaves the rule as it was saved', async () => {
  const { threshold } = made();
  await threshold.open();
  await threshold.edit({ floors: { endangerment: 2 } });
  expect(threshold.changed).toBe(true);
  await threshold.edit({ floors: {} });
  expect(threshold.changed).toBe(false);
  await threshold.edit({ tended: { by: 'either', unless_score: 4 } });
  expect(threshold.changed).toBe(true);
  await threshold.remove('tended');
  expect(threshold.changed).toBe(false);
});

test('exceptions move along with the line only where that is asked for, and what is saved is what is seen', async () => {
  const rule: Rule = { ...RULE, overrides: [{ when: { mode: 'confrontation' }, cut: 4 }] };
  const { threshold, asked, waiting } = made([entry(rule)]);
  await threshold.open();
  threshold.drag(2.5, true);
  waiting.shift()?.();
  await soon();
  expect(threshold.rule?.overrides?.[0]?.cut).toBe(4);
  await threshold.setMoveExceptions(true);
  threshold.drag(2, true);
  waiting.shift()?.();
  await soon();
  expect([threshold.rule?.cut, threshold.rule?.overrides?.[0]?.cut]).toEqual([2, 3.5]);
  await threshold.save();
  expect(asked('rule_save')[0]?.['rule']).toEqual(threshold.rule);
  expect(threshold.changed).toBe(false);
});

test('a locked rule does not move', async () => {
  const lock = { at_ms: 1, by: 'M. Ortiz', reason: 'before outcomes' };
  const { threshold, asked } = made([entry(RULE, { locked: lock })]);
  await threshold.open();
  threshold.drag(5, true);
  await threshold.edit({ cut: 5 });
  expect(threshold.cut).toBe(3);
  expect(asked('threshold_step')).toEqual([]);
});

test('what the core has forgotten is read again, and the line stays where it is', async () => {
  const { threshold, asked, waiting, forget } = made();
  await threshold.open();
  forget();
  threshold.drag(4, true);
  waiting.shift()?.();
  await soon();
  await soon();
  expect(asked('threshold_read').length).toBe(2);
  expect([threshold.cut, threshold.step?.cut, threshold.problem]).toEqual([4, 4, null]);
});
