import { expect, test } from 'vitest';
import { columns } from './waveform';

const loud = (value: number | null | undefined) => (value == null ? value : Math.round(value * 100));

test('each bar is as loud as the loudest of what it stands for', () => {
  const peaks = [0, 0, 255, 0, 0, 0, 64, 0];
  const bars = columns({ peaks, duration_ms: 8_000 }, { offsetMs: 0, durationMs: 8_000, widthPx: 12 });
  expect(bars.map(loud)).toEqual([0, 100, 0, 44]);
});

test('a recording stands where it is heard, and nothing where there is none', () => {
  const peaks = [255, 255];
  const place = { durationMs: 8_000, widthPx: 24 };
  const bars = (offsetMs: number) => columns({ peaks, duration_ms: 2_000 }, { ...place, offsetMs }).map(loud);
  expect(bars(4_000)).toEqual([null, null, null, null, 100, 100, null, null]);
  expect(bars(-1_000)).toEqual([100, null, null, null, null, null, null, null]);
});

test('three hours are as many bars as fit', () => {
  const peaks = Array.from({ length: 4_000 }, (_, at) => at % 256);
  const wide = columns(
    { peaks, duration_ms: 10_800_000 },
    { offsetMs: 0, durationMs: 10_800_000, widthPx: 1_500 },
  );
  expect(wide).toHaveLength(500);
  expect(wide.every((each) => each !== null && each >= 0 && each <= 1)).toBe(true);
});

test('nothing wide has no bars', () => {
  const none = columns({ peaks: [1], duration_ms: 1 }, { offsetMs: 0, durationMs: 1, widthPx: 0 });
  expect(none).toEqual([]);
});
