import { expect, test } from 'vitest';
import type { App } from '../../state/app.svelte';
import { isTranscript } from './importing.svelte';

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
