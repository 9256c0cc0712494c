// Grounds of cells, in six steps of ink, so that a number on them can always be read. A test computes the contrast.

/** Share of ink in the ground, in percent; from the fifth step on paper-coloured figures stand on it. */
export const STEPS = [4, 11, 20, 31, 64, 82] as const;
const FIRST_DARK = 4;

/** The step of a coefficient: a fifth of the scale each, and the first for what is below chance. */
export function stepOfCoefficient(value: number): number {
  if (value < 0) return 0;
  return Math.min(STEPS.length - 1, Math.floor(value * 5 + 1e-9) + 1);
}

/** The step of a count, by the logarithm: the common cell does not hide the others. */
export function stepOfCount(count: number, largest: number): number {
  if (count === 0 || largest === 0) return 0;
  const part = Math.log(1 + count) / Math.log(1 + largest);
  return Math.min(STEPS.length - 1, 1 + Math.floor(part * (STEPS.length - 1) - 1e-9));
}

export const isDark = (step: number): boolean => step >= FIRST_DARK;

/** The share of ink of a step. */
export const inkOf = (step: number): number => STEPS[step] ?? STEPS[0];
