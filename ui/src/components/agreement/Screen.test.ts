// @vitest-environment jsdom
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import type { AgreementProgress, ConsensusItem, StudyView } from '$schemas/api';
import { Agreement } from '../../state/agreement.svelte';
import {
  conflict,
  clientOf,
  item,
  marker,
  member,
  outcome,
  overview,
  row,
  settled,
  unitOf,
  view,
  type Answers,
} from '../../state/agreement/fixture';
import type { App } from '../../state/app.svelte';
import { codebook, turn } from '../../state/coding/fixture';
import Frame from './fixture/Frame.svelte';

let close: (() => void) | undefined;
afterEach(() => close?.());

const disputed: ConsensusItem = item('a', {
  members: [
    member('Rater 1', {
      conflict: conflict('x', { significance: 2, relationship: 'alliance' }),
      markers: [marker('m')],
    }),
    member('Rater 2', {
      conflict: conflict('y', { significance: 4, relationship: 'real' }),
      markers: [marker('n')],
    }),
    member('Rater 3', { marked: false }),
  ],
});

const done = (what: Partial<AgreementProgress> = {}): AgreementProgress => ({
  job_id: 1,
  state: 'done',
  done: 1,
  doing: '',
  outcome: outcome(),
  problem: null,
  ...what,
});

async function shown(answers: Answers = {}) {
  const made = clientOf({
    agreement_options: () => ({
      units: [],
      values: [],
      sessions: [],
      raters: [],
      missing: [
        { missing: 'components', label: 'use every value', help: 'For raters who rotate.' },
        { missing: 'listwise', label: 'only units that all coded', help: 'As most packages do.' },
      ],
      recodings: 0,
      experts: 0,
      first: outcome().choice,
    }),
    agreement_start: () => ({ job_id: 1 }),
    agreement_poll: () => done(),
    agreement_units: () => ({ total: 1, units: [unitOf('1', disputed)] }),
    consensus_list: () => overview([view('1', [disputed])]),
    consensus_session: () => view('1', [disputed]),
    consensus_settle: () => view('1', [settled(disputed)], { undo: 'settle' }),
    ...answers,
  });
  const toasts = { problem: () => undefined, done: () => undefined };
  const platform = { copyText: (words: Promise<string>) => words };
  const attempt = (_: string | null, act: () => Promise<void>) => act();
  const app = { client: made.client, toasts, platform, attempt, study: null } as unknown as App;
  const agreement = new Agreement(app);
  const study = { codebook, rulings: [] } as unknown as StudyView;
  const frame = mount(Frame, { target: document.body, props: { app, agreement, study } });
  close = () => void unmount(frame);
  const settle = async () => {
    for (let each = 0; each < 12; each += 1) await turn();
    flushSync();
  };
  const opened = agreement.open();
  await settle();
  await opened;
  await settle();
  const find = (id: string) => document.querySelector<HTMLElement>(`[data-testid="${id}"]`);
  const words = (id: string) => find(id)?.textContent?.replaceAll(/\s+/g, ' ').trim() ?? null;
  return { ...made, agreement, find, words, settle };
}

test('a coefficient is opened to what it says in plain words', async () => {
  const { find, settle } = await shown();
  find('coefficient-help')?.click();
  await settle();
  expect(document.body.textContent).toContain('Agreement beyond chance.');
  expect(document.body.textContent).toContain('18 of 20 used');
});

test('the bars of all rows stand on one scale, whose ends are written', async () => {
  const rows = [row('detection/cohen-kappa'), row('combined/krippendorff-alpha', { line: 'combined' })];
  const counts = { key: 'conflicts', label: 'Conflicts', units: 6, positives: 20 };
  await shown({
    agreement_poll: () =>
      done({
        outcome: outcome({
          rows,
          lowest: -0.6,
          session_counts: [{ ...counts, rows: [row('reliability/icc-2-1', { line: 'reliability' })] }],
        }),
      }),
  });
  const dots = [...document.querySelectorAll<HTMLElement>('[data-testid="coefficients"] .scale .value')];
  expect(dots.map((dot) => Math.round(parseFloat(dot.style.left)))).toEqual([75, 75, 75]);
  const marks = [...document.querySelectorAll('[data-testid="axis"] span')];
  expect(marks.map((mark) => mark.textContent)).toEqual(['−.60', '.00', '1.00']);
});

test('where there is no value the reason stands in its place', async () => {
  const none = row('detection/cohen-kappa');
  const undefinedRow = {
    ...none,
    measurement: { ...none.measurement, value: null, interval: null, reason: 'no variation' },
  };
  const { words } = await shown({
    agreement_poll: () => done({ outcome: outcome({ rows: [undefinedRow] }) }),
  });
  expect(words('coefficient')).toContain('no variation');
  expect(words('value')).toBe('–');
});

test('raters stand side by side, what else differs is named, and one is taken by a click', async () => {
  const { find, words, settle, named } = await shown();
  const members = [...document.querySelectorAll('[data-testid="member"]')].map((each) =>
    each.textContent?.replaceAll(/\s+/g, ' ').trim(),
  );
  expect(members.map((each) => each?.slice(0, 9))).toEqual(['1 Rater 1', '2 Rater 2', '3 Rater 3']);
  expect(members[2]).toContain('nothing');
  expect(words('item-card')).toContain('Also differ: relationship');
  expect(words('settle-title')).toBe('1 disagreement · 0 of 1 settled');
  document.querySelectorAll<HTMLElement>('[data-testid="member"]')[1]?.click();
  await settle();
  expect(named('consensus_settle')[0]?.request['by']).toEqual({
    kind: 'take',
    coding_id: 'coding of Rater 2',
  });
  expect(words('settle-title')).toBe('1 disagreement · 1 of 1 settled');
  expect(find('settled-line')?.textContent).toContain('Settled');
});

