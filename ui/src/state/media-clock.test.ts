// @vitest-environment jsdom
import { expect, test, vi } from 'vitest';
import { TickingClock, type Frames } from './clock';
import { MediaClock, type MediaElement } from './media-clock';
import { Player } from './player.svelte';

/** Frames that pass when told to, and a recording that plays with them. */
class Stage implements Frames {
  at = 0;
  element = new FakeElement();
  #waiting = new Map<number, () => void>();
  #handle = 0;
  nowMs = () => this.at;
  request = (callback: () => void) => {
    this.#handle += 1;
    this.#waiting.set(this.#handle, callback);
    return this.#handle;
  };
  cancel = (handle: number) => void this.#waiting.delete(handle);
  pass(ms: number, frame = 20): void {
    for (let left = ms; left > 0; left -= frame) {
      this.at += Math.min(frame, left);
      this.element.pass(Math.min(frame, left));
      const due = [...this.#waiting.values()];
      this.#waiting.clear();
      for (const callback of due) callback();
    }
  }
}

/** A media element that tells its position every 240 ms only. */
class FakeElement extends EventTarget implements MediaElement {
  duration = 20;
  /** Where there is nothing more to play, seconds. */
  endsAt = 20;
  paused = true;
  seeking = false;
  readyState = 4;
  error: { code: number } | null = null;
  playbackRate = 1;
  preservesPitch = false;
  /** It has nothing to play at the moment. */
  starved = false;
  #at = 0;
  #told = 0;
  #since = 0;
  get ended() {
    return this.#at >= this.endsAt;
  }
  get currentTime() {
    return this.#told;
  }
  set currentTime(seconds: number) {
    this.#at = this.#told = seconds;
    this.#since = 0;
  }
  play() {
    // As the standard has it: what has ended begins anew.
    if (this.ended) this.currentTime = 0;
    this.paused = false;
    return Promise.resolve();
  }
  pause() {
    this.paused = true;
    this.#told = this.#at;
  }
  pass(ms: number) {
    if (this.paused || this.starved || this.error !== null) return;
    this.#at = Math.min(this.endsAt, this.#at + (ms * this.playbackRate) / 1_000);
    this.#since += ms;
    if (this.#since >= 240) {
      this.#told = this.#at;
      this.#since = 0;
    }
  }
  fail() {
    this.error = { code: 2 };
    this.dispatchEvent(new Event('error'));
  }
}

function open(offsetMs = 0) {
  const stage = new Stage();
  const failed = vi.fn();
  const waiting = vi.fn();
  const clock = new MediaClock(stage.element, {
    offsetMs,
    durationMs: 20_000,
    frames: stage,
    failed,
    waiting,
  });
  return { stage, clock, failed, waiting };
}

const turns = [0, 4_000, 9_000, 21_000].map((start_ms, at) => ({
  role: 'patient' as const,
  speaker: '',
  text: `Turn ${at}`,
  start_ms,
  end_ms: start_ms + 1_000,
  estimated: false,
}));

test('the clock stands where the recording is, between its tellings too, and pitch is kept', () => {
  const { stage, clock } = open();
  clock.play();
  for (let passed = 0; passed < 5_000; passed += 100) {
    stage.pass(100);
    expect(Math.abs(clock.now - (passed + 100))).toBeLessThan(60);
  }
  clock.rate = 1.5;
  expect(stage.element.playbackRate).toBe(1.5);
  expect(stage.element.preservesPitch).toBe(true);
  stage.pass(2_000);
  expect(Math.abs(clock.now - 8_000)).toBeLessThan(60);
});

test('a pause is exact: it stands where the recording stands', () => {
  const { stage, clock } = open();
  clock.play();
  stage.pass(1_130);
  clock.pause();
  expect(stage.element.paused).toBe(true);
  expect(clock.now).toBeCloseTo(stage.element.currentTime * 1_000, 6);
  stage.pass(500);
  expect(clock.now).toBeCloseTo(1_130, 3);
});

test('an offset moves the recording against the session, which is silent where there is none', () => {
  const { stage, clock } = open(3_000);
  clock.play();
  stage.pass(2_000);
  expect(stage.element.paused).toBe(true);
  expect(clock.now).toBe(2_000);
  stage.pass(2_000);
  expect(stage.element.paused).toBe(false);
  expect(Math.abs(clock.now - 4_000)).toBeLessThan(60);
  expect(Math.abs(stage.element.currentTime - 1)).toBeLessThan(0.3);
  clock.seek(13_000);
  expect(stage.element.currentTime).toBe(10);
  clock.seek(22_500);
  stage.pass(2_000);
  expect(stage.element.ended).toBe(true);
  expect(Math.abs(clock.now - 24_500)).toBeLessThan(60);
});

test.each([
  ['says so', 19.96],
  ['does not know', Number.POSITIVE_INFINITY],
])('a recording that ends before its file says, and %s, is not begun anew', (_, told) => {
  const { stage, clock } = open();
  stage.element.duration = told;
  stage.element.endsAt = 19.96;
  clock.seek(19_000);
  clock.play();
  stage.pass(3_000);
  expect(stage.element.ended).toBe(true);
  expect(stage.element.currentTime).toBeGreaterThan(19);
  expect(Math.abs(clock.now - 22_000)).toBeLessThan(100);
  clock.seek(19_500);
  stage.pass(200);
  expect(stage.element.ended).toBe(false);
  expect(stage.element.paused).toBe(false);
  expect(Math.abs(clock.now - 19_700)).toBeLessThan(60);
});

test('places that are wanted before the element can go there are gone to as soon as it can, the last one', () => {
  const { stage, clock } = open();
  stage.element.readyState = 0;
  clock.seek(5_000);
  clock.seek(7_000);
  expect(stage.element.currentTime).toBe(0);
  stage.element.readyState = 4;
  stage.element.dispatchEvent(new Event('loadedmetadata'));
  expect(stage.element.currentTime).toBe(7);
  stage.element.seeking = true;
  clock.seek(8_000);
  clock.seek(9_000);
  expect(stage.element.currentTime).toBe(7);
  stage.element.seeking = false;
  stage.element.dispatchEvent(new Event('seeked'));
  expect(stage.element.currentTime).toBe(9);
});

test('a recording that fails while it plays is told once, and the session goes on', () => {
  const { stage, clock, failed } = open();
  clock.play();
  stage.pass(1_000);
  stage.element.fail();
  stage.element.fail();
  expect(failed).toHaveBeenCalledTimes(1);
  const before = clock.now;
  stage.pass(1_000);
  expect(clock.now - before).toBeCloseTo(1_000, 3);
  expect(clock.playing).toBe(true);
});

test('a slow disk holds the session up, and it is said', () => {
  const { stage, clock, waiting } = open();
  clock.play();
  stage.pass(960);
  stage.element.starved = true;
  stage.element.readyState = 2;
  stage.pass(3_000);
  expect(clock.now).toBeLessThan(1_400);
  expect(waiting).toHaveBeenLastCalledWith(true);
  stage.element.starved = false;
  stage.element.readyState = 4;
  stage.pass(1_000);
  expect(waiting).toHaveBeenLastCalledWith(false);
  expect(clock.now).toBeGreaterThan(1_500);
});

test('a player goes over to a recording while it plays, follows its turns, and loops', () => {
  const { stage, clock } = open();
  const player = new Player(
    { turns, duration_ms: 24_000 },
    { clock: new TickingClock(stage), positionMs: 3_000 },
  );
  player.play();
  stage.pass(500);
  player.useClock(clock);
  expect(player.playing).toBe(true);
  expect(stage.element.currentTime).toBe(3.5);
  expect(player.currentTurn).toBe(0);
  stage.pass(600);
  expect(player.currentTurn).toBe(1);
  player.toggleLoop({ startMs: 9_000, endMs: 10_000 });
  expect(stage.element.currentTime).toBe(9);
  stage.pass(1_500);
  expect(player.nowMs).toBeGreaterThanOrEqual(9_000);
  expect(player.nowMs).toBeLessThan(10_000);
  player.toggleLoop({ startMs: 0, endMs: 0 });
  player.seek(19_000);
  stage.pass(6_000);
  expect(player.playing).toBe(false);
  expect(player.nowMs).toBe(24_000);
});
