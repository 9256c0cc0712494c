// @vitest-environment jsdom
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import type { CodingPreview, ImportCoding } from '$schemas/api';
import type { App } from '../../state/app.svelte';
import { turn } from '../../state/coding/fixture';
import Frame from './fixture/Frame.svelte';

let close: (() => void) | undefined;
afterEach(() => close?.());

const preview: CodingPreview = {
  case: 'Ada',
  session: 3,
  rater: 'S. Okafor',
  purpose: 'production',
  perspective: 'observer',
  status: 'submitted',
  codebook: 'sunder@1',
  codings: 1,
  markers: 4,
  conflicts: 3,
  already_there: false,
  new: ['rater S. Okafor'],
  warnings: ['the coding names no version of its transcript'],
};

type Answer = (request: ImportCoding) => CodingPreview;

async function shown(answer: Answer, lead = true) {
  const calls: string[] = [];
  const app = {
    lead,
    busy: null,
    importPaths: ['/in/ada-3.json'],
    dialog: 'import',
    skipImport: () => undefined,
    attempt: async (_: string, act: () => Promise<void>) => (await act(), true),
    codingImported: () => Promise.resolve(),
    client: {
      call: (name: string, request: ImportCoding) => {
        calls.push(name);
        return new Promise((done) => done(answer(request)));
      },
    },
  } as unknown as App;
  const frame = mount(Frame, { target: document.body, props: { app, path: '/in/ada-3.json' } });
  close = () => void unmount(frame);
  const settle = async () => {
    await turn();
    flushSync();
  };
  await settle();
  const find = (id: string) => document.querySelector<HTMLButtonElement>(`[data-testid="${id}"]`);
  return { calls, find, settle, words: () => document.body.textContent?.replaceAll(/\s+/g, ' ') ?? '' };
}

test('a coding says what it is and what is new before anything is written', async () => {
  const { find, words, calls } = await shown(() => preview);
  for (const part of [
    'Case Ada, session 3',
    'S. Okafor',
    '3 conflicts, 4 markers',
    'New to the study',
    'names no version',
  ])
    expect(words()).toContain(part);
  expect(calls).toEqual(['coding_preview']);
  find('coding-commit')?.click();
  expect(calls).toEqual(['coding_preview', 'coding_import']);
});

test('what is there already is not imported again', async () => {
  const { find, words } = await shown(() => ({ ...preview, already_there: true, new: [] }));
  expect(words()).toContain('has this coding already');
  expect(find('coding-commit')?.disabled).toBe(true);
});

test('what is no coding is said, and cannot be imported', async () => {
  const { find } = await shown(() => {
    throw { code: 'format', message: '/in/ada-3.json: line 1, column 3: unknown field.' };
  });
  expect(find('coding-problem')?.textContent).toContain('line 1, column 3');
  expect([find('coding-commit')?.disabled, find('coding-recoding')]).toEqual([true, null]);
});

test('another coding by the same rater is offered as a recoding', async () => {
  const { find, settle, words } = await shown((request) => {
    if (!request.as_recoding) throw { code: 'exists', message: 'There is another one.' };
    return { ...preview, purpose: 'recoding' };
  });
  expect(find('coding-commit')?.disabled).toBe(true);
  find('coding-recoding')?.click();
  await settle();
  expect(words()).toContain('recoding, submitted');
  expect(find('coding-commit')?.disabled).toBe(false);
});

test('a coding of another transcript is refused, and no recoding either', async () => {
  const { find } = await shown(() => {
    throw { code: 'conflict', message: 'The coding was made on version 2 of the transcript.' };
  });
  expect(find('coding-problem')?.textContent).toContain('version 2');
  expect([find('coding-commit')?.disabled, find('coding-recoding')]).toEqual([true, null]);
});

test('a rater is told that the lead imports, and nothing of the file', async () => {
  const { calls, find, words } = await shown(() => preview, false);
  expect(calls).toEqual([]);
  expect(words()).not.toContain('Okafor');
  expect(find('import-as-lead')).not.toBeNull();
});
