import { expect, test } from 'vitest';
import type { App } from '../../state/app.svelte';
import { isTranscript } from './importing.svelte';

test('a JSON file is a transcript where the core reads it as one', async () => {
  const call = (_: string, { path }: { path: string }) =>
    path === '/in/whisper.json' ? Promise.resolve({}) : Promise.reject(new Error('no transcript'));
  const app = { client: { call } } as unknown as App;
  expect(await isTranscript(app, '/in/whisper.json')).toBe(true);
  expect(await isTranscript(app, '/in/coding.json')).toBe(false);
});
