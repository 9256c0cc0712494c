import { expect, test } from 'vitest';
import { codingOf, turn } from '../../state/judging/fixture';
import { itemsOf } from '../lists/filters';
import { Grouping } from './grouping';

test('five minutes of the session stand together, and one more item moves none of the others', () => {
  const coding = codingOf();
  const { conflictId } = coding.addMarker(turn(1), 'withdrawal/denial');
  const [item] = itemsOf(coding, 'all');
  if (item === undefined) throw new Error('no item');
  const at = (id: string, atMs: number) => ({ ...item, id, atMs });
  const keys = (...items: (typeof item)[]) =>
    new Grouping().of(items).map(({ key, rows }) => [key, rows.length]);
  expect(item.id).toBe(conflictId);
  expect(keys()).toEqual([]);
  expect(keys(at('a', 0), at('b', 299_999), at('c', 300_000), at('d', 1_500_000))).toEqual([
    [0, 2],
    [1, 1],
    [5, 1],
  ]);
});

test('rows and groups that hold what they held stay the same objects', () => {
  const coding = codingOf();
  const first = coding.addMarker(turn(1), 'withdrawal/denial');
  const grouping = new Grouping();
  const before = grouping.of(itemsOf(coding, 'all'));
  coding.changeConflict(first.conflictId ?? '', { set: 'significance', to: 2 });
  expect(grouping.of(itemsOf(coding, 'all'))).toBe(before);
  coding.addMarker(turn(2), 'withdrawal/denial');
  const after = grouping.of(itemsOf(coding, 'all'));
  expect(after).not.toBe(before);
  expect(after[0]?.rows).toHaveLength(2);
  expect(after[0]?.rows[0]).toBe(before[0]?.rows[0]);
});
