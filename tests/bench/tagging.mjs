// A tag, scrolling, opening, and looking at another cut, in the real window with a long session.
import { byTestId, codingShown, openSession } from '../e2e/coding.mjs';
import { summary } from './statistics.mjs';
import { watchCalls } from './window.mjs';

const TAGS = 60;

/** The family's and the code's letter, and a score: withdrawal, minimal response. */
const FAMILY = 'w';
const CODE = 'm';

/**
 * Tags turns over the whole session. Half of the tags are real keys: key to two frames later, and to confirmed. For the
 * other half the key is dispatched by the page, which then knows when handler and layout are done.
 */
export async function measureTags(window, turns) {
  await watchCalls(window);
  await watchKeys(window);
  for (let tag = 0; tag < TAGS; tag += 1) {
    await select(window, Math.floor(((tag + 0.5) * turns) / TAGS));
    await window.keys(FAMILY);
    await window.painted();
    if (tag % 2 === 0) {
      await window.run((code) => window.expectKey(code), CODE);
      await window.keys(CODE);
    } else await window.runAsync((code) => window.pressMeasured(code), CODE);
    await settled(window);
    await window.keys(String(1 + (tag % 5)));
    await settled(window);
    await window.keys('Escape');
    await window.painted();
  }
  const told = await window.run(() => ({
    frames: window.frames,
    handled: window.handled,
    calls: window.calls,
  }));
  const added = told.calls.filter(({ name }) => name === 'marker_add');
  if (added.length !== TAGS) throw new Error(`${added.length} of ${TAGS} tags were made`);
  return {
    handled: summary(told.handled),
    frames: summary(told.frames.map(({ frames }) => frames)),
    confirmed: summary(told.frames.map(({ at }) => added.find(({ sent }) => sent >= at).answered - at)),
  };
}

/** Puts the cursor on a turn by a click, as a rater would. */
async function select(window, turn) {
  const there = () =>
    window.run((index) => {
      const row = document.querySelector(`[data-turn="${index}"]`);
      row?.scrollIntoView({ block: 'center' });
      return row !== null;
    }, turn);
  await window.waitFor(there, `turn ${turn}`);
  await window.painted();
  await there();
  await window.painted();
  const box = await window.run((index) => {
    const { left, top, height } = document.querySelector(`[data-said="${index}"]`).getBoundingClientRect();
    return { x: left + 4, y: top + Math.min(height / 2, 8) };
  }, turn);
  await window.clickAt(box);
  await window.find(`[data-turn="${turn}"][aria-current]`);
}

const watchKeys = (window) =>
  window.run(() => {
    window.frames = [];
    window.handled = [];
    let expected = null;
    window.expectKey = (key) => (expected = key);
    // The event's own stamp is the page's clock; it was made before any listener ran.
    window.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== expected || !event.isTrusted) return;
        expected = null;
        const at = Math.min(event.timeStamp, performance.now());
        requestAnimationFrame(() =>
          requestAnimationFrame(() => window.frames.push({ at, frames: performance.now() - at })),
        );
      },
      true,
    );
    window.pressMeasured = async (key) => {
      // Out of the driver's own call: what that does before it lets microtasks run is no part of the tag.
      await new Promise((next) => setTimeout(next, 30));
      const at = performance.now();
      const options = { key, code: `Key${key.toUpperCase()}`, bubbles: true, cancelable: true };
      (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', options));
      // What the handler changed is drawn in microtasks; then the layout is asked for.
      for (let turn = 0; turn < 8; turn += 1) await null;
      void document.body.offsetHeight;
      document.querySelector('[data-testid="transcript"]').getBoundingClientRect();
      window.handled.push(performance.now() - at);
    };
  });

const settled = async (window) => {
  await window.waitFor(
    () => window.run(() => window.calls.every(({ answered, name }) => answered !== null || name === null)),
    'the answer to every call',
  );
  await window.painted();
};

/** Scrolls from the top on, so many px a frame: ms per frame. */
export async function measureScrolling(window) {
  const scroll = (css, step) =>
    window.runAsync(
      async (selector, by) => {
        const scroller = selector === null ? null : document.querySelector(selector);
        if (scroller !== null) scroller.scrollTop = 0;
        const frame = () => new Promise((next) => requestAnimationFrame(next));
        await frame();
        const times = [];
        let last = await frame();
        for (let number = 0; number < 300; number += 1) {
          if (scroller !== null) scroller.scrollTop += by;
          const now = await frame();
          times.push(now - last);
          last = now;
        }
        return times;
      },
      css,
      step,
    );
  return summary(await scroll(byTestId('transcript'), 60));
}

/** Frames of a window in which nothing happens. */
export const measureIdleFrames = async (window) =>
  summary(
    await window.runAsync(async () => {
      const frame = () => new Promise((next) => requestAnimationFrame(next));
      const times = [];
      let last = await frame();
      for (let number = 0; number < 300; number += 1) {
        const now = await frame();
        times.push(now - last);
        last = now;
      }
      return times;
    }),
  );

/** Opens one session and the other in turn: from the session's data in the page to its first turns painted. */
export async function measureOpening(window, labels, times) {
  await watchCalls(window);
  const found = [];
  const asked = [];
  for (let number = 0; number < times; number += 1) {
    await window.run(() => {
      window.calls.length = 0;
      performance.clearMarks();
    });
    await openSession(window, labels[number % labels.length]);
    const told = await window.waitFor(
      () =>
        window.run(() => {
          const call = window.calls.find(
            ({ name, answered }) => name === 'session_open' && answered !== null,
          );
          const mark = performance.getEntriesByName('turns-painted').at(-1);
          if (call === undefined || mark === undefined) return null;
          return { painted: mark.startTime - call.answered, asked: call.answered - call.sent };
        }),
      'the session opened',
      20_000,
    );
    found.push(told.painted);
    asked.push(told.asked);
  }
  return { painted: summary(found), asked: summary(asked) };
}

/** Moves the cut: from the slider's move to the answer, and to two frames after that. */
export async function measureLook(window) {
  await codingShown(window);
  await watchCalls(window);
  const steps = [];
  for (let number = 0; number < 40; number += 1) {
    // 3 is the rule's own cut: coming back to it asks for nothing.
    const step = await window.runAsync(
      async (css, cut) => {
        const slider = document.querySelector(css);
        const frame = () => new Promise((next) => requestAnimationFrame(next));
        window.calls.length = 0;
        const at = performance.now();
        slider.value = String(cut);
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        const answer = () => window.calls.find(({ name, answered }) => name === 'look' && answered !== null);
        while (answer() === undefined && performance.now() < at + 5_000) {
          await new Promise((next) => setTimeout(next, 1));
        }
        await frame();
        await frame();
        const call = answer();
        return call === undefined
          ? null
          : { asked: call.answered - call.sent, drawn: performance.now() - at };
      },
      byTestId('cut-slider'),
      [1, 5, 2, 4][number % 4],
    );
    if (step === null) throw new Error('A look was not answered within 5 s');
    steps.push(step);
    await window.painted();
  }
  return { asked: summary(steps.map(({ asked }) => asked)), drawn: summary(steps.map(({ drawn }) => drawn)) };
}
