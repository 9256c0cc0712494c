// Every pair of text and ground that may meet, in light and dark, from the tokens themselves.
import { expect, test } from 'vitest';
import css from './tokens.css?raw';

const FAMILIES = ['withdrawal', 'confrontation', 'care', 'repair', 'mixed'];

type Theme = 'light' | 'dark';
type Rgb = [number, number, number];

function token(name: string, theme: Theme): Rgb {
  const found = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css);
  const hex = found?.[theme === 'light' ? 1 : 2];
  if (hex === undefined) throw new Error(`--${name} is not among the tokens`);
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as Rgb;
}

/** Relative luminance, WCAG 2.2. */
function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: Rgb, b: Rgb): number {
  const [darker, lighter] = [luminance(a), luminance(b)].sort((one, other) => one - other) as [
    number,
    number,
  ];
  return (lighter + 0.05) / (darker + 0.05);
}

const PLAIN = ['paper', 'panel', 'raised', 'playing'];
const WASHES = FAMILIES.map((family) => `${family}-wash`);

/** Text of 4.5:1. Third ink never stands on a wash or a selection, family colours never as text on a wash. */
const TEXT: [string, string[]][] = [
  ['ink', [...PLAIN, 'selected', ...WASHES]],
  ['second', [...PLAIN, ...WASHES, 'selected']],
  ['third', ['paper', 'panel', 'raised', 'playing']],
  ['paper', ['ink']],
  ['raised', FAMILIES],
  ...FAMILIES.map((family): [string, string[]] => [family, ['paper', 'panel', 'raised']]),
];
/** Marks and lines of 3:1: a family's mark on everything it is drawn on. */
const MARKS: [string, string[]][] = FAMILIES.map((family) => [family, [...PLAIN, `${family}-wash`]]);

const pairs = (list: [string, string[]][], least: number) =>
  (['light', 'dark'] as const).flatMap((theme) =>
    list.flatMap(([text, grounds]) => grounds.map((ground) => ({ theme, text, ground, least }))),
  );

test.each([...pairs(TEXT, 4.5), ...pairs(MARKS, 3)])(
  '$theme: $text on $ground is at least $least : 1',
  ({ theme, text, ground, least }) => {
    expect(contrast(token(text, theme), token(ground, theme))).toBeGreaterThanOrEqual(least);
  },
);

/** A wash as it is painted over a ground: marked words are washed at 88 %. */
const washed = (wash: Rgb, ground: Rgb) =>
  wash.map((value, at) => value * 0.88 + (ground[at] ?? 0) * 0.12) as Rgb;

test.each(['light', 'dark'] as const)(
  '%s: ink is read on every two washes that lie on each other',
  (theme) => {
    for (const ground of ['paper', 'playing'])
      for (const below of WASHES)
        for (const above of WASHES) {
          const painted = washed(token(above, theme), washed(token(below, theme), token(ground, theme)));
          expect(contrast(token('ink', theme), painted)).toBeGreaterThanOrEqual(4.5);
        }
  },
);

test('the formula is that of WCAG', () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21);
  expect(contrast([119, 119, 119], [255, 255, 255])).toBeCloseTo(4.48, 2);
});
