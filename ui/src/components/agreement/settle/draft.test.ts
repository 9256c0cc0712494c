import { expect, test } from 'vitest';
import type { ConsensusItem } from '$schemas/api';
import { conflict, item, marker, member, settled } from '../../../state/agreement/fixture';
import { Draft } from './draft.svelte';

const disputed = (): ConsensusItem =>
  item('a', {
    members: [
      member('1', { coding_id: 'one', conflict: conflict('x', { significance: 2 }), markers: [marker('m')] }),
      member('2', { coding_id: 'two', conflict: conflict('y', { significance: 4 }), markers: [marker('n')] }),
    ],
  });

test('it begins from the first who has something there, and says only what a conflict is', () => {
  const draft = new Draft(disputed());
  draft.set({ significance: 5, origin: 'mismatch' });
  const { by } = draft;
  if (by?.kind !== 'edit') throw new Error('it is an edit');
  expect(by.from).toBe('one');
  expect(by.markers).toBeUndefined();
  expect(by.conflict).toContainEqual({ set: 'significance', to: 5 });
  expect(by.conflict).toContainEqual({ set: 'origin', to: 'mismatch' });
});

test('markers of another original can stand in it, under another code', () => {
  const draft = new Draft(disputed());
  draft.toggleMarker('n', true);
  draft.setCode('n', 'withdrawal/denial');
  const { by } = draft;
  expect(by?.kind === 'edit' ? by.markers?.map(({ code }) => code) : null).toEqual([
    'confrontation/complaint',
    'withdrawal/denial',
  ]);
  draft.toggleMarker('n', false);
  draft.toggleMarker('m', false);
  expect(draft.chosen).toEqual(['m']);
});

test('a repair settled otherwise starts from an original, or from what is settled, and keeps what that answers', () => {
  const repair = (what: Partial<ConsensusItem> = {}) =>
    new Draft(
      item('repair', { kind: 'marker', members: [member('1', { markers: [marker('m')] })], ...what }),
    );
  const first = repair().by;
  expect(first?.kind === 'edit' ? first.from : null).toBe('coding of 1');
  expect(first?.kind === 'edit' ? first.markers?.[0]?.answers : null).toBeUndefined();
  const { settlement } = settled(item('repair', { kind: 'marker' }));
  if (settlement === null) throw new Error('it is settled');
  const again = repair({ settlement: { ...settlement, markers: [marker('own')] } }).by;
  expect(again?.kind === 'edit' ? again.from : null).toBeUndefined();
});

test('a conflict that is settled goes on from its own markers, not from those of the first original', () => {
  const { settlement } = settled(disputed());
  if (settlement === null) throw new Error('it is settled');
  const own = { ...marker('own', { start_ms: 9_000 }), code: 'withdrawal/denial' };
  const conflictSettled = conflict('z', { significance: 4 });
  const draft = new Draft({
    ...disputed(),
    settlement: { ...settlement, conflict: conflictSettled, markers: [own] },
  });
  expect(draft.conflict).toBe(conflictSettled);
  expect([draft.chosen, draft.candidates[0]]).toEqual([['own'], { marker: own, rater: 'as settled' }]);
  draft.set({ significance: 5 });
  const kept = draft.by;
  if (kept?.kind !== 'edit') throw new Error('it is an edit');
  // Nothing is said of markers or origin: they stay as they are settled, with the links.
  expect([kept.from, kept.markers]).toEqual([undefined, undefined]);
  draft.setCode('own', 'withdrawal/topic-shift');
  expect(draft.by?.kind === 'edit' ? draft.by.markers : null).toMatchObject([
    { code: 'withdrawal/topic-shift' },
  ]);
});

test('a rating that is not given yet cannot be settled', () => {
  const draft = new Draft(
    item('session-rating/x', { kind: 'session-rating', members: [member('1', { rating: 3 })] }),
  );
  expect(draft.by).toEqual({ kind: 'edit', conflict: [], rating: 3 });
  draft.rating = null;
  expect(draft.by).toBeNull();
});
