// An export from choosing to done, stopped, and overtaken.
import { describe, expect, test } from 'vitest';
import type { ExportOptions, ExportProgress } from '$schemas/api';
import type { Platform } from '../platform';
import { App } from './app.svelte';
import { Exporting } from './exporting.svelte';

const form = (key: 'csv' | 'json', extension: string | null, refused: string | null = null) => ({
  form: key,
  name: key,
  about: '',
  extension,
  refused,
});
const options: ExportOptions = {
  forms: [form('csv', null), form('json', 'json', 'It names cases.')],
  suggested: 'Study export',
  folder: '/home/lead',
  cases: ['Ada'],
  raters: ['R1'],
  purposes: ['production'],
  classes: true,
};
const progress = (parts: Partial<ExportProgress>): ExportProgress => ({
  job_id: 7,
  state: 'reading',
  done: 0,
  doing: 'reading',
  exported: null,
  problem: null,
  ...parts,
});
const exported = { path: '/x', files: 8, codings: 1, conflicts: 2, markers: 3 };

/** An export whose questions are answered from `answers`, one after the other. */
function begun(answers: ExportProgress[], onAsk: (exporting: Exporting) => void = () => undefined) {
  const calls: { name: string; payload: unknown }[] = [];
  const call = (name: string, payload: unknown) => {
    calls.push({ name, payload });
    if (name === 'export_options') return Promise.resolve(options);
    if (name === 'export_start') return Promise.resolve({ job_id: 7 });
    if (name === 'export_poll') return Promise.resolve(answers.shift());
    return Promise.resolve({});
  };
  const app = new App({ call } as unknown as Platform);
  const exporting: Exporting = new Exporting(app, () => {
    onAsk(exporting);
    return Promise.resolve();
  });
  const named = (name: string) => calls.filter((each) => each.name === name);
  return { app, exporting, named };
}

describe('an export', () => {
  test('goes where it was said to and tells what was written', async () => {
    const seen: number[] = [];
    const { exporting, named } = begun(
      [
        progress({ done: 0.5 }),
        progress({ state: 'computing', done: 0.9 }),
        progress({ state: 'done', exported }),
      ],
      (each) => seen.push(each.under?.done ?? -1),
    );
    await exporting.open();
    expect(exporting.path).toBe('/home/lead/Study export csv');
    exporting.narrow({ case: 'Ada' });
    exporting.words = true;
    exporting.path = ' /there ';
    await exporting.start();
    expect(named('export_start')[0]?.payload).toEqual({
      form: 'csv',
      path: '/there',
      words: true,
      case: 'Ada',
      session: null,
      rater: null,
      purpose: null,
    });
    expect(seen).toEqual([0.5, 0.9]);
    expect([exporting.exported, exporting.under, exporting.problem]).toEqual([exported, null, null]);
  });

  test('that is stopped is stopped in the core, and its late answer is not taken', async () => {
    const { exporting, named } = begun(
      [progress({ done: 0.1 }), progress({ state: 'done', exported })],
      (each) => void each.cancel(),
    );
    await exporting.open();
    await exporting.start();
    expect(named('export_cancel')[0]?.payload).toEqual({ job_id: 7 });
    expect([exporting.stopped, exporting.exported]).toEqual([true, null]);
  });

  test('of a form that is refused does not start', async () => {
    const { exporting, named } = begun([]);
    await exporting.open();
    exporting.choose('json');
    expect(exporting.path).toBe('/home/lead/Study export.json');
    await exporting.start();
    expect([exporting.ready, named('export_start')]).toEqual([false, []]);
  });

  test('of one case leaves its session behind when the case changes', async () => {
    const { exporting } = begun([]);
    await exporting.open();
    exporting.narrow({ case: 'Ada' });
    exporting.narrow({ session: 3 });
    expect(exporting.narrowed).toMatchObject({ case: 'Ada', session: 3 });
    exporting.narrow({ case: null });
    expect(exporting.narrowed).toMatchObject({ case: null, session: null });
  });

  test('that fails while its dialog is closed is told above the work', async () => {
    const problem = { code: 'disk-full' as const, message: 'Make room.' };
    const { app, exporting } = begun([progress({ state: 'failed', problem })]);
    await exporting.open();
    await exporting.start();
    expect(exporting.problem).toEqual(problem);
    expect(app.toasts.list.map(({ text }) => text)).toContain('Make room.');
  });
});
