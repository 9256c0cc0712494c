// @vitest-environment jsdom
import { expect, test, vi } from 'vitest';
import { TickingClock, type Frames } from './clock';
import { Player, type PlayerOptions, type Stretch } from './player.svelte';

/** Frames that pass when told to. */
class Film implements Frames {
  at = 0;
  #waiting = new Map<number, () => void>();
  #handle = 0;
  nowMs = () => this.at;
  request = (callback: () => void) => {
    this.#handle += 1;
    this.#waiting.set(this.#handle, callback);
    return this.#handle;
  };
  cancel = (handle: number) => void this.#waiting.delete(handle);
  /** Lets `ms` pass in frames of 20 ms. */
  pass(ms: number, frame = 20): void {
    for (let left = ms; left > 0; left -= frame) {
      this.at += Math.min(frame, left);
      const due = [...this.#waiting.values()];
      this.#waiting.clear();
      for (const callback of due) callback();
    }
  }
}

const turn = (start_ms: number, end_ms: number) => ({
  role: 'patient' as const,
  speaker: '',
  text: 'Yes.',
  start_ms,
  end_ms,
  estimated: false,
});

const SESSION = {
  duration_ms: 30_000,
  turns: [turn(1_000, 4_000), turn(4_000, 9_000), turn(12_000, 20_000), turn(20_000, 30_000)],
};

function open(options: PlayerOptions = {}) {
  const film = new Film();
  return { film, player: new Player(SESSION, { clock: new TickingClock(film), ...options }) };
}

test('plays with time, pauses exactly, and lights the turn that is spoken', () => {
  const { film, player } = open();
  expect(player.currentTurn).toBe(-1);
  player.play();
  film.pass(1_000);
  expect(player.nowMs).toBe(1_000);
  expect(player.currentTurn).toBe(0);
  film.pass(3_500);
  expect(player.currentTurn).toBe(1);
  film.at += 7;
  player.pause();
  expect(player.nowMs).toBe(4_507);
  film.pass(5_000);
  expect(player.nowMs).toBe(4_507);
  expect(player.playing).toBe(false);
});

test.each([
  [-1, -1],
  [999, -1],
  [1_000, 0],
  [3_999, 0],
  [4_000, 1],
  [11_000, 1],
  [19_999, 2],
  [99_999, 3],
])('the turn at %i ms is %i', (ms, expected) => {
  expect(open().player.turnAt(ms)).toBe(expected);
});

test('speed goes in quarters from a half to twice and changes how fast time passes', () => {
  const { film, player } = open();
  for (let times = 0; times < 9; times += 1) player.faster();
  expect(player.rate).toBe(2);
  player.play();
  film.pass(1_000);
  expect(player.nowMs).toBe(2_000);
  for (let times = 0; times < 9; times += 1) player.slower();
  expect(player.rate).toBe(0.5);
  film.pass(1_000);
  expect(player.nowMs).toBe(2_500);
  player.setRate(1.3);
  expect(player.rate).toBe(1.25);
});

test('stops at the end, and plays from the start after that', () => {
  const { film, player } = open({ positionMs: 29_900 });
  player.play();
  film.pass(500);
  expect(player.nowMs).toBe(30_000);
  expect(player.playing).toBe(false);
  player.play();
  expect(player.nowMs).toBe(0);
});

test('stays within the session', () => {
  const { player } = open({ positionMs: 99_000 });
  expect(player.nowMs).toBe(30_000);
  player.nudge(-2_000);
  expect(player.nowMs).toBe(28_000);
  player.seek(-5);
  expect(player.nowMs).toBe(0);
});

test('a loop repeats its stretch until it is left', () => {
  const { film, player } = open();
  player.toggleLoop({ startMs: 4_000, endMs: 5_000 });
  expect(player.nowMs).toBe(4_000);
  player.play();
  film.pass(2_500);
  expect(player.playing).toBe(true);
  expect(player.nowMs).toBeGreaterThanOrEqual(4_000);
  expect(player.nowMs).toBeLessThan(5_000);
  player.toggleLoop({ startMs: 0, endMs: 1 });
  film.pass(2_000);
  expect(player.nowMs).toBeGreaterThan(5_000);
  player.toggleLoop({ startMs: 9_000, endMs: 9_000 });
  expect(player.loop).toBeNull();
});

test('seeking out of a loop ends it', () => {
  const { player } = open();
  player.toggleLoop({ startMs: 4_000, endMs: 5_000 });
  player.seek(4_500);
  expect(player.loop).not.toBeNull();
  player.seek(20_000);
  expect(player.loop).toBeNull();
});

test.each([1_000, 20_000])('seeking out of a loop while it plays goes there, %i', (to) => {
  const { film, player } = open();
  player.toggleLoop({ startMs: 4_000, endMs: 5_000 });
  player.play();
  film.pass(500);
  player.seek(to);
  expect(player.nowMs).toBe(to);
  expect(player.loop).toBeNull();
  film.pass(500);
  expect(player.nowMs).toBe(to + 500);
});

test('stops at the end of every window, tells which, and goes on without stopping there again', () => {
  const { film, player } = open({
    windowMs: 10_000,
    stopsAfterWindows: () => true,
    rewindOnResumeS: () => 2,
  });
  const ended: Stretch[] = [];
  player.onWindowEnd((window) => ended.push(window));
  player.play();
  film.pass(12_000);
  expect(player.playing).toBe(false);
  expect(player.nowMs).toBe(10_000);
  expect(ended).toEqual([{ startMs: 0, endMs: 10_000 }]);
  player.play();
  film.pass(500);
  expect(player.nowMs).toBe(10_500);
  film.pass(60_000);
  player.play();
  film.pass(60_000);
  expect(ended.map(({ endMs }) => endMs)).toEqual([10_000, 20_000, 30_000]);
});

test('windows do not stop it where scores are given with the tag', () => {
  const { film, player } = open({ windowMs: 10_000, stopsAfterWindows: () => false });
  const ended = vi.fn();
  player.onWindowEnd(ended);
  player.play();
  film.pass(12_000);
  expect(player.playing).toBe(true);
  expect(ended).not.toHaveBeenCalled();
});

test('goes back a little when playing goes on after a pause, but not after a seek', () => {
  const { film, player } = open({ rewindOnResumeS: () => 2 });
  player.play();
  film.pass(5_000);
  player.pause();
  player.play();
  expect(player.nowMs).toBe(3_000);
  player.pause();
  player.seek(9_000);
  player.play();
  expect(player.nowMs).toBe(9_000);
});

test('remembers the position every five seconds, on a pause and on leaving', () => {
  const remember = vi.fn();
  const { film, player } = open({ remember });
  player.play();
  film.pass(11_000);
  expect(remember.mock.calls).toEqual([[5_000], [10_000]]);
  player.pause();
  expect(remember).toHaveBeenLastCalledWith(11_000);
  player.close();
  expect(remember).toHaveBeenLastCalledWith(11_000);
});

test('a drag is remembered once, when it rests; leaving does not wait for that', () => {
  vi.useFakeTimers();
  const remember = vi.fn();
  const { player } = open({ remember });
  for (let ms = 0; ms <= 9_000; ms += 100) player.seek(ms);
  expect(remember).not.toHaveBeenCalled();
  vi.advanceTimersByTime(400);
  expect(remember.mock.calls).toEqual([[9_000]]);
  player.seek(2_000);
  player.close();
  vi.advanceTimersByTime(400);
  expect(remember.mock.calls).toEqual([[9_000], [2_000]]);
  vi.useRealTimers();
});

test('time does not pass for a window that was hidden', () => {
  const { film, player } = open();
  player.play();
  film.pass(20);
  film.pass(20_000, 20_000);
  expect(player.nowMs).toBe(1_020);
});

test('tells what was played, without a gap', () => {
  const { film, player } = open();
  const played: Stretch[] = [];
  player.onPlayed((stretch) => played.push(stretch));
  player.play();
  film.pass(200);
  player.seek(10_000);
  film.pass(40);
  player.pause();
  const after = played.filter(({ startMs }) => startMs >= 10_000);
  const first = played.filter(({ startMs }) => startMs < 10_000);
  expect([first[0]?.startMs, first.at(-1)?.endMs]).toEqual([0, 200]);
  expect([after[0]?.startMs, after.at(-1)?.endMs]).toEqual([10_000, 10_040]);
});

test('following is lost by the view and comes back by asking, or by playing again', () => {
  const { player } = open();
  player.following = false;
  player.follow();
  expect(player.following).toBe(true);
  player.following = false;
  player.play();
  expect(player.following).toBe(true);
});
