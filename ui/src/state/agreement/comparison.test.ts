import { expect, test } from 'vitest';
import type { AgreementChoice, AgreementOptions, AgreementProgress } from '$schemas/api';
import { turn } from '../coding/fixture';
import { Comparison, same } from './comparison.svelte';
import { clientOf, outcome, type Answers } from './fixture';

const first = outcome().choice;
const options: AgreementOptions = {
  units: [
    { unit: { kind: 'conflict' }, label: 'conflict', help: '' },
    { unit: { kind: 'session' }, label: 'session', help: '' },
  ],
  values: [
    { value: { kind: 'class' }, label: 'strain or rupture', help: '', units: ['conflict', 'turn'] },
    { value: { kind: 'frequency' }, label: 'frequency', help: '', units: ['session'] },
  ],
  sessions: [],
  raters: [],
  missing: [],
  recodings: 0,
  experts: 0,
  first,
};

const progress = (what: Partial<AgreementProgress>): AgreementProgress => ({
  job_id: 1,
  state: 'computing',
  done: 0.5,
  doing: 'resampling',
  outcome: null,
  problem: null,
  ...what,
});

function comparison(answers: Answers = {}) {
  let jobs = 0;
  const made = clientOf({
    agreement_options: () => options,
    agreement_start: () => ({ job_id: ++jobs }),
    agreement_poll: ({ job_id: id }: { job_id: number }) =>
      progress({ job_id: id, state: 'done', outcome: outcome({ unit: `job ${id}` }) }),
    agreement_cancel: () => ({}),
    ...answers,
  });
  return { ...made, comparison: new Comparison(made.client, { pause: () => turn() }) };
}

test('what the core proposes is computed first', async () => {
  const { comparison: compared, named } = comparison();
  await compared.open();
  expect(named('agreement_start')[0]?.request).toEqual(first);
  expect(compared.outcome?.unit).toBe('job 1');
  expect(compared.under).toBeNull();
});

test('a unit without the value takes the first value that it has', async () => {
  const { comparison: compared } = comparison();
  await compared.open();
  await compared.changeUnit({ kind: 'session' });
  expect(compared.choice?.value).toEqual({ kind: 'frequency' });
});

test('a choice made meanwhile stops the one before, and its answer is not taken', async () => {
  let answered = 0;
  const { comparison: compared, named } = comparison({
    agreement_poll: ({ job_id: id }: { job_id: number }) => {
      answered += 1;
      return id === 1 && answered < 3
        ? progress({ job_id: id })
        : progress({ job_id: id, state: 'done', outcome: outcome({ unit: `job ${id}` }) });
    },
  });
  const opened = compared.open();
  await turn();
  await turn();
  expect(compared.under?.doing).toBe('resampling');
  await compared.change({ value: { kind: 'significance' } });
  await opened;
  expect(named('agreement_cancel').map(({ request }) => request['job_id'])).toEqual([1]);
  expect(compared.outcome?.unit).toBe('job 2');
  expect(compared.jobId).toBe(2);
});

test('a stopped computation leaves the numbers before it, and says so', async () => {
  const { comparison: compared } = comparison({
    agreement_poll: ({ job_id: id }: { job_id: number }) =>
      id === 1
        ? progress({ job_id: 1, state: 'done', outcome: outcome({ unit: 'before' }) })
        : progress({ job_id: id }),
  });
  await compared.open();
  const going = compared.change({ value: { kind: 'significance' } });
  await turn();
  await compared.cancel();
  await going;
  expect(compared.outcome?.unit).toBe('before');
  expect([compared.stopped, compared.stale, compared.under]).toEqual([true, true, null]);
});

test('what cannot be compared is said', async () => {
  const { comparison: compared } = comparison({
    agreement_start: () => {
      throw { code: 'bad-request', message: 'This value cannot be compared by span.' };
    },
  });
  await compared.open();
  expect(compared.problem?.message).toMatch(/by span/);
  expect(compared.under).toBeNull();
});

test('choices are the same whatever is left unsaid', () => {
  const said: AgreementChoice['unit'] = { kind: 'conflict' };
  expect(same(said, { within: null, kind: 'conflict' })).toBe(true);
  expect(same(said, { kind: 'turn' })).toBe(false);
});
