// @vitest-environment jsdom
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AccumulationView, Verdict } from '$schemas/api';
import type { App } from '../../state/app.svelte';
import type { CodingState } from '../../state/coding.svelte';
import { codingOf, turn } from '../../state/judging/fixture';
import { Player } from '../../state/player.svelte';
import Frame from './fixture/Frame.svelte';

let close: (() => void) | undefined;
afterEach(() => close?.());
beforeEach(() => {
  // jsdom lays nothing out and paints nothing.
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
});

const clock = { play() {}, pause() {}, seek() {}, rate: 1, now: 0, playing: false, onchange: null };

function shown(coding: CodingState) {
  const app = { preferences: { scale: 100 }, study: { may: { classes: true } } } as unknown as App;
  const player = new Player(coding.session.transcript, { clock });
  const frame = mount(Frame, { target: document.body, props: { app, coding, player } });
  close = () => void unmount(frame);
  flushSync();
}

const verdict = (kind: Verdict['class']): Verdict => ({ class: kind, score: 2, cut: 3, reasons: [] });

/** Two unaddressed strains and the rupture after them. */
function builtUp() {
  const coding = codingOf();
  const ids = [turn(0), turn(1), turn(2)].map((at, index) => {
    const id = coding.addMarker(at, 'withdrawal/denial').conflictId ?? '';
    const conflict = coding.conflicts.get(id);
    if (conflict !== undefined)
      coding.conflicts.set(id, { ...conflict, verdict: verdict(index === 2 ? 'rupture' : 'strain') });
    return id;
  });
  const [first = '', second = '', rupture = ''] = ids;
  const proposal: AccumulationView = {
    members: [first, second],
    here: [first, second],
    elsewhere: ['Ada · 2'],
    text: '2 unaddressed strains, a build-up?',
    candidates: [rupture],
  };
  coding.rest = { ...coding.rest, accumulations: [proposal] };
  return { coding, first, rupture };
}

const answer = (word: string) => {
  const button = [...document.querySelectorAll<HTMLElement>('[data-testid="build-up"] button')].find(
    (each) => each.textContent?.trim() === word,
  );
  if (button === undefined) throw new Error(`no ${word}`);
  button.focus();
  button.click();
  flushSync();
};
const focused = () => (document.activeElement as HTMLElement).dataset['id'];

test('a bracket asks in short; the whole sentence is its name', () => {
  shown(builtUp().coding);
  const words = document.querySelector('[data-testid="build-up"]');
  expect(words?.querySelector('span')?.textContent).toBe('2 strains?');
  expect(words?.getAttribute('aria-label')).toBe('2 unaddressed strains, a build-up? (with Ada · 2)');
});

test('a build-up that is dismissed leaves the focus on its first strain', () => {
  const { coding, first } = builtUp();
  shown(coding);
  answer('dismiss');
  expect(document.querySelector('[data-testid="build-up"]')).toBeNull();
  expect(focused()).toBe(first);
});

test('a build-up that is confirmed leaves the focus on the rupture it led to', () => {
  const { coding, rupture } = builtUp();
  shown(coding);
  answer('confirm');
  expect(coding.conflicts.get(rupture)?.built_from).toHaveLength(2);
  expect(focused()).toBe(rupture);
});

test('a window in which nothing is has a quiet mark, and is told to who cannot see it', () => {
  const coding = codingOf();
  coding.setNothingHere([20_000, 40_000], true);
  shown(coding);
  const marks = [...document.querySelectorAll<HTMLElement>('[data-testid="nothing-stretch"]')];
  expect(marks.map(({ style }) => [style.left, style.width])).toEqual([['50%', '50%']]);
  expect(document.querySelector('.unseen-label')?.textContent).toContain('Nothing here: 00:20');
  coding.setNothingHere([20_000, 40_000], false);
  flushSync();
  expect(document.querySelector('[data-testid="nothing-stretch"]')).toBeNull();
});
