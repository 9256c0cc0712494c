import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ApiError, SegmentView } from '$schemas/api';
import { CodingState } from './coding.svelte';
import { change, codebook, conflict, HeldClient, marker, rest, session, turn } from './coding/fixture';

const FIRST_TURN: SegmentView = { kind: 'text', start: { turn: 0, unit: 0 }, end: { turn: 0, unit: 12 } };
const SECOND_TURN: SegmentView = { kind: 'text', start: { turn: 1, unit: 0 }, end: { turn: 1, unit: 12 } };
const FULL: ApiError = { code: 'disk-full', message: 'The disk is full.' };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open(content: Parameters<typeof session>[0] = {}) {
  const client = new HeldClient();
  const problems: string[] = [];
  const coding = new CodingState(client, session(content), codebook, {
    report: (error) => problems.push(error.message),
  });
  return { client, coding, problems };
}

test('a tag is drawn before it is sent, and takes what the core says on the reply', async () => {
  const { client, coding } = open();
  const { markerId, conflictId } = coding.addMarker(FIRST_TURN, 'withdrawal/denial');
  expect(coding.markers.get(markerId)).toMatchObject({ actor: 'patient', start_ms: 0, end_ms: 10_000 });
  expect(coding.fillOf(coding.sortedConflicts[0] ?? conflict('none'))).toBe('dotted');
  expect(coding.pending.size).toBe(1);
  expect(client.last.request).toMatchObject({ marker_id: markerId, conflict_id: conflictId, actor: null });

  const known = marker(markerId, { conflict_id: conflictId, end_ms: 9_500 });
  await client.last.answer(
    change({ markers: [known], conflicts: [conflict(conflictId ?? '', { markers: [markerId] })] }),
  );
  expect(coding.markers.get(markerId)?.end_ms).toBe(9_500);
  expect(coding.pending.size).toBe(0);
});

test('a repair gets no conflict of its own and keeps what it answers', () => {
  const { client, coding } = open({ conflicts: [conflict('c')] });
  const made = coding.addMarker(SECOND_TURN, 'repair-therapist/apologises', { answers: ['c'] });
  expect(made.conflictId).toBeNull();
  expect(coding.conflicts.size).toBe(1);
  expect(coding.repairs.map((each) => each.answers)).toEqual([['c']]);
  expect(client.last.request).toMatchObject({ conflict_id: null, answers: ['c'] });
});

test('a refused tag is taken back, with the score that needed it, and said once', async () => {
  const { client, coding, problems } = open({ markers: [marker('old')] });
  const { markerId, conflictId } = coding.addMarker(FIRST_TURN, 'withdrawal/denial');
  coding.changeConflict(conflictId ?? '', { set: 'significance', to: 4 });
  coding.changeMarker('old', { set: 'discuss', to: true });
  expect(coding.conflicts.get(conflictId ?? '')?.significance).toBe(4);

  await client.last.refuse(FULL);
  expect(coding.markers.has(markerId)).toBe(false);
  expect(coding.conflicts.has(conflictId ?? '')).toBe(false);
  expect(problems).toEqual(['The disk is full.']);
  // What did not need the refused tag goes on, and is still drawn.
  expect(client.calls.map((call) => call.name)).toEqual(['marker_add', 'marker_change']);
  expect(coding.markers.get('old')?.discuss).toBe(true);
});

test('a refused change shows again what was confirmed', async () => {
  const { client, coding } = open({ conflicts: [conflict('c', { significance: 2 })] });
  coding.changeConflict('c', { set: 'significance', to: 5 });
  coding.changeConflict('c', { set: 'intensity', to: 3 });
  await client.last.refuse(FULL);
  // The second change did not need the first: it is drawn on what is confirmed.
  expect(coding.conflicts.get('c')).toMatchObject({ significance: 2, factors: { intensity: 3 } });
});

test('acts are sent one after the other, in the order they were done', async () => {
  const { client, coding } = open({ conflicts: [conflict('c')] });
  coding.changeConflict('c', { set: 'significance', to: 1 });
  coding.changeConflict('c', { set: 'significance', to: 2 });
  coding.putNote(null, 1_000.4, 'a note');
  expect(client.calls).toHaveLength(1);
  await client.last.answer(change({ conflicts: [conflict('c', { significance: 1 })] }));
  expect(client.calls).toHaveLength(2);
  // The reply to the first does not hide the second.
  expect(coding.conflicts.get('c')?.significance).toBe(2);
  expect(coding.rest.notes.map((note) => note.text)).toEqual(['a note']);
  await client.last.answer(change({ conflicts: [conflict('c', { significance: 2 })] }));
  expect(client.last).toMatchObject({ name: 'note_put', request: { at_ms: 1_000 } });
  const operations = client.calls.map((call) => call.request['op']);
  expect(new Set(operations).size).toBe(3);
});

