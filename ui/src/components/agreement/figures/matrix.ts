// Tables with shaded cells: who agrees with whom, and what two raters made of the same units.
import type { Confusion, HeatMap } from '$schemas/api';
import { count, figure } from '../numbers/format';
import { inkOf, isDark, stepOfCoefficient, stepOfCount } from '../numbers/shade';
import { drawing, element, grey, INK, PAPER, SECOND, text } from './svg';

const SIDE = 92;
const HEIGHT = 36;
const NAMES = 130;
const TOP = 64;

interface Cell {
  words: string;
  step: number;
}

function matrix(
  title: string,
  rows: string[],
  columns: string[],
  cell: (row: number, column: number) => Cell | null,
) {
  const parts = [text(title, 16, 22, { 'font-weight': 600 })];
  columns.forEach((name, column) => {
    parts.push(
      text(name, NAMES + column * SIDE + SIDE / 2, TOP - 10, { 'text-anchor': 'middle', fill: SECOND }),
    );
  });
  rows.forEach((name, row) => {
    const y = TOP + row * HEIGHT;
    parts.push(text(name, 16, y + HEIGHT / 2 + 4, { fill: SECOND }));
    columns.forEach((_, column) => {
      const content = cell(row, column);
      const x = NAMES + column * SIDE;
      const fill = grey(content === null ? 3 : inkOf(content.step));
      parts.push(
        element('rect', { x: x + 1.5, y: y + 1.5, width: SIDE - 3, height: HEIGHT - 3, rx: 4, fill }),
      );
      if (content !== null)
        parts.push(
          text(content.words, x + SIDE / 2, y + HEIGHT / 2 + 4, {
            'text-anchor': 'middle',
            fill: isDark(content.step) ? PAPER : INK,
          }),
        );
    });
  });
  return drawing(NAMES + columns.length * SIDE + 16, TOP + rows.length * HEIGHT + 20, title, parts);
}

export const heatFigure = (map: HeatMap): string =>
  matrix(`Who agrees with whom, ${map.statistic}`, map.raters, map.raters, (row, column) => {
    const found = map.cells.find((each) => each.row === row && each.column === column);
    const value = found?.estimate.value ?? null;
    if (row === column || value === null) return null;
    return { words: figure(value), step: stepOfCoefficient(value) };
  });

export function confusionFigure(table: Confusion): string {
  const largest = Math.max(0, ...table.counts.flat());
  const title = `Rows ${table.pair[0]}, columns ${table.pair[1]}`;
  return matrix(title, table.categories, table.categories, (row, column) => {
    const units = table.counts[row]?.[column] ?? 0;
    return { words: count(units), step: stepOfCount(units, largest) };
  });
}
