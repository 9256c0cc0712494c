import { expect, test } from 'vitest';
import type { ImportOptions } from '$schemas/api';
import type { App } from '../../state/app.svelte';
import { Importing, isTranscript } from './importing.svelte';

test('a JSON file is a transcript where the core takes it for one', async () => {
  const kinds: { readonly [path in string]?: string } = {
    '/in/cut.json': 'transcript',
    '/in/c.json': 'coding',
  };
  const call = (name: string, { path }: { path: string }) => {
    const kind = kinds[path];
    return name === 'import_kind' && kind !== undefined
      ? Promise.resolve({ kind })
      : Promise.reject(new Error('not there'));
  };
  const app = { client: { call } } as unknown as App;
  expect(await isTranscript(app, '/in/cut.json')).toBe(true);
  expect(await isTranscript(app, '/in/c.json')).toBe(false);
  expect(await isTranscript(app, '/in/missing.json')).toBe(true);
});

/** A core that answers every preview with a case named after the number of entries. */
function fake(study: string) {
  const asked: { name: string; payload: { options?: Partial<ImportOptions> } }[] = [];
  const call = (name: string, payload: { options?: Partial<ImportOptions> }) => {
    asked.push({ name, payload });
    const typed = payload.options?.pseudonyms ?? '';
    return Promise.resolve({
      suggested_case: typed === '' ? 'Anna' : 'Ada',
      suggested_session: 1,
      transcripts: [],
      columns: [],
    });
  };
  const platform = { pickFiles: () => Promise.resolve(['/lists/names.txt']) };
  const app = { client: { call }, platform, study: { id: study } } as unknown as App;
  const last = () => asked.at(-1)?.payload.options;
  return { app, last };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

test('a list of pseudonyms goes on with the next file, and not into another study', async () => {
  const { app, last } = fake('one');
  const importing = new Importing(app, '/in/anna-1.txt');
  await settled();
  expect(importing.caseName).toBe('Anna');
  importing.setRole('Anna', 'patient');
  importing.pseudonyms.setTyped('Anna = Ada');
  await importing.pseudonyms.pickFile();
  await settled();
  expect(last()).toMatchObject({
    pseudonyms: 'Anna = Ada',
    pseudonym_file: '/lists/names.txt',
    speakers: {},
  });
  expect(importing.caseName, 'nobody typed it').toBe('Ada');

  const next = new Importing(app, '/in/anna-2.txt');
  await settled();
  expect(next.pseudonyms.options).toMatchObject({
    pseudonyms: 'Anna = Ada',
    pseudonym_file: '/lists/names.txt',
  });
  expect(new Importing(fake('two').app, '/in/b.txt').pseudonyms.options).toMatchObject({
    pseudonyms: '',
    pseudonym_file: null,
  });
});

test('a case that somebody typed stays', async () => {
  const { app } = fake('three');
  const importing = new Importing(app, '/in/anna-1.txt');
  await settled();
  importing.caseName = 'Cleo';
  importing.pseudonyms.setTyped('Anna = Ada');
  await settled();
  expect(importing.caseName).toBe('Cleo');
});

test('a session number that was typed stays when something else is changed', async () => {
  const { app } = fake('one');
  const importing = new Importing(app, '/in/anna-1.txt');
  await settled();
  expect(importing.session).toBe(1);
  importing.session = 5;
  importing.setRole('Anna', 'patient');
  await settled();
  expect([importing.caseName, importing.session]).toEqual(['Anna', 5]);
});