test('before the codings are frozen, that is offered; what is not submitted is an explicit choice', async () => {
  const waiting = overview([view('1', [disputed], { state: 'not-opened' })]);
  const [session] = waiting.sessions;
  if (session === undefined) throw new Error('there is a session');
  const { find, settle, named } = await shown({
    consensus_list: () => ({ ...waiting, sessions: [{ ...session, unsubmitted: ['Novak'] }] }),
    consensus_open: () => overview([view('1', [disputed])]),
  });
  expect(find('member')).toBeNull();
  find('begin-unsubmitted')?.click();
  find('begin-settling')?.click();
  await settle();
  expect(named('consensus_open')[0]?.request).toMatchObject({ sessions: [], unsubmitted: true });
  expect(find('member')).not.toBeNull();
});

test('one rater alone is said, with what to do', async () => {
  const alone = outcome();
  alone.basis.raters = alone.basis.raters.slice(0, 1);
  const { words } = await shown({
    agreement_poll: () => done({ outcome: alone }),
    agreement_units: () => ({ total: 0, units: [] }),
    consensus_list: () => overview([]),
  });
  expect(words('one-rater')).toContain('Only Lindt is compared');
  expect(words('nothing-to-settle')).toContain('No session is coded by two raters');
  expect(words('no-disagreements')).not.toBeNull();
});

test('what went wrong is said, and can be tried again', async () => {
  const { words } = await shown({
    agreement_start: () => {
      throw { code: 'conflict', message: 'The same coding is there twice.' };
    },
  });
  expect(words('agreement-problem')).toContain('The same coding is there twice.');
});

test('names are hidden in all numbers and choices, and in what is copied, until they are shown', async () => {
  const table = {
    pair: ['Lindt', 'Novak'] as [string, string],
    categories: ['nothing', 'strain'],
    counts: [
      [8, 1],
      [2, 3],
    ],
    units: 14,
    missing: 0,
  };
  const { find, named, settle, agreement } = await shown({
    agreement_options: ({ hide_names: hide }: { hide_names: boolean }) => ({
      units: [],
      values: [],
      sessions: [],
      missing: [],
      recodings: 0,
      experts: 0,
      first: outcome().choice,
      raters: [{ id: 'r1', name: hide ? 'Rater 1' : 'Lindt' }],
    }),
    agreement_poll: ({ hide_names: hide }: { hide_names: boolean }) => {
      const named = outcome({ confusions: [table] });
      const hidden = JSON.parse(
        JSON.stringify(named).replaceAll('Lindt', 'Rater 1').replaceAll('Novak', 'Rater 3'),
      ) as typeof named;
      return done({ outcome: hide ? hidden : named });
    },
    agreement_copy: () => ({ text: '' }),
    agreement_report: () => ({}),
  });
  const title = () => document.querySelector('#confusion-title')?.textContent;
  const cell = () => find('confusion-cell')?.getAttribute('aria-label');
  expect(title()).toContain('Rater 1 × Rater 3');
  expect(cell()).toBe('nothing by Rater 1, nothing by Rater 3: 8 units');
  const heat = () => find('heat-map')?.closest('section')?.textContent ?? '';
  expect(heat()).toContain('Rater 3 marks fewer.');
  expect(document.body.textContent).not.toMatch(/Novak|Lindt/);
  expect(agreement.comparison.options?.raters.map(({ name }) => name)).toEqual(['Rater 1']);
  await agreement.copy('csv');
  await agreement.settling.setHideNames(false);
  await settle();
  expect(title()).toContain('Lindt × Novak');
  expect(heat()).toContain('Novak marks fewer.');
  expect(agreement.comparison.options?.raters.map(({ name }) => name)).toEqual(['Lindt']);
  await agreement.copy('csv');
  expect(named('agreement_copy').map(({ request }) => request['hide_names'])).toEqual([true, false]);
});

test('a coding that has changed since stands beside the numbers, with what to do', async () => {
  const changed = {
    session: 'Ada · 1',
    rater: 'Rater 3',
    since: 'frozen' as const,
    words: 'changed after it was frozen.',
  };
  const { words } = await shown({
    agreement_poll: () =>
      done({ outcome: outcome({ changed: [changed, { ...changed, session: 'Ada · 2' }] }) }),
  });
  expect(words('changed')).toContain('Ada · 1, Rater 3: changed after it was frozen.');
  expect(words('changed')).toContain('Ada · 2, Rater 3: changed after it was frozen.');
});

test('who comes back to the screen is told what has changed since', async () => {
  let changes = 0;
  const { find, agreement, settle } = await shown({
    agreement_poll: () =>
      done({
        outcome: outcome({
          changed: changes === 0 ? [] : [{ session: 'Ada · 1', rater: '', since: 'compared', words: '' }],
        }),
      }),
  });
  expect(find('changed')).toBeNull();
  changes = 1;
  await agreement.open();
  await settle();
  expect(find('changed')).not.toBeNull();
});

test('parts without an interval say why', async () => {
  const line = { key: 'Ada · 1', label: 'Ada · 1', units: 9, positives: 3 };
  const parts = {
    by: 'session',
    label: 'Sessions',
    lines: [{ ...line, rows: [row('detection/cohen-kappa')] }],
    note: 'Sessions have no intervals: sessions are resampled whole.',
  };
  const { words } = await shown({
    agreement_poll: () => done({ outcome: outcome({ breakdowns: [parts] }) }),
  });
  expect(words('breakdowns')).toContain('Sessions have no intervals: sessions are resampled whole.');
});
