import { expect, test } from 'vitest';
import type { ConsensusItem, ConsensusView } from '$schemas/api';
import { turn } from '../coding/fixture';
import { Comparison } from './comparison.svelte';
import { Consensus } from './consensus.svelte';
import { clientOf, item, outcome, overview, settled, unitOf, view, type Answers } from './fixture';
import { Settling } from './settling.svelte';

interface Settle {
  session_id: string;
  item: string;
}

/** Two units of session 1 and one of session 2; settling answers as the core would. */
async function desk(answers: Answers = {}) {
  const views: Record<string, ConsensusView> = {
    '1': view('1', [item('a'), item('b', { start_ms: 5000 })]),
    '2': view('2', [item('c')]),
  };
  const units = ['1', '2'].flatMap((id) => (views[id]?.items ?? []).map((each) => unitOf(id, each)));
  const settle = ({ session_id: id, item: name }: Settle) => {
    const before = views[id] ?? view(id, []);
    const items = before.items.map((each) => (each.id === name ? settled(each) : each));
    return (views[id] = view(id, items, { undo: 'settle', coding_id: 'consensus' }));
  };
  const made = clientOf({
    consensus_list: () => overview(Object.values(views)),
    consensus_session: ({ session_id: id }: Settle) => views[id],
    consensus_settle: settle,
    consensus_undo: ({ session_id: id }: Settle) => {
      const open = (each: ConsensusItem) => ({ ...each, settlement: null });
      return (views[id] = view(id, (views[id]?.items ?? []).map(open), {
        focus: views[id]?.items[0]?.id ?? null,
      }));
    },
    agreement_units: () => ({ total: units.length, units }),
    ...answers,
  });
  const said: string[] = [];
  const hooks = { warn: (words: string) => said.push(words), tell: (words: string) => said.push(words) };
  const comparison = new Comparison(made.client);
  comparison.outcome = outcome();
  comparison.jobId = 7;
  const consensus = new Consensus(made.client, hooks);
  await consensus.read();
  const settling = new Settling(made.client, comparison, consensus, hooks);
  await settling.list({ kind: 'differing' });
  return { ...made, settling, consensus, said };
}

const settles = async () => {
  for (let each = 0; each < 8; each += 1) await turn();
};

test('the largest disagreement is in hand, with what there is to settle', async () => {
  const { settling, named } = await desk();
  expect(settling.current?.id).toBe('1:a');
  expect(settling.item?.id).toBe('a');
  expect(named('agreement_units')[0]?.request).toMatchObject({
    job_id: 7,
    differing: true,
    hide_names: true,
  });
});

test('one key takes a rater, and the next disagreement is in hand', async () => {
  const { settling, consensus, named } = await desk();
  consensus.reason = 'talked over';
  expect(settling.take(2)).toBe(true);
  await settles();
  expect(named('consensus_settle')[0]?.request).toMatchObject({
    session_id: '1',
    item: 'a',
    by: { kind: 'take', coding_id: 'coding of Rater 2' },
    reason: 'talked over',
    hide_names: true,
  });
  expect(settling.current?.id).toBe('1:b');
  expect([consensus.overview?.settled, consensus.overview?.items]).toEqual([1, 3]);
});

test('keys pressed at once settle one disagreement each', async () => {
  const { settling, named } = await desk();
  settling.take(1);
  settling.mean();
  settling.none();
  await settles();
  expect(named('consensus_settle').map(({ request }) => [request['item'], request['by']])).toEqual([
    ['a', { kind: 'take', coding_id: 'coding of Rater 1' }],
    ['b', { kind: 'mean' }],
    ['c', { kind: 'none' }],
  ]);
});

test('a rater who is not there is not taken', async () => {
  const { settling, named } = await desk();
  settling.take(3);
  await settles();
  expect(named('consensus_settle')).toEqual([]);
  expect([1, 2, 3].map((place) => settling.canTake(place))).toEqual([true, true, false]);
});

test('arrows go on without settling, and back', async () => {
  const { settling } = await desk();
  settling.step(1);
  settling.step(1);
  expect(settling.current?.sessionId).toBe('2');
  settling.step(1);
  expect(settling.current?.id).toBe('2:c');
  settling.step(-1);
  expect(settling.current?.id).toBe('1:b');
});

test('undo takes the last act back and brings it into hand', async () => {
  const { settling, named, said } = await desk();
  settling.none();
  await settles();
  await settling.undo();
  expect(named('consensus_undo')[0]?.request).toMatchObject({ session_id: '1' });
  expect(settling.item?.id).toBe('a');
  expect(said.at(-1)).toBe('Taken back: settle');
  await settling.undo();
  expect(said.at(-1)).toBe('There is nothing to undo.');
});

test('undo pressed at once waits for what is on its way, and takes that back', async () => {
  const { settling, calls } = await desk();
  settling.none();
  await settling.undo();
  const acts = calls.map(({ name }) => name).filter((name) => /_(settle|undo)$/.test(name));
  expect(acts).toEqual(['consensus_settle', 'consensus_undo']);
  expect(settling.item?.settlement).toBeNull();
});

test('names are shown in the list also before the codings are frozen, and the place in it is kept', async () => {
  const { settling, named } = await desk({
    consensus_list: () => overview([view('1', [item('a')], { state: 'not-opened' })]),
  });
  settling.step(1);
  await settling.setHideNames(false);
  expect(named('agreement_units').map(({ request }) => [request['from'], request['hide_names']])).toEqual([
    [0, true],
    [0, false],
  ]);
  expect(settling.entries.length).toBe(3);
  expect(settling.current?.id).toBe('1:b');
});

test('a refused settlement says why, and the disagreement stays in hand', async () => {
  const { settling, said } = await desk({
    consensus_settle: () => {
      throw { code: 'locked', message: 'This consensus is submitted.' };
    },
  });
  settling.take(1);
  await settles();
  expect(said).toContain('This consensus is submitted.');
  expect(settling.current?.id).toBe('1:a');
});

test('before the codings are frozen the unit shows what raters said, and no key settles', async () => {
  const { settling, named } = await desk({
    consensus_list: () => overview([view('1', [item('a')], { state: 'not-opened' })]),
  });
  expect(settling.current?.unit?.says.length).toBe(2);
  expect(settling.item).toBeNull();
  expect(settling.take(1)).toBe(false);
  expect(named('consensus_session')).toEqual([]);
});

test('all of a session is listed by onset, settled or not', async () => {
  const { settling } = await desk();
  await settling.list({ kind: 'session', sessionId: '1' });
  expect(settling.entries.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(settling.total).toBe(2);
});

test('a dialog that is asked for right after a key is of what comes next, and settles that', async () => {
  const { settling, named } = await desk();
  settling.take(1);
  const opened = settling.openFor('edit');
  expect(settling.dialog).toBeNull();
  await opened;
  expect([settling.dialog, settling.held?.item.id]).toEqual(['edit', 'b']);
  const { held } = settling;
  if (held === null) throw new Error('nothing is held');
  settling.select('2:c');
  expect(await settling.edit(held, { kind: 'none' })).toBe(true);
  expect(named('consensus_settle').map(({ request }) => request['item'])).toEqual(['a', 'b']);
});