test('settled waits until everything is confirmed or refused', async () => {
  const { client, coding } = open({ conflicts: [conflict('c')] });
  let settled = false;
  coding.changeConflict('c', { set: 'addressed', to: 'no' });
  coding.changeConflict('c', { set: 'settled', to: 'no' });
  void coding.settled().then(() => (settled = true));
  await client.last.answer(change());
  expect(settled).toBe(false);
  await client.last.refuse(FULL);
  await turn();
  expect(settled).toBe(true);
});

test('the quiet mark comes after 250 ms and goes with the reply', async () => {
  const { client, coding } = open({ conflicts: [conflict('c')] });
  coding.changeConflict('c', { set: 'significance', to: 1 });
  vi.advanceTimersByTime(240);
  expect(coding.late).toBe(false);
  vi.advanceTimersByTime(20);
  expect(coding.late).toBe(true);
  await client.last.answer(change());
  expect(coding.late).toBe(false);
});

test('joining draws one conflict by onset, parting an unscored one again', () => {
  const { coding } = open({
    markers: [
      marker('a', { conflict_id: 'ca', start_ms: 20_000, end_ms: 30_000 }),
      marker('b', { conflict_id: 'cb' }),
    ],
    conflicts: [conflict('ca', { markers: ['a'], significance: 4 }), conflict('cb', { markers: ['b'] })],
  });
  void coding.joinConflicts('ca', 'cb');
  expect(coding.conflicts.has('cb')).toBe(false);
  expect(coding.conflicts.get('ca')).toMatchObject({ markers: ['b', 'a'], onset_ms: 0, end_ms: 30_000 });
  const parted = coding.partMarker('b');
  expect(coding.conflicts.get('ca')).toMatchObject({ markers: ['a'], onset_ms: 20_000, significance: 4 });
  expect(coding.conflicts.get(parted)).toMatchObject({ markers: ['b'], significance: null });
});

test('deleting the last marker of a conflict draws the conflict away', () => {
  const { coding } = open({
    markers: [marker('a')],
    conflicts: [conflict('a-conflict', { markers: ['a'] })],
  });
  coding.deleteMarker('a');
  expect([coding.markers.size, coding.conflicts.size]).toEqual([0, 0]);
});

test('a marker recoded from repair to conflict brings a conflict, and back takes it away', () => {
  const repair = marker('r', { code: 'repair-therapist/apologises', kind: 'repair', conflict_id: null });
  const { client, coding } = open({ markers: [repair] });
  coding.changeMarker('r', { set: 'code', to: 'withdrawal/silence' });
  const made = coding.markers.get('r')?.conflict_id ?? null;
  expect(made).not.toBeNull();
  expect(client.last.request['conflict_id']).toBe(made);
  coding.changeMarker('r', { set: 'code', to: 'repair-therapist/apologises' });
  expect(coding.conflicts.size).toBe(0);
});

test('a submitted coding refuses before anything is drawn, and only reopening goes through', async () => {
  const { client, coding, problems } = open({
    rest: rest({ status: 'submitted' }),
    conflicts: [conflict('c')],
  });
  coding.changeConflict('c', { set: 'significance', to: 1 });
  coding.addCoverage([[0, 10]]);
  expect(client.calls).toHaveLength(0);
  expect(problems).toEqual(['This coding is submitted. Reopen it to change it.']);
  const reopened = coding.reopen('a slip');
  await client.last.answer(change());
  expect(await reopened).toBe(true);
  expect(coding.readOnly).toBe(false);
});

test('somebody else’s open coding can only be looked at', () => {
  const { client, coding, problems } = open({ readOnly: true });
  coding.addMarker(FIRST_TURN, 'withdrawal/denial');
  expect([coding.markers.size, client.calls.length, problems.length]).toEqual([0, 0, 1]);
});

test('undo of an act that was refused is not sent: it would take back the one before it', async () => {
  const { client, coding } = open();
  coding.addMarker(FIRST_TURN, 'withdrawal/denial');
  const undone = coding.undo();
  const redone = coding.redo();
  await client.last.refuse(FULL);
  expect(await undone).toBeNull();
  expect(await redone).toBeNull();
  expect(client.calls.map((call) => call.name)).toEqual(['marker_add']);
});

