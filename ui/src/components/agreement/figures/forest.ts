// The coefficients with their intervals, one under the other.
import type { AgreementOutcome } from '$schemas/api';
import { figure, limits } from '../numbers/format';
import { drawing, element, INK, LINE, SECOND, text } from './svg';

const ROW = 26;
const TOP = 40;
const NAMES = 380;
const SCALE = 260;
const WIDTH = 820;

/** Letters that fit before the scale. */
const FITS = 62;

/** The scale's marks: its ends, 0, and what lies evenly between. */
const ticksFrom = (lowest: number) =>
  lowest < -0.5 ? [lowest, 0, 0.5, 1] : [...new Set([lowest, 0, 0.2, 0.4, 0.6, 0.8, 1])];

export function forest(outcome: AgreementOutcome): string {
  const rows = outcome.rows.filter(({ measurement }) => measurement.value !== null);
  const { lowest } = outcome;
  const at = (value: number) => NAMES + ((Math.max(lowest, value) - lowest) / (1 - lowest)) * SCALE;
  const bottom = TOP + rows.length * ROW;
  const ticks = ticksFrom(lowest).flatMap((tick) => [
    element('line', { x1: at(tick), x2: at(tick), y1: TOP - 8, y2: bottom, stroke: LINE }),
    text(figure(tick), at(tick), bottom + 16, { 'text-anchor': 'middle', fill: SECOND, 'font-size': 11 }),
  ]);
  const lines = rows.flatMap((row, place) => {
    const y = TOP + place * ROW + ROW / 2;
    const { value, interval } = row.measurement;
    const name = `${row.label}: ${row.detail}`;
    return [
      text(name.length > FITS ? `${name.slice(0, FITS - 1)}…` : name, 16, y + 4),
      ...(interval?.low != null && interval.high !== null
        ? [
            element('line', {
              x1: at(interval.low),
              x2: at(interval.high),
              y1: y,
              y2: y,
              stroke: INK,
              'stroke-width': 2.5,
            }),
          ]
        : []),
      element('circle', { cx: at(value ?? 0), cy: y, r: 4.5, fill: INK }),
      text(`${figure(value)} ${limits(interval)}`, NAMES + SCALE + 20, y + 4),
    ];
  });
  const title = `${outcome.value}, by ${outcome.unit}`;
  return drawing(WIDTH, bottom + 48, title, [
    text(title, 16, 22, { 'font-weight': 600 }),
    ...ticks,
    ...lines,
    text(outcome.basis.intervals, 16, bottom + 36, { fill: SECOND, 'font-size': 11 }),
  ]);
}
