import { expect, test } from 'vitest';
import { marker, member } from '../../../state/agreement/fixture';
import { pieces } from './pieces';

const said = { turn: 3, role: 'patient', start_ms: 0, text: 'I bring you these lists' } as const;
const text = (from: [number, number], to: [number, number]) =>
  ({
    kind: 'text',
    start: { turn: from[0], unit: from[1] },
    end: { turn: to[0], unit: to[1] },
  }) as const;

test('words are cut where marks begin and end, each with who marks them', () => {
  const members = [
    member('1', { coding_id: 'one', markers: [marker('m', { segment: text([3, 0], [3, 11]) })] }),
    member('2', { coding_id: 'two', markers: [marker('n', { segment: text([3, 2], [4, 5]) })] }),
  ];
  expect(pieces(said, members)).toEqual([
    { text: 'I ', by: ['one'] },
    { text: 'bring you', by: ['one', 'two'] },
    { text: ' these lists', by: ['two'] },
  ]);
});

test('a mark of another turn, or on the clock alone, has no place in the words', () => {
  const members = [
    member('1', { markers: [marker('m', { segment: text([1, 0], [2, 4]) })] }),
    member('2', { markers: [marker('n', { segment: { kind: 'time', start_ms: 0, end_ms: 9 } })] }),
  ];
  expect(pieces(said, members)).toEqual([{ text: said.text, by: [] }]);
});
