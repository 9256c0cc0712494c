// Agreement at every cut: places of points on a plot, and the plot as a file.
import type { CurvePoint, Estimate, ThresholdCurve } from '$schemas/api';
import { figure, share } from '../numbers/format';
import { drawing, element, grey, INK, LINE, PAPER, SECOND, text } from './svg';

export type Series = 'specific_rupture' | 'specific_strain' | 'kappa' | 'alpha' | 'ac1';

export const SERIES: { value: Series; label: string; title: string }[] = [
  { value: 'specific_rupture', label: 'rupture', title: 'Specific agreement on rupture' },
  { value: 'specific_strain', label: 'strain', title: 'Specific agreement on strain' },
  { value: 'kappa', label: 'κ', title: 'Cohen’s κ, rupture or not' },
  { value: 'alpha', label: 'α', title: 'Krippendorff’s α, rupture or not' },
  { value: 'ac1', label: 'AC1', title: 'Gwet’s AC1, rupture or not' },
];

export interface Plot {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

interface Placed {
  point: CurvePoint;
  estimate: Estimate;
  x: number;
  y: number;
}

/** The lowest figure of the scale: 0, or below where something is. */
export function lowestOf(curve: ThresholdCurve, series: Series): number {
  const all = curve.points.flatMap((point) => [point[series].value, point[series].low]);
  const least = Math.min(0, ...all.filter((each) => each !== null));
  return least < -0.5 ? -1 : least < -1e-9 ? -0.5 : 0;
}

export function scales(curve: ThresholdCurve, series: Series, plot: Plot) {
  const lowest = lowestOf(curve, series);
  const across = plot.width - plot.left - plot.right;
  const down = plot.height - plot.top - plot.bottom;
  const first = curve.points[0]?.cut ?? 1;
  const last = curve.points.at(-1)?.cut ?? 5;
  const x = (cut: number) => plot.left + (across * (cut - first + 0.35)) / Math.max(0.7, last - first + 0.7);
  const y = (value: number) =>
    plot.top + down * (1 - (Math.min(1, Math.max(lowest, value)) - lowest) / (1 - lowest));
  return { x, y, lowest, ticks: lowest < 0 ? [lowest, 0, 0.5, 1] : [0, 0.2, 0.4, 0.6, 0.8, 1] };
}

/** Points that have a figure, in stretches without a gap. */
export function stretches(curve: ThresholdCurve, series: Series, plot: Plot): Placed[][] {
  const { x, y } = scales(curve, series, plot);
  const found: Placed[][] = [[]];
  for (const point of curve.points) {
    const estimate = point[series];
    if (estimate.value === null) found.push([]);
    else found.at(-1)?.push({ point, estimate, x: x(point.cut), y: y(estimate.value) });
  }
  return found.filter((each) => each.length > 0);
}

/** The band of the intervals along a stretch, as points of a polygon. */
export function band(stretch: Placed[], y: (value: number) => number): string {
  const bounded = stretch.filter(({ estimate }) => estimate.low !== null && estimate.high !== null);
  const upper = bounded.map(({ x, estimate }) => `${x},${y(estimate.high ?? 0)}`);
  const lower = bounded.map(({ x, estimate }) => `${x},${y(estimate.low ?? 0)}`);
  return [...upper, ...lower.reverse()].join(' ');
}

export const isStudyCut = (curve: ThresholdCurve, cut: number): boolean =>
  Math.abs(cut - curve.study_cut) < 1e-9;

const FILE: Plot = { width: 620, height: 380, left: 56, right: 24, top: 56, bottom: 84 };

export function curveFigure(curve: ThresholdCurve, series: Series): string {
  const { x, y, ticks } = scales(curve, series, FILE);
  const title = SERIES.find(({ value }) => value === series)?.title ?? '';
  const parts = [text(`${title}, at every cut`, 16, 24, { 'font-weight': 600 })];
  for (const tick of ticks) {
    parts.push(
      element('line', { x1: FILE.left, x2: FILE.width - FILE.right, y1: y(tick), y2: y(tick), stroke: LINE }),
    );
    parts.push(
      text(figure(tick), FILE.left - 8, y(tick) + 4, { 'text-anchor': 'end', fill: SECOND, 'font-size': 11 }),
    );
  }
  const cutX = x(curve.study_cut);
  parts.push(
    element('line', {
      x1: cutX,
      x2: cutX,
      y1: FILE.top - 12,
      y2: FILE.height - FILE.bottom,
      stroke: INK,
      'stroke-dasharray': '2 3',
    }),
  );
  parts.push(
    text(`cut ${curve.study_cut}`, cutX, FILE.top - 17, { 'text-anchor': 'middle', 'font-size': 11 }),
  );
  for (const stretch of stretches(curve, series, FILE)) {
    parts.push(element('polygon', { points: band(stretch, y), fill: grey(10) }));
    parts.push(
      element('polyline', {
        points: stretch.map((each) => `${each.x},${each.y}`).join(' '),
        fill: 'none',
        stroke: INK,
        'stroke-width': 2,
      }),
    );
    for (const { point, estimate, x: across, y: down } of stretch) {
      const own = isStudyCut(curve, point.cut);
      parts.push(
        element('circle', {
          cx: across,
          cy: down,
          r: own ? 6 : 4,
          fill: own ? INK : PAPER,
          stroke: INK,
          'stroke-width': 2,
        }),
      );
      parts.push(
        text(figure(estimate.value), across, down - 11, { 'text-anchor': 'middle', 'font-size': 11 }),
      );
    }
  }
  for (const { cut, rupture_rate: rate } of curve.points) {
    const foot = FILE.height - FILE.bottom + 18;
    parts.push(text(`≥ ${cut}`, x(cut), foot, { 'text-anchor': 'middle' }));
    parts.push(
      text(share(rate), x(cut), foot + 16, { 'text-anchor': 'middle', fill: SECOND, 'font-size': 11 }),
    );
  }
  parts.push(
    text(
      'Percentages: units that are a rupture under the cut. A peak is no reason to choose a cut.',
      16,
      FILE.height - 14,
      { fill: SECOND, 'font-size': 11 },
    ),
  );
  return drawing(FILE.width, FILE.height, title, parts);
}
