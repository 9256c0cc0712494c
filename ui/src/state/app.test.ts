import { expect, test } from 'vitest';
import type { AppStarted, Notice, NoticeAbout, SessionItem, StudyView } from '$schemas/api';
import type { Client } from '../api/client';
import type { Platform } from '../platform';
import { App } from './app.svelte';
import { change, codebook, session, turn } from './coding/fixture';
import { isJson, takeDropped } from './files';

type Answers = { [name in string]?: (request: never) => unknown };

const platform: Platform = {
  call: () => Promise.reject(new Error('the client answers')),
  pickFiles: () => Promise.resolve([]),
  pickDestination: () => Promise.resolve(null),
  copyText: () => Promise.resolve(),
  onFilesDropped: () => Promise.resolve(() => undefined),
  onNotice: () => Promise.resolve(() => undefined),
  onClosing: () => Promise.resolve(() => undefined),
};

const item = (
  id: string,
  state: SessionItem['state'],
  codings: SessionItem['codings'] = [],
): SessionItem => ({
  ...session().session,
  id,
  state,
  codings,
});

const study = (what: Partial<StudyView> = {}): StudyView => ({
  id: 'study',
  name: 'Study',
  path: '/study.sunder',
  sample: false,
  person: { kind: 'rater', rater_id: 'r1' },
  person_name: 'R1',
  person_known: true,
  may: { lead: false, classes: true, totals: true, case_and_number: true },
  raters: [{ id: 'r1', name: 'R1' }],
  settings: {
    name: 'Study',
    shown_to_raters: { classes: true, totals: true, case_and_number: true, brief: true },
    material: 'transcript',
    window_seconds: 300,
    scoring: 'with-tag',
  },
  codebook,
  codebook_reference: 'test@1',
  rulings: [],
  rule: null,
  rule_locked: false,
  presets: [],
  sessions: [item('s1', 'submitted'), item('s2', 'new'), item('s3', 'open')],
  cases: [],
  last_opened: null,
  ...what,
});

function appWith(answers: Answers) {
  const calls: { name: string; request: unknown }[] = [];
  const known: Answers = {
    study_open: () => study(),
    study_view: () => study(),
    session_open: ({ session_id: id }: { session_id: string }) => ({
      ...session(),
      session: item(id, 'open'),
    }),
    ...answers,
  };
  const client = {
    call: async (name: string, request: never) => {
      calls.push({ name, request });
      const answer = known[name];
      if (answer === undefined) throw { code: 'unknown-command', message: `no answer for ${name}` };
      return answer(request);
    },
  } as Client;
  return { app: new App(platform, client), calls };
}

test('a study opens at the session that was begun', async () => {
  const { app } = appWith({});
  await app.openStudy('/study.sunder');
  expect([app.screen, app.session?.session.id, app.busy]).toEqual(['coding', 's3', null]);
});

const startedWith = (ahead: string): AppStarted => {
  const made = session();
  return {
    version: '0',
    preferences: { theme: 'system', scale: 100, keys: {} } as unknown as AppStarted['preferences'],
    recent: [],
    study: study({
      sessions: [
        item('s1', 'open', [{ id: made.coding.id } as SessionItem['codings'][number]]),
        item('s2', 'new'),
      ],
      last_opened: { session_id: 's1', coding_id: made.coding.id },
    }),
    session: { ...made, session: item(ahead, 'open') },
    problem: null,
    to_import: [],
    studies_folder: '/',
  };
};

test('the session that comes with the start is not asked for again', async () => {
  const { app, calls } = appWith({ app_start: () => startedWith('s1') });
  await app.start();
  expect(app.session?.session.id).toBe('s1');
  await app.openSession('s1', app.session?.coding.id);
  expect(calls.map(({ name }) => name)).toEqual(['app_start', 'study_view', 'session_open']);
});

test('a session other than the one that opens is not taken from the start', async () => {
  const { app, calls } = appWith({ app_start: () => startedWith('s2') });
  await app.start();
  expect(app.session?.session.id).toBe('s1');
  expect(calls.map(({ name }) => name)).toEqual(['app_start', 'session_open']);
});

test('a study opens at the session last open, though another was begun first, and a lead at the coding looked at', async () => {
  const last_opened = { session_id: 's1', coding_id: 'second' };
  const { app } = appWith({ study_open: () => study({ last_opened }) });
  await app.openStudy('/study.sunder');
  expect(app.session?.session.id).toBe('s1');

  const coding = { rater: 'R', purpose: 'production', status: 'open', markers: 0, seen: 0, branch: null };
  const codings = ['first', 'second'].map((id) => ({ ...coding, id })) as SessionItem['codings'];
  const may = { lead: true, classes: true, totals: true, case_and_number: true };
  const lead = appWith({
    study_open: () =>
      study({ last_opened, may, sessions: [item('s1', 'open', codings), item('s3', 'open')] }),
  });
  await lead.app.openStudy('/study.sunder');
  expect(lead.calls.at(-1)).toEqual({
    name: 'session_open',
    request: { session_id: 's1', coding_id: 'second' },
  });
});

