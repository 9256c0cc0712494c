// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { TickingClock } from './clock';
import { Coverage, READING_CHARACTERS_PER_SECOND, READING_SHARE, without } from './coverage.svelte';
import { Player } from './player.svelte';

type Range = [number, number];

const said = (text: string, start_ms: number, end_ms: number) => ({
  role: 'patient' as const,
  speaker: '',
  text,
  start_ms,
  end_ms,
  estimated: false,
});
/** Reading a turn of these takes just over a second. */
const LONG = 'x'.repeat(Math.ceil((READING_CHARACTERS_PER_SECOND / READING_SHARE) * 1.01));
const TURNS = [said(LONG, 1_000, 9_000), said(LONG, 10_000, 18_000), said(LONG, 20_000, 28_000)];

class Coding {
  rest: { coverage: Range[] } = $state.raw({ coverage: [] });
  readOnly = false;
  sent: Range[][] = [];
  addCoverage(ranges: Range[]): void {
    this.sent.push(ranges);
    this.rest = { coverage: [...this.rest.coverage, ...ranges] };
  }
}

function open() {
  let at = 0;
  let due: (() => void) | null = null;
  const time = { at: () => at, attended: true };
  const frames = {
    nowMs: () => at,
    request: (callback: () => void) => {
      due = callback;
      return 1;
    },
    cancel: () => {
      due = null;
    },
  };
  const player = new Player({ duration_ms: 30_000, turns: TURNS }, { clock: new TickingClock(frames) });
  const coding = new Coding();
  const coverage = new Coverage(coding, player, TURNS, { nowMs: () => at, attended: () => time.attended });
  const pass = (ms: number) => {
    for (let left = ms; left > 0; left -= 100) {
      at += 100;
      const run = due;
      due = null;
      run?.();
      if (at % 500 === 0) coverage.look();
    }
  };
  return { player, coding, coverage, pass, time };
}

test('what was played is sent when playing pauses, and only what is new', () => {
  const { player, coding, pass } = open();
  player.play();
  pass(3_000);
  player.pause();
  expect(coding.sent).toEqual([[[0, 3_000]]]);
  player.seek(2_000);
  player.play();
  pass(2_000);
  player.pause();
  expect(coding.sent.at(-1)).toEqual([[3_000, 4_000]]);
  player.seek(1_000);
  player.play();
  pass(1_000);
  player.pause();
  expect(coding.sent).toHaveLength(2);
});

test('is sent every ten seconds while it plays on', () => {
  const { player, coding, pass } = open();
  player.play();
  pass(12_000);
  expect(coding.sent).toEqual([[[0, 10_000]]]);
});

test('what is skipped by seeking is not seen', () => {
  const { player, coding, coverage, pass } = open();
  player.play();
  pass(1_000);
  player.seek(20_000);
  pass(1_000);
  player.pause();
  expect(coding.sent).toEqual([
    [
      [0, 1_000],
      [20_000, 21_000],
    ],
  ]);
  expect(coverage.unseen).toEqual([
    [1_000, 20_000],
    [21_000, 30_000],
  ]);
  expect(coverage.share).toBeCloseTo(2 / 30);
});

test('turns in view are read one after the other, never all at once', () => {
  const { coding, coverage, pass } = open();
  coverage.setInView({ first: 0, last: 2 });
  coverage.active();
  pass(500);
  expect(coverage.share).toBe(0);
  pass(1_000);
  coverage.flush();
  expect(coding.sent).toEqual([[[0, 10_000]]]);
  pass(1_000);
  expect(coverage.seen).toEqual([[0, 20_000]]);
});

test('what only stands in view is not read, also when the session was just opened', () => {
  const { coverage, pass } = open();
  coverage.setInView({ first: 0, last: 2 });
  pass(60_000);
  expect(coverage.share).toBe(0);
});

test('half a minute after the last touch nobody is reading any more', () => {
  const { coverage, pass } = open();
  coverage.setInView(null);
  coverage.active();
  pass(28_000);
  coverage.setInView({ first: 0, last: 2 });
  pass(60_000);
  expect(coverage.seen).toEqual([[0, 10_000]]);
});

test('nobody reads while away, in another window, or while it plays', () => {
  const { player, coverage, pass, time } = open();
  coverage.setInView({ first: 2, last: 2 });
  coverage.active();
  time.attended = false;
  pass(5_000);
  expect(coverage.share).toBe(0);
  time.attended = true;
  player.play();
  pass(2_000);
  player.pause();
  expect(coverage.seen).toEqual([[0, 2_000]]);
  coverage.setInView(null);
  pass(70_000);
  coverage.setInView({ first: 2, last: 2 });
  pass(5_000);
  expect(coverage.seen).toEqual([[0, 2_000]]);
  coverage.active();
  pass(1_500);
  expect(coverage.seen).toEqual([
    [0, 2_000],
    [20_000, 30_000],
  ]);
});

test('a locked coding is left alone', () => {
  const { player, coding, pass } = open();
  coding.readOnly = true;
  player.play();
  pass(1_000);
  player.pause();
  expect(coding.sent).toEqual([]);
});

test('leaving sends the rest, once', () => {
  const { player, coding, coverage, pass } = open();
  player.play();
  pass(1_000);
  coverage.close();
  player.pause();
  expect(coding.sent).toEqual([[[0, 1_000]]]);
});

test.each<[Range[], Range[], Range[]]>([
  [[[0, 10]], [], [[0, 10]]],
  [
    [[0, 10]],
    [
      [2, 3],
      [5, 6],
    ],
    [
      [0, 2],
      [3, 5],
      [6, 10],
    ],
  ],
  [[[0, 10]], [[0, 10]], []],
  [
    [
      [0, 10],
      [20, 30],
    ],
    [[5, 25]],
    [
      [0, 5],
      [25, 30],
    ],
  ],
  [
    [[5, 10]],
    [
      [0, 5],
      [10, 12],
    ],
    [[5, 10]],
  ],
])('%j without %j is %j', (ranges, taken, left) => {
  expect(without(ranges, taken)).toEqual(left);
});
