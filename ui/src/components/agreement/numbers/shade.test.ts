import { expect, test } from 'vitest';
import css from '../../../styles/tokens.css?raw';
import { inkOf, isDark, STEPS, stepOfCoefficient, stepOfCount } from './shade';

type Rgb = [number, number, number];

function token(name: string, theme: 'light' | 'dark'): Rgb {
  const found = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css);
  const hex = found?.[theme === 'light' ? 1 : 2];
  if (hex === undefined) throw new Error(`--${name} is not among the tokens`);
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as Rgb;
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test.each((['light', 'dark'] as const).flatMap((theme) => STEPS.map((_, step) => ({ theme, step }))))(
  '$theme: a figure is read on step $step',
  ({ theme, step }) => {
    const [ink, paper] = [token('ink', theme), token('paper', theme)];
    const part = inkOf(step) / 100;
    const ground = ink.map((value, at) => value * part + (paper[at] ?? 0) * (1 - part)) as Rgb;
    const [darker, lighter] = [luminance(ground), luminance(isDark(step) ? paper : ink)].sort(
      (one, other) => one - other,
    ) as [number, number];
    expect((lighter + 0.05) / (darker + 0.05)).toBeGreaterThanOrEqual(4.5);
  },
);

test('a coefficient takes a step for each fifth of the scale', () => {
  expect([-0.2, 0, 0.19, 0.2, 0.57, 0.83, 1].map(stepOfCoefficient)).toEqual([0, 1, 1, 2, 3, 5, 5]);
});

test('nothing is the lightest, the most common the darkest, the rare ones still told apart', () => {
  expect([0, 1, 5, 30, 570].map((count) => stepOfCount(count, 570))).toEqual([0, 1, 2, 3, 5]);
});
