import { expect, test } from 'vitest';
import { codebook } from '../../state/judging/fixture';
import { searchCodes } from './search';

const keysFor = (query: string) => searchCodes(codebook, query).map(({ code }) => code.key);

test('a name is found before a definition that holds the word', () => {
  expect(keysFor('apologises')[0]).toBe('repair-therapist/apologises');
});

test('examples are searched too, and every word must be there', () => {
  expect(keysFor('hay fever')).toEqual(['withdrawal/denial']);
  expect(keysFor('hay nonsense')).toEqual([]);
});

test('case and the kind of apostrophe do not matter', () => {
  expect(keysFor("IT'S HAY FEVER")).toEqual(['withdrawal/denial']);
});

test('nothing is found for nothing', () => {
  expect(keysFor('  ')).toEqual([]);
});
