// @vitest-environment jsdom
import { expect, test } from 'vitest';
import type { CurvePoint, Estimate, ThresholdCurve } from '$schemas/api';
import { outcome, row } from '../../../state/agreement/fixture';
import { curveFigure, stretches } from './curve';
import { forest } from './forest';
import { confusionFigure, heatFigure } from './matrix';

const NONE: Estimate = { value: null, low: null, high: null };
const point = (cut: number, value: number | null): CurvePoint => {
  const estimate = value === null ? NONE : { value, low: value - 0.1, high: value + 0.1 };
  return {
    cut,
    specific_rupture: estimate,
    specific_strain: NONE,
    kappa: estimate,
    ac1: estimate,
    alpha: estimate,
    rupture_rate: 0.02,
    strain_rate: 0.05,
    units: 100,
  };
};
const curve: ThresholdCurve = {
  points: [point(1, 0.6), point(2, null), point(3, 0.4), point(4, 0.5)],
  study_cut: 3,
  raw: null,
  sentence: 'A peak is no reason to choose a cut.',
};

function parsed(svg: string): Document {
  const page = new DOMParser().parseFromString(svg, 'image/svg+xml');
  expect(page.querySelector('parsererror')).toBeNull();
  expect(page.querySelector('script, style, foreignObject, image')).toBeNull();
  return page;
}

test('a cut without a figure parts the curve, and the study’s cut is filled', () => {
  const parts = stretches(curve, 'specific_rupture', {
    width: 100,
    height: 100,
    left: 0,
    right: 0,
    top: 0,
    bottom: 0,
  });
  expect(parts.map((each) => each.map(({ point: { cut } }) => cut))).toEqual([[1], [3, 4]]);
  const page = parsed(curveFigure(curve, 'specific_rupture'));
  const filled = [...page.querySelectorAll('circle')].map((each) => each.getAttribute('fill'));
  expect(filled.filter((fill) => fill === '#1d1c1a').length).toBe(1);
  expect(page.documentElement.textContent).toContain('no reason to choose a cut');
});

test('every coefficient with a value stands in the drawing, with words that could be markup', () => {
  const made = outcome({
    rows: [
      row('a', { detail: 'nothing < strain & rupture' }),
      row('b', { measurement: { ...row('b').measurement, value: null, reason: 'no variation' } }),
    ],
  });
  const page = parsed(forest(made));
  expect(page.querySelectorAll('circle').length).toBe(1);
  expect(page.documentElement.textContent).toContain('nothing < strain & rupture');
});

test('tables of two raters and of all are drawn cell by cell', () => {
  const table = {
    pair: ['A', 'B'] as [string, string],
    categories: ['nothing', 'strain'],
    counts: [
      [7, 1],
      [0, 2],
    ],
    units: 10,
    missing: 0,
  };
  expect(parsed(confusionFigure(table)).querySelectorAll('rect').length).toBe(5);
  const cell = {
    row: 0,
    column: 1,
    estimate: { value: 0.83, low: 0.7, high: 0.9 },
    units: 9,
    sessions: 2,
    reason: null,
  };
  const page = parsed(
    heatFigure({
      statistic: 'α',
      raters: ['A', 'B'],
      cells: [cell],
      sentence: '',
    }),
  );
  expect(page.documentElement.textContent).toContain('.83');
});
