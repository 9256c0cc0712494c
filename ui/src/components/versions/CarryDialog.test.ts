// @vitest-environment jsdom
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import type { CarryPreview } from '$schemas/api';
import type { App } from '../../state/app.svelte';
import type { CodingState } from '../../state/coding.svelte';
import { turn } from '../../state/coding/fixture';
import Frame from './fixture/Frame.svelte';

let close: (() => void) | undefined;
afterEach(() => close?.());

const preview: CarryPreview = {
  session: 'Ada · 1',
  from_version: 1,
  to_version: 3,
  markers: 4,
  moved: 3,
  times_moved: false,
  uncertain: [
    {
      marker_id: 'm',
      code: 'Minimal response',
      doubt: 'changed',
      at_ms: 65_000,
      before: 'fine I suppose',
      after: 'fine I guess',
    },
  ],
};

async function shown(answer: () => CarryPreview) {
  const carried: [number, boolean][] = [];
  const app = { dialog: 'carry', toasts: { done: () => undefined } } as unknown as App;
  const coding = {
    carryPreview: () => new Promise((done) => done(answer())),
    carry: (...request: [number, boolean]) => (carried.push(request), Promise.resolve(true)),
  } as unknown as CodingState;
  const frame = mount(Frame, { target: document.body, props: { app, coding } });
  close = () => void unmount(frame);
  await turn();
  flushSync();
  const find = (id: string) => document.querySelector<HTMLElement>(`[data-testid="${id}"]`);
  return { app, carried, find, words: () => document.body.textContent?.replaceAll(/\s+/g, ' ') ?? '' };
}

test('every uncertain marker is listed before anything is written', async () => {
  const { app, carried, find, words } = await shown(() => preview);
  for (const part of ['4 markers', '1 uncertain', '1:05', 'fine I suppose', 'fine I guess', 'were changed'])
    expect(words()).toContain(part);
  expect(carried).toEqual([]);
  find('carry-confirm')?.click();
  await turn();
  expect(carried).toEqual([[3, true]]);
  expect(app.dialog).toBe(null);
});

test('where nothing is uncertain there is nothing to flag', async () => {
  const { carried, find } = await shown(() => ({ ...preview, uncertain: [] }));
  expect(find('carry-flag')).toBe(null);
  find('carry-confirm')?.click();
  expect(carried).toEqual([[3, false]]);
});

test('a refusal says why, and nothing can be carried', async () => {
  const { find, words } = await shown(() => {
    throw { code: 'bad-request', message: 'It stands on the newest version.' };
  });
  expect(words()).toContain('It stands on the newest version.');
  expect(find('carry-confirm')).toHaveProperty('disabled', true);
});
