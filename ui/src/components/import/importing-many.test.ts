import { expect, test } from 'vitest';
import type { ImportOptions } from '$schemas/api';
import type { App } from '../../state/app.svelte';
import { ImportingMany } from './importing-many.svelte';

interface Request {
  path: string;
  options?: Partial<ImportOptions>;
  case?: string;
  session?: number;
}

/** Files by path: case and number that are suggested, roles of the speakers; one that is not here cannot be read. */
const FILES: { readonly [path in string]?: [string, number, string[]] } = {
  '/in/ada-1.txt': ['Ada', 1, ['patient', 'therapist']],
  '/in/ada.txt': ['Ada', 1, ['patient', 'therapist']],
  '/in/bo-4.txt': ['Bo', 4, ['patient', 'other']],
};

function fake() {
  const committed: Request[] = [];
  const call = (name: string, request: Request) => {
    const found = FILES[request.path];
    if (name === 'import_kind') {
      return Promise.resolve({ kind: request.path === '/in/coding.json' ? 'coding' : 'transcript' });
    }
    if (found === undefined) return Promise.reject({ code: 'format', message: 'damaged' });
    if (name === 'import_commit') {
      committed.push(request);
      return Promise.resolve({ sessions: [{ session_id: request.path }], warnings: [], study: {} });
    }
    const speakers = found[2].map((role) => ({ name: role, role, turns: 1 }));
    return Promise.resolve({
      suggested_case: found[0],
      suggested_session: found[1],
      transcripts: [{ key: null, turns: 2, duration_ms: 1000, speakers, unnamed_turns: 0 }],
      warnings: [],
      pseudonyms: { entries: 0, hits: [], more: 0, unused_in_file: [], unused_typed: [] },
    });
  };
  const done: string[][] = [];
  const app = {
    client: { call },
    study: { id: 'one' },
    oneByOne: false,
    importedTogether: (_: unknown, paths: string[]) => {
      done.push(paths);
      return Promise.resolve();
    },
  };
  return { app: app as unknown as App, committed, done };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

test('a table has a number for each file, and leaves what needs a look', async () => {
  const { app, committed, done } = fake();
  const paths = ['/in/ada-1.txt', '/in/ada.txt', '/in/bo-4.txt', '/in/cut.json', '/in/coding.json'];
  const many = new ImportingMany(app, paths);
  await settled();
  expect(many.reading).toBe(false);
  const rows = many.rows.map((row) => [row.fileName, row.caseName, row.session, row.chosen]);
  expect(rows).toEqual([
    ['ada-1.txt', 'Ada', 1, true],
    ['ada.txt', 'Ada', 2, true],
    ['bo-4.txt', 'Bo', 4, false],
    ['cut.json', '', 1, false],
  ]);
  expect(many.rows[3]?.problem).toBe('damaged');

  const [first, second] = many.rows;
  if (first === undefined || second === undefined) throw new Error('two rows are there');
  second.session = 1;
  expect([...many.clashing]).toEqual([first, second]);
  expect(many.ready).toBe(false);
  second.caseName = 'Eva';
  expect(many.ready).toBe(true);

  await many.commit();
  expect(committed.map(({ path, case: name, session }) => [path, name, session])).toEqual([
    ['/in/ada-1.txt', 'Ada', 1],
    ['/in/ada.txt', 'Eva', 1],
  ]);
  expect(done).toEqual([['/in/ada-1.txt', '/in/ada.txt']]);
});

test('one transcript among codings is no table', async () => {
  const { app } = fake();
  new ImportingMany(app, ['/in/coding.json', '/in/ada.txt']);
  await settled();
  expect(app.oneByOne).toBe(true);
});
