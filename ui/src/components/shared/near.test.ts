// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest';
import { Nearness } from './near';

type Told = (entries: { target: Element; isIntersecting: boolean }[]) => void;

/** The browser's observer, told by the test what is near. */
function observed() {
  const watched = new Set<Element>();
  const made: { tell: Told; root: unknown; margin: unknown; ended: boolean }[] = [];
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      readonly #own;
      constructor(tell: Told, { root, rootMargin }: { root: unknown; rootMargin: unknown }) {
        this.#own = { tell, root, margin: rootMargin, ended: false };
        made.push(this.#own);
      }
      observe = (part: Element) => watched.add(part);
      unobserve = (part: Element) => watched.delete(part);
      disconnect = () => (this.#own.ended = true);
    },
  );
  return { watched, made };
}
afterEach(() => vi.unstubAllGlobals());

function partIn(scroller: HTMLElement, visible = true): HTMLElement {
  const part = document.createElement('div');
  part.checkVisibility = () => visible;
  scroller.append(part);
  return part;
}

function scroller(): HTMLElement {
  const made = document.createElement('div');
  made.dataset['scrolls'] = '';
  document.body.append(made);
  return made;
}

test('a part hears when it comes near what is seen of its scroller, and when it goes away', () => {
  const { made } = observed();
  const [page, heard] = [scroller(), vi.fn()];
  const part = partIn(page);
  new Nearness('60% 0px').watch(heard)(part);
  expect(made).toMatchObject([{ root: page, margin: '60% 0px' }]);
  made[0]?.tell([{ target: part, isIntersecting: true }]);
  made[0]?.tell([{ target: part, isIntersecting: false }]);
  expect(heard.mock.calls).toEqual([[true], [false]]);
});

test('a part that is hidden is not told that it is far: it comes back as it was', () => {
  const { made } = observed();
  const heard = vi.fn();
  const part = partIn(scroller(), false);
  new Nearness('0px').watch(heard)(part);
  made[0]?.tell([{ target: part, isIntersecting: false }]);
  expect(heard).not.toHaveBeenCalled();
});

test('a part with the focus stays as it is until it is told again', () => {
  const { made } = observed();
  const heard = vi.fn();
  const part = partIn(scroller());
  const button = document.createElement('button');
  part.append(button);
  button.focus();
  new Nearness('0px').watch(heard)(part);
  made[0]?.tell([{ target: part, isIntersecting: false }]);
  expect(heard).not.toHaveBeenCalled();
  button.blur();
  made[0]?.tell([{ target: part, isIntersecting: false }]);
  expect(heard.mock.calls).toEqual([[false]]);
});

test('the last part that leaves ends the watching, and the next one begins it anew', () => {
  const { watched, made } = observed();
  const nearness = new Nearness('0px');
  const page = scroller();
  const [first, second] = [partIn(page), partIn(page)];
  const ends = [nearness.watch(vi.fn())(first), nearness.watch(vi.fn())(second)];
  expect(watched.size).toBe(2);
  ends[0]?.();
  expect(made.map(({ ended }) => ended)).toEqual([false]);
  ends[1]?.();
  expect([watched.size, made[0]?.ended]).toEqual([0, true]);
  nearness.watch(vi.fn())(first);
  expect(made).toHaveLength(2);
});
