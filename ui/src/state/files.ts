// What begins with choosing a file: studies, transcripts, codings; and checking and backing up the study.
import type { FileFilter } from '../platform';
import type { App } from './app.svelte';
import { RECORDINGS } from './recording/files';

const STUDIES: FileFilter[] = [{ name: 'Sunder study', extensions: ['sunder'] }];
const TRANSCRIPT_ENDINGS = [
  'txt',
  'vtt',
  'srt',
  'csv',
  'tsv',
  'tab',
  'json',
  'eaf',
  'cha',
  'textgrid',
  'docx',
  'xlsx',
  'qdpx',
];
/** GTK tells upper and lower case apart in a filter, and Praat writes `.TextGrid`. */
export const TRANSCRIPTS: FileFilter[] = [
  {
    name: 'Transcripts',
    extensions: [...TRANSCRIPT_ENDINGS.flatMap((ending) => [ending, ending.toUpperCase()]), 'TextGrid'],
  },
  { name: 'All files', extensions: ['*'] },
];
const CODINGS: FileFilter[] = [{ name: 'Sunder coding', extensions: ['json'] }];
const CODED: FileFilter[] = [
  { name: 'Codings and exports of them', extensions: ['json', 'eaf', 'qdpx'] },
  ...CODINGS,
];

export async function openStudy(app: App): Promise<void> {
  const [path] = await app.platform.pickFiles('Open a study', STUDIES);
  if (path !== undefined) await app.openStudy(path);
}

/** Asks where a new study is to be kept. */
export const pickStudyPath = (app: App, suggested: string): Promise<string | null> =>
  app.platform.pickDestination('Keep the new study', suggested, STUDIES);

export async function importTranscripts(app: App): Promise<void> {
  const paths = await app.platform.pickFiles('Import transcripts', TRANSCRIPTS);
  if (paths.length > 0) app.offerImport(paths);
}

export async function linkRecordings(app: App): Promise<void> {
  const paths = await app.platform.pickFiles('Link a recording', RECORDINGS);
  if (paths.length > 0) app.offerImport(paths);
}

/** Files dropped on the window: a study opens; a coding, a transcript or a recording is offered. */
export async function takeDropped(app: App, paths: string[]): Promise<void> {
  const study = paths.find((path) => path.toLowerCase().endsWith('.sunder'));
  if (study !== undefined) await app.openStudy(study);
  else if (paths.length > 0) app.offerImport(paths);
}

export async function exportCoding(app: App): Promise<void> {
  const { coding, session } = app;
  if (coding === null || session === null) return;
  const name = `${session.session.label} ${session.coding.rater}`.replaceAll(/[^\p{L}\p{N}-]+/gu, '-');
  const path = await app.platform.pickDestination('Export the coding', `${name}.json`, CODINGS);
  if (path === null) return;
  await app.attempt('Exporting the coding', async () => {
    await coding.settled();
    await app.client.call('coding_export', { coding_id: coding.id, path });
    app.toasts.done('The coding is exported.');
  });
}

export async function importCodings(app: App): Promise<void> {
  const paths = await app.platform.pickFiles('Import codings', CODED);
  if (paths.length > 0) app.offerImport(paths, true);
}

/** A file of this name is a coding or a transcript, as its content says; any other is a transcript. */
export const isJson = (path: string): boolean => path.toLowerCase().endsWith('.json');

export async function verify(app: App): Promise<void> {
  await app.attempt('Verifying the study', async () => {
    await app.coding?.settled();
    const { sound, operations, streams, findings } = await app.client.call('study_verify', {});
    if (sound) app.toasts.done(`The study is sound: ${operations} operations in ${streams} streams.`);
    else {
      const what = findings.map((each) =>
        each.subject === '' ? each.what : `${each.what} (${each.subject})`,
      );
      app.toasts.problem(`The study is damaged: ${what.join('; ')}. Open a backup of it instead.`);
    }
  });
}

export async function backUp(app: App): Promise<void> {
  await app.attempt('Backing the study up', async () => {
    await app.coding?.settled();
    const { path } = await app.client.call('study_backup', {});
    app.toasts.done(`Backed up to ${path}`);
  });
}
