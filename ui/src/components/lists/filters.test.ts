import { expect, test } from 'vitest';
import { codingOf, turn } from '../../state/judging/fixture';
import { itemsOf } from './filters';

test('conflicts and repairs stand by onset, joined markers as one', () => {
  const coding = codingOf();
  const repair = coding.addMarker(turn(3), 'repair-therapist/apologises');
  const late = coding.addMarker(turn(2), 'withdrawal/denial');
  const early = coding.addMarker(turn(1), 'withdrawal/denial');
  expect(itemsOf(coding, 'all').map(({ id }) => id)).toEqual([
    early.conflictId,
    late.conflictId,
    repair.markerId,
  ]);
  void coding.joinConflicts(early.conflictId ?? '', late.conflictId ?? '');
  expect(itemsOf(coding, 'all').map(({ id }) => id)).toEqual([early.conflictId, repair.markerId]);
});

test('filters keep what they name', () => {
  const coding = codingOf();
  const scored = coding.addMarker(turn(1), 'withdrawal/denial');
  const open = coding.addMarker(turn(2), 'withdrawal/denial');
  const repair = coding.addMarker(turn(3), 'repair-therapist/apologises');
  coding.changeConflict(scored.conflictId ?? '', { set: 'significance', to: 2 });
  coding.changeConflict(scored.conflictId ?? '', { set: 'addressed', to: 'no' });
  coding.changeMarker(repair.markerId, { set: 'discuss', to: true });
  const ids = (filter: Parameters<typeof itemsOf>[1]) => itemsOf(coding, filter).map(({ id }) => id);
  expect(ids('to-score')).toEqual([open.conflictId]);
  expect(ids('unaddressed')).toEqual([scored.conflictId]);
  expect(ids('discuss')).toEqual([repair.markerId]);
});
