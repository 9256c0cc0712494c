// The axis of the histogram: scores from left to right, and where the line of a cut stands.
import type { ScoreBin, ThresholdView } from '$schemas/api';

export interface Axis {
  from: number;
  to: number;
  /** Pixels of a score's place. */
  x: (at: number) => number;
  /** The score at a pixel. */
  at: (x: number) => number;
}

export function axisOf(bins: readonly ScoreBin[], left: number, width: number): Axis {
  const from = bins[0]?.from ?? 0.5;
  const to = bins.at(-1)?.to ?? 5.5;
  return {
    from,
    to,
    x: (at) => left + (width * (at - from)) / (to - from),
    at: (x) => from + ((x - left) * (to - from)) / width,
  };
}

type Shape = Pick<ThresholdView, 'centred' | 'grid'>;

/** Where the line stands: between the last bar below the cut and the first one at it. */
export function lineAt(cut: number, { centred, grid }: Shape, { from, to }: Axis): number {
  const place = centred ? Math.ceil(cut / grid - 1e-9) * grid - grid / 2 : cut;
  return Math.min(to, Math.max(from, place));
}

/** The cut whose line stands nearest to a place. */
export function cutAt(place: number, view: Shape): number {
  if (view.centred) return clamp(Math.round(place / view.grid + 0.5) * view.grid);
  return stepped(place, 0);
}

/** How far one press of a key moves the cut. */
export const cutStep = ({ centred, grid }: Shape): number => (centred ? grid : 0.05);

/** A cut moved by so much, on twentieths, from 1 to 5. */
export const stepped = (cut: number, by: number): number => clamp(Math.round((cut + by) * 20) / 20);

const clamp = (cut: number): number => Math.min(5, Math.max(1, cut));
