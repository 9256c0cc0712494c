// Several transcripts of several formats on their way in: one table with case and number, pseudonyms before anything is kept, and
// what needs a look shown by itself afterwards.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { byTestId, codingShown, gone, textOf } from './coding.mjs';
import { withWindow } from './harness.mjs';

const FILES = {
  'adam-1.txt': 'P: I met Zoltan in Bern.\nT: So you met Zoltan.\n',
  'adam-2.vtt': 'WEBVTT\n\n00:01.000 --> 00:02.000\n<v P>Well\n\n00:03.000 --> 00:04.000\n<v T>And so?\n',
  'adam.srt': '1\n00:00:01,000 --> 00:00:02,000\nP: Yes\n\n2\n00:00:03,000 --> 00:00:04,000\nT: And then?\n',
  'bo-1.csv': 'speaker,start,text\nP,1.5,not today\nT,4,I see\n',
  'cleo 3.TextGrid':
    '"ooTextFile"\n"TextGrid"\n0 4 <exists> 2\n"IntervalTier" "Client" 0 4 1 0 1 "who knows"\n"IntervalTier" "Therapist" 0 4 1 2 3 "do you"\n',
  'who.txt': 'Kim: where were we\nLee: here\nKim: oh yes\nLee: so\n',
};

const rows = (window) =>
  window.run(
    (css) =>
      [...document.querySelectorAll(css)].map((row) => {
        const [ticked, name, number] = row.querySelectorAll('input');
        return [row.querySelector('.name').textContent, name.value, Number(number.value), ticked.checked];
      }),
    byTestId('import-row'),
  );

const labels = (window) => window.run(() => document.body.innerText.match(/\b(Adam|Bo|Cleo) · \d+\b/g) ?? []);

async function picture(window, name) {
  const folder = process.env.SUNDER_PICTURES;
  if (folder !== undefined) console.log(await window.picture(join(folder, name)));
}

/** Opens the pseudonyms and types a list. */
async function typeList(window, list) {
  await window.click(`${byTestId('import-pseudonyms')} summary`);
  const field = await window.find(byTestId('import-pseudonym-list'));
  for (const line of list.split('\n')) {
    await field.type(line);
    await window.keys('Enter');
  }
  await window.keys('Tab');
}

async function importTogether(window, way) {
  await window.shown();
  await window.click(byTestId('import-as-lead'));
  await window.click(byTestId('person-lead'));
  await window.find(byTestId('import-table'), 20_000);
  await window.waitFor(async () => (await rows(window)).at(-1)?.[1] === 'Who', 'all files read');
  assert.deepEqual(await rows(window), [
    ['adam-1.txt', 'Adam', 1, true],
    ['adam-2.vtt', 'Adam', 2, true],
    ['adam.srt', 'Adam', 3, true],
    ['bo-1.csv', 'Bo', 1, true],
    ['cleo 3.TextGrid', 'Cleo', 3, true],
    ['who.txt', 'Who', 1, false],
  ]);
  await typeList(window, 'Zoltan = Emil\nBern = [city]\nBasel = [city]');
  await window.waitFor(
    async () => (await textOf(window, byTestId('import-pseudonyms')))?.includes('3 places replaced'),
    'the places that are replaced',
  );
  await window.waitFor(
    async () =>
      (await textOf(window, byTestId('import-pseudonyms-unused')))?.includes('Line 3 found nothing'),
    'the line that found nothing in any file',
  );
  await picture(window, `import-table-${way.name}.png`);
}

const ways = [
  { name: 'light-1440x900', dark: false, width: 1440, height: 900 },
  { name: 'dark-1280x720', dark: true, width: 1280, height: 720 },
];

for (const way of ways) {
  test(`five files of five formats go in from one table (${way.name})`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sunder-importing-'));
    mkdirSync(join(folder, 'in'));
    const paths = Object.entries(FILES).map(([name, text]) => {
      const path = join(folder, 'in', name);
      writeFileSync(path, text);
      return path;
    });
    try {
      await withWindow({ dark: way.dark, folder: join(folder, 'home'), args: paths }, async (window) => {
        await window.resize(way.width, way.height);
        await act(window, way);
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

async function act(window, way) {
  await importTogether(window, way);
  await window.click(byTestId('import-together'));
  await gone(window, byTestId('import-table'));
  await window.find(byTestId('import-dialog'), 20_000);
  assert.match(await textOf(window, byTestId('import-dialog')), /who\.txt/);
  await picture(window, `import-one-${way.name}.png`);
  await window.keys('Escape');
  await gone(window, byTestId('import-dialog'));
  await codingShown(window);
  const found = await labels(window);
  for (const label of ['Adam · 1', 'Adam · 2', 'Adam · 3', 'Bo · 1', 'Cleo · 3']) {
    assert.ok(found.includes(label), `${label} is in the study: ${found.join()}`);
  }
}