test('a session that was last open and is gone opens none of its own', async () => {
  const { app } = appWith({
    study_open: () => study({ last_opened: { session_id: 'gone', coding_id: 'c' } }),
  });
  await app.openStudy('/study.sunder');
  expect(app.session?.session.id).toBe('s3');
});

test('what cannot be opened is said, and a passphrase asked for', async () => {
  const { app } = appWith({
    study_open: () => {
      throw { code: 'passphrase', message: 'The study asks for its passphrase.' };
    },
  });
  await app.openStudy('/study.sunder');
  expect([app.screen, app.passphraseFor]).toEqual(['start', '/study.sunder']);
  expect(app.toasts.list.map((toast) => toast.text)).toEqual(['The study asks for its passphrase.']);
});

test('another session opens only when the last act is confirmed', async () => {
  let confirm: (() => void) | undefined;
  const { app, calls } = appWith({
    conflict_change: () => new Promise((done) => (confirm = () => done(change()))),
  });
  await app.openStudy('/study.sunder');
  app.coding?.changeConflict('c', { set: 'addressed', to: 'no' });
  const opening = app.openSession('s2');
  await turn();
  expect(calls.at(-1)?.name).toBe('conflict_change');
  confirm?.();
  await opening;
  expect(app.session?.session.id).toBe('s2');
});

test('closing waits for what is not confirmed, after having sent what is still gathered', async () => {
  let confirm: (() => void) | undefined;
  const { app } = appWith({
    coverage_add: () => new Promise((done) => (confirm = () => done(change()))),
  });
  await app.openStudy('/study.sunder');
  app.onLeaving(() => app.coding?.addCoverage([[0, 10]]));
  let closes: boolean | null = null;
  void app.mayClose().then((may) => (closes = may));
  await turn();
  expect(closes).toBeNull();
  confirm?.();
  await turn();
  expect(closes).toBe(true);
});

test('trying the sample masked hides everything as the lead and comes back as the rater', async () => {
  const people: string[] = [];
  const { app, calls } = appWith({
    person_choose: ({ person }: { person: { kind: string } }) => {
      people.push(person.kind);
      return study();
    },
    settings_set: () => {
      throw { code: 'read-only', message: 'The file cannot be written.' };
    },
  });
  await app.openStudy('/study.sunder');
  await app.tryMasked(true);
  expect(people).toEqual(['lead', 'rater']);
  const shown = calls.find((call) => call.name === 'settings_set')?.request;
  expect(shown).toMatchObject({
    settings: { shown_to_raters: { classes: false, totals: false, case_and_number: false, brief: false } },
  });
  expect(app.toasts.list[0]?.text).toBe('The file cannot be written.');
});

test('a lead sees a session that nobody coded without asking for a coding', async () => {
  const { app, calls } = appWith({
    study_open: () =>
      study({
        person: { kind: 'lead' },
        may: { lead: true, classes: true, totals: true, case_and_number: true },
        sessions: [item('s1', 'new')],
      }),
  });
  await app.openStudy('/study.sunder');
  expect([app.session, app.uncoded?.id]).toEqual([null, 's1']);
  expect(calls.map((call) => call.name)).toEqual(['study_open']);
  await app.readUncoded();
  expect(calls.at(-1)).toMatchObject({ name: 'session_open', request: { session_id: 's1' } });
});

test('nothing of a study is shown before somebody said who sits here', async () => {
  const { app, calls } = appWith({
    study_open: () => study({ person_known: false, person: { kind: 'lead' }, sessions: [] }),
    person_choose: () => study(),
  });
  await app.openStudy('/study.sunder');
  expect([app.dialog, app.session, app.personAsked]).toEqual(['person', null, true]);
  expect(calls.map((call) => call.name)).toEqual(['study_open']);
  app.offerImport(['a.txt']);
  expect(app.dialog).toBe('person');
  await app.choosePerson({ kind: 'rater', rater_id: 'r1' });
  expect([app.personAsked, app.session?.session.id]).toEqual([false, 's3']);
  // The file that was dropped meanwhile still waits.
  expect([app.dialog, app.importPath]).toEqual(['import', 'a.txt']);
});

test('a second drop waits behind the first', async () => {
  const { app } = appWith({});
  await app.openStudy('/study.sunder');
  app.offerImport(['a.txt', 'b.txt']);
  app.offerImport(['b.txt', 'c.txt']);
  expect(app.importPaths).toEqual(['a.txt', 'b.txt', 'c.txt']);
});

test('two quick changes of preferences both hold, and a refused one goes back to what is kept', async () => {
  const answers: ((reply: unknown) => void)[] = [];
  let refuses = false;
  const { app } = appWith({
    preferences_set: (wanted: unknown) => {
      if (refuses) throw { code: 'disk-full', message: 'The disk is full.' };
      return new Promise((done) => answers.push(() => done(wanted)));
    },
  });
  const first = app.setPreferences({ ...app.preferences, scale: 110 });
  const second = app.setPreferences({ ...app.preferences, scale: 120 });
  await turn();
  answers.shift()?.(null);
  await first;
  expect(app.preferences.scale).toBe(120);
  await turn();
  answers.shift()?.(null);
  await second;
  refuses = true;
  await app.setPreferences({ ...app.preferences, scale: 130 });
  expect(app.preferences.scale).toBe(120);
});

