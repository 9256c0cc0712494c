// The axis of a session: where a moment lies, where the ticks stand, which labels fit.

const STEPS_MS = [
  1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000,
  3_600_000,
];
const LABEL_PX = 72;

/** Moments of the ticks, from 0: at the windows where their labels fit, else at the finest round step that fits. */
export function ticks(durationMs: number, widthPx: number, windowMs: number): number[] {
  if (durationMs <= 0 || widthPx <= 0) return [0];
  const least = (LABEL_PX / widthPx) * durationMs;
  const windowFits = windowMs >= least && durationMs / Math.max(1, windowMs) >= 3;
  const step = windowFits ? windowMs : (STEPS_MS.find((each) => each >= least) ?? hours(least));
  const count = Math.floor(durationMs / step);
  return Array.from({ length: count + 1 }, (_, at) => at * step);
}

const hours = (leastMs: number) => Math.ceil(leastMs / 3_600_000) * 3_600_000;

/** Where a moment lies, in percent of the axis. */
export const percentAt = (ms: number, durationMs: number): number =>
  durationMs <= 0 ? 0 : (Math.min(Math.max(0, ms), durationMs) / durationMs) * 100;

/** The moment at a place of the axis. */
export const momentAt = (px: number, widthPx: number, durationMs: number): number =>
  widthPx <= 0 ? 0 : (Math.min(Math.max(0, px), widthPx) / widthPx) * durationMs;

/** `0:00`, `25:00`, `1:05:00`: as short as an axis wants it. */
export function tickLabel(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const two = (value: number) => String(value).padStart(2, '0');
  const [h, m, s] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

export interface Span {
  from: number;
  to: number;
}

/** For each of several labelled spans (from left to right) the row it stands in, so that none covers another. */
export function rows(spans: readonly Span[], most: number): number[] {
  const ends: number[] = [];
  return spans.map(({ from, to }) => {
    const free = ends.findIndex((end) => end <= from);
    const row = free >= 0 ? free : Math.min(ends.length, most - 1);
    ends[row] = Math.max(ends[row] ?? 0, to);
    return row;
  });
}
