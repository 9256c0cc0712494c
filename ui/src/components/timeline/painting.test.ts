// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest';
import { Stamps, type LaneMark } from './painting';

/** What is drawn on canvases, by the size of the canvas. */
function drawn() {
  const calls: { side: number; name: string; args: unknown[] }[] = [];
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockImplementation(function (this: HTMLCanvasElement) {
    const side = this.width;
    return new Proxy({} as CanvasRenderingContext2D, {
      get:
        (_, name) =>
        (...args: unknown[]) =>
          calls.push({ side, name: String(name), args }),
      set: () => true,
    });
  } as unknown as typeof HTMLCanvasElement.prototype.getContext);
  return calls;
}
afterEach(() => vi.restoreAllMocks());

const ground = {
  widthPx: 1000,
  heightPx: 100,
  durationMs: 10_000,
  lanes: new Map([
    ['ruptures', 20],
    ['strains', 40],
  ] as const),
};
const mark = (changes: Partial<LaneMark>): LaneMark => ({
  lane: 'ruptures',
  hue: 'care',
  shape: 'circle',
  fill: 'filled',
  fromMs: 5_000,
  toMs: null,
  ...changes,
});

test('a mark stands at its onset on its lane, with its line to the end of the conflict', () => {
  const calls = drawn();
  const stamps = new Stamps(new Map([['care', 'rgb(1, 2, 3)']]), 16, 2);
  const canvas = document.createElement('canvas');
  stamps.paint(canvas, [mark({}), mark({ lane: 'strains', fromMs: 1_000, toMs: 3_000 })], ground);
  expect([canvas.width, canvas.height]).toEqual([2000, 200]);
  const on = (name: string) => calls.filter((call) => call.name === name && call.side === 2000);
  expect(on('drawImage').map(({ args }) => args.slice(1))).toEqual([
    [494, 14, 12, 12],
    [94, 34, 12, 12],
  ]);
  expect(on('fillRect').map(({ args }) => args)).toEqual([[100, 39.25, 200, 1.5]]);
});

test('each kind of mark is drawn once, filled, hollow or dotted', () => {
  const calls = drawn();
  const stamps = new Stamps(new Map(), 16, 1);
  const kinds: LaneMark['fill'][] = ['filled', 'hollow', 'dotted', 'filled', 'dotted'];
  stamps.paint(
    document.createElement('canvas'),
    kinds.map((fill) => mark({ fill })),
    ground,
  );
  const count = (name: string) => calls.filter((call) => call.name === name).length;
  expect([count('drawImage'), count('stroke'), count('fill'), count('setLineDash')]).toEqual([5, 3, 1, 1]);
});