test('undo goes on when only what was seen is refused', async () => {
  const { client, coding } = open();
  coding.addCoverage([[0, 10]]);
  void coding.undo();
  await client.last.refuse(FULL);
  expect(client.calls.map((call) => call.name)).toEqual(['coverage_add', 'undo']);
});

test('undo tells what to bring into view', async () => {
  const { client, coding } = open({ markers: [marker('a')] });
  const undone = coding.undo();
  await client.last.answer(
    change({ removed_markers: ['a'], focus: { kind: 'moment', at_ms: 5 }, done: 'Undone: denial' }),
  );
  expect(await undone).toEqual({ kind: 'moment', at_ms: 5 });
  expect(coding.lastDone).toBe('Undone: denial');
  expect(coding.markers.size).toBe(0);
});

test('a look asks one question at a time, the latest one next, and returns to the study’s rule', async () => {
  const verdict = (kind: 'rupture' | 'strain') => ({ class: kind, score: 3, cut: 3, reasons: [] });
  const { client, coding } = open({
    conflicts: [conflict('c', { significance: 3, verdict: verdict('rupture') })],
  });
  const look = { verdicts: { c: verdict('strain') }, totals: { ruptures: 0 }, accumulations: [] };
  coding.setLook(3.5);
  coding.setLook(4);
  coding.setLook(5);
  expect(client.calls.map((call) => call.request['cut'])).toEqual([3.5]);
  await client.last.answer(look);
  expect(client.calls.map((call) => call.request['cut'])).toEqual([3.5, 5]);
  expect(coding.verdictOf('c')?.class).toBe('strain');
  coding.setLook(null);
  await client.calls[1]?.answer(look);
  expect([coding.look, coding.verdictOf('c')?.class]).toEqual([null, 'rupture']);
});

test('a look that was left on is there again, is kept where it rests, and is forgotten when it ends', async () => {
  const client = new HeldClient();
  const coding = new CodingState(client, { ...session(), look: { cut: 4, move_exceptions: true } }, codebook);
  expect([coding.lookCut, coding.lookMovesExceptions]).toEqual([4, true]);
  const look = { verdicts: {}, totals: null, accumulations: [] };
  await client.last.answer(look);
  expect(client.calls.map(({ name }) => name)).toEqual(['look']);
  coding.setLook(2);
  await client.last.answer(look);
  expect([client.last.name, client.last.request]).toEqual([
    'look_keep',
    { look: { cut: 2, move_exceptions: true } },
  ]);
  coding.setLook(null);
  expect(client.last.request).toEqual({ look: null });
});

test('coverage joins what touches, and tells the share that was seen', () => {
  const { coding } = open({ rest: rest({ coverage: [[0, 5_000]] }) });
  coding.addCoverage([
    [4_000, 9_000.5],
    [20_000, 26_000],
  ]);
  expect(coding.rest.coverage).toEqual([
    [0, 9_001],
    [20_000, 26_000],
  ]);
  expect(coding.seen).toBeCloseTo(15_001 / 30_000);
});

test('ratings and windows are drawn and taken back by null', () => {
  const { coding } = open();
  coding.setRating('depth', null, 4);
  coding.setRating('depth', [0, 300_000], 2);
  coding.setNothingHere([0, 300_000], true);
  expect(coding.rest.session_ratings).toEqual({ depth: 4 });
  expect(coding.rest.windows).toEqual([
    { start_ms: 0, end_ms: 300_000, ratings: { depth: 2 }, nothing_here: true },
  ]);
  coding.setRating('depth', null, null);
  expect(coding.rest.session_ratings).toEqual({});
});

test('marks say family, relationship and class, and no class where none may be seen', () => {
  const { coding } = open({
    conflicts: [
      conflict('real', { relationship: 'real', significance: 4, verdict: null }),
      conflict('both', { relationship: 'both', mode: 'none', verdict: null }),
      conflict('rupture', {
        mode: 'mixed',
        verdict: { class: 'rupture', score: 4, cut: 3, reasons: [] },
      }),
    ],
  });
  const shown = (id: string) => {
    const each = coding.conflicts.get(id) ?? conflict('none');
    return [coding.familyOf(each), coding.shapeOf(each), coding.fillOf(each)];
  };
  expect(shown('real')).toEqual(['withdrawal', 'square', 'hollow']);
  expect(shown('both')).toEqual(['care', 'rounded', 'dotted']);
  expect(shown('rupture')).toEqual(['mixed', 'circle', 'filled']);
});
