import { expect, test } from 'vitest';
import { difference, figure, limits, share } from './format';

test.each([
  [0.812, '.81'],
  [-0.0909, '−.09'],
  [1, '1.00'],
  [0.995, '.99'],
  [-0.001, '.00'],
  [null, '–'],
])('%s is printed %s', (value, printed) => {
  expect(figure(value)).toBe(printed);
});

test('limits stand in brackets, or are left out', () => {
  expect(limits({ low: -0.1, high: 0.66 })).toBe('[−.10, .66]');
  expect(limits({ low: null, high: 0.66 })).toBe('');
  expect(limits(null)).toBe('');
});

test('shares have a decimal where they are small', () => {
  expect([share(0.0235), share(0.929), share(0)]).toEqual(['2.4 %', '93 %', '0 %']);
});

test('differences carry their sign', () => {
  expect([difference(0.413), difference(-0.0024), difference(0)]).toEqual(['+0.41', '−0.002', '0']);
});