test('files wait their turn to be imported, and nothing is offered without a study', async () => {
  const { app } = appWith({});
  app.offerImport(['a.txt']);
  expect([app.dialog, app.toasts.list.length]).toEqual([null, 1]);
  await app.openStudy('/study.sunder');
  app.offerImport(['a.txt', 'b.txt']);
  expect([app.dialog, app.importPath]).toEqual(['import', 'a.txt']);
  app.skipImport();
  expect(app.importPath).toBe('b.txt');
  app.skipImport();
  expect(app.dialog).toBeNull();
});

test('a table that is cancelled leaves the recordings and codings that came along', async () => {
  const { app } = appWith({});
  await app.openStudy('/study.sunder');
  app.offerImport(['a.txt', 'b.txt', 'a.mp3']);
  app.offerImport(['c.qdpx'], true);
  app.skipTogether();
  expect([app.dialog, app.importPaths]).toEqual(['import', ['a.mp3', 'c.qdpx']]);
  app.skipImport();
  app.skipImport();
  app.offerImport(['a.txt', 'b.txt']);
  app.skipTogether();
  expect([app.dialog, app.importPaths]).toEqual([null, []]);
});

test('a file that was asked for as codings is a transcript when it is asked for as one', async () => {
  const { app } = appWith({});
  await app.openStudy('/study.sunder');
  app.offerImport(['a.eaf'], true);
  expect(app.isCoded('a.eaf')).toBe(true);
  app.skipImport();
  app.offerImport(['a.eaf']);
  expect(app.isCoded('a.eaf')).toBe(false);
});

test('a coding that is taken in opens, once nothing else waits', async () => {
  const coding = { rater: 'R', purpose: 'production', status: 'open', markers: 0, seen: 0, branch: null };
  const codings = [{ ...coding, id: 'in' }] as SessionItem['codings'];
  const may = { lead: true, classes: true, totals: true, case_and_number: true };
  const { app, calls } = appWith({
    study_view: () => study({ may, sessions: [item('s1', 'open', codings)] }),
  });
  await app.openStudy('/study.sunder');
  await takeDropped(app, ['a.json', 'b.JSON']);
  expect([app.dialog, app.importPaths]).toEqual(['import', ['a.json', 'b.JSON']]);
  expect(['a.json', 'b.JSON', 'c.txt'].map(isJson)).toEqual([true, true, false]);
  const done = {
    coding_id: 'in',
    already_there: false,
    messages: ['There was no rater R; one was made.'],
    codings: 1,
  };
  await app.codingImported(done);
  expect([app.dialog, calls.at(-1)?.name]).toEqual(['import', 'study_view']);
  await app.codingImported(done);
  expect([app.dialog, calls.at(-1)?.request]).toEqual([null, { session_id: 's1', coding_id: 'in' }]);
  expect(app.toasts.list.map(({ text }) => text)).toContain('The coding is imported.');
});

test('trouble in the background is said until it is dismissed, the latest of each kind', () => {
  const { app } = appWith({});
  const notice = (about: NoticeAbout, message: string): Notice => ({
    about,
    trouble: { code: 'disk-full', message },
  });
  app.heard(notice('backup', 'The disk is full.'));
  app.heard(notice('check', 'Three rows differ.'));
  app.heard(notice('backup', 'The folder cannot be written.'));
  expect(app.notices.map(({ message }) => message)).toEqual([
    'Three rows differ.',
    'The folder cannot be written.',
  ]);
  const [first] = app.notices;
  if (first !== undefined) app.dismissNotice(first);
  expect(app.notices.map(({ about }) => about)).toEqual(['backup']);
  app.heard({ about: 'backup', trouble: null });
  expect(app.notices, 'what is over is not said any more').toEqual([]);
});

test('trouble with one study is not said above another', async () => {
  let opened = 0;
  const { app } = appWith({
    study_open: () => ({ ...study({}), path: `/study${String((opened += 1))}.sunder` }),
    study_close: () => ({}),
  });
  const altered: Notice = { about: 'check', trouble: { code: 'damaged', message: 'It was changed.' } };
  await app.openStudy('/study1.sunder');
  app.heard(altered);
  await app.openStudy('/study2.sunder');
  expect(app.notices).toEqual([]);
  app.heard(altered);
  await app.closeStudy();
  expect(app.notices).toEqual([]);
});

test('preferences that cannot be kept are taken back', async () => {
  const { app } = appWith({
    preferences_set: () => {
      throw { code: 'disk-full', message: 'The disk is full.' };
    },
  });
  await app.setPreferences({ ...app.preferences, scale: 150 });
  expect(app.preferences.scale).toBe(100);
});
