// The bars of the histogram: for each score, outlined strains below and filled ruptures above, each by mode.
import type { Mode, ThresholdStep } from '$schemas/api';
import { MODES } from '../words';

export interface Block {
  mode: Mode;
  fill: 'rupture' | 'strain' | 'unscored';
  count: number;
  /** From the floor, in conflicts. */
  from: number;
}

/** From the floor up: unscored, strains, ruptures. */
const ORDER = [
  { fill: 'unscored', at: 2 },
  { fill: 'strain', at: 1 },
  { fill: 'rupture', at: 0 },
] as const;

/** The blocks of one bar, from the floor up. */
export function blocks(heights: readonly (readonly number[])[]): Block[] {
  const found: Block[] = [];
  let from = 0;
  for (const { fill, at } of ORDER) {
    for (const [place, mode] of MODES.entries()) {
      const count = heights[place]?.[at] ?? 0;
      if (count === 0) continue;
      found.push({ mode, fill, count, from });
      from += count;
    }
  }
  return found;
}

export const total = (heights: readonly (readonly number[])[]): number =>
  heights.reduce((sum, mode) => sum + mode.reduce((one, other) => one + other, 0), 0);

/** The highest bar. No step changes how high bars are, only how they are filled. */
export const highest = (step: ThresholdStep): number => Math.max(1, ...step.heights.map(total));
