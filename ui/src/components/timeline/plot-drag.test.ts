// @vitest-environment jsdom
import { afterEach, expect, test } from 'vitest';
import { PlotDrag } from './plot-drag.svelte';

afterEach(() => document.body.replaceChildren());

/** A plot of 1,000 px for 100 seconds, and what the mouse did on it. */
function plot() {
  const element = document.createElement('div');
  element.innerHTML = '<div class="times"></div><button></button>';
  element.setPointerCapture = () => undefined;
  document.body.append(element);
  const done: unknown[] = [];
  const drag = new PlotDrag({
    widthPx: () => 1_000,
    durationMs: 100_000,
    seek: (ms) => done.push(ms),
    mark: (stretch) => done.push(stretch),
  });
  element.addEventListener('pointerdown', (event) => drag.press(event));
  element.addEventListener('pointermove', (event) => drag.move(event));
  element.addEventListener('pointerup', (event) => drag.release(event));
  const send = (name: string, clientX: number, { on = '', altKey = false } = {}) => {
    const target = on === '' ? element : element.querySelector(on);
    // jsdom has no events of pointers.
    const event = new MouseEvent(`pointer${name}`, { clientX, altKey, bubbles: true });
    target?.dispatchEvent(Object.assign(event, { pointerId: 1 }));
  };
  return { drag, done, send };
}

test('a press seeks, and so does each move after it', () => {
  const { done, send } = plot();
  send('down', 100);
  send('move', 102);
  send('up', 102);
  send('move', 500);
  expect(done).toEqual([10_000, 10_200]);
});

test('with Alt a drag marks the stretch, from either end', () => {
  const { drag, done, send } = plot();
  send('down', 300, { altKey: true });
  send('move', 302);
  expect(drag.stretch).toBeNull();
  send('move', 200);
  expect(drag.stretch).toEqual({ startMs: 20_000, endMs: 30_000 });
  send('up', 200);
  expect(done).toEqual([{ startMs: 20_000, endMs: 30_000 }]);
  expect(drag.stretch).toBeNull();
});

test('on the strip of times a press seeks, and a drag marks', () => {
  const { done, send } = plot();
  send('down', 400, { on: '.times' });
  send('up', 400);
  send('down', 400, { on: '.times' });
  send('move', 450);
  send('up', 450);
  expect(done).toEqual([40_000, { startMs: 40_000, endMs: 45_000 }]);
});

test('a press on a mark is the mark’s own', () => {
  const { done, send } = plot();
  send('down', 400, { on: 'button' });
  send('move', 450);
  expect(done).toEqual([]);
});
