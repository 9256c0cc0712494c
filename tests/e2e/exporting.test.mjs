// Codings out, in the real window: by the button and by the keyboard.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { become, byTestId, codingShown, gone } from './coding.mjs';
import { withWindow } from './harness.mjs';

const value = (window, id) => window.run((css) => document.querySelector(css).value, byTestId(id));
const outcome = (window) =>
  window.run((css) => document.querySelector(css)?.textContent.trim() ?? '', byTestId('export-outcome'));

/** Types where to, and waits until it is there. */
async function exportTo(window, path) {
  await window.run((css) => {
    const field = document.querySelector(css);
    field.focus();
    field.select();
  }, byTestId('export-path'));
  await window.typeText(path);
  assert.equal(await value(window, 'export-path'), path);
  await window.click(byTestId('export-start'));
  await window.waitFor(async () => (await outcome(window)).startsWith('Exported'), 'the export', 20_000);
  return outcome(window);
}

test('the lead exports tables and a document', () =>
  withWindow({}, async (window) => {
    await codingShown(window);
    await become(window, 'Lead');
    await window.click(byTestId('export'));
    await window.find(byTestId('export-form-csv'));
    assert.match(await value(window, 'export-path'), /Sample study export csv$/);

    const tables = join(window.folder, 'tables');
    assert.equal(
      await exportTo(window, tables),
      'Exported 15 codings, 106 conflicts and 225 markers in 8 files.',
    );
    const head = readFileSync(join(tables, 'conflicts.csv'), 'utf8').split('\n');
    assert.ok(head[0].split(',').includes('class') && !head[0].split(',').includes('words'));
    assert.equal(head.length, 108);
    assert.deepEqual(
      readdirSync(window.folder).filter((name) => name.includes('.part')),
      [],
    );

    await window.click(byTestId('export-form-json'));
    const document = join(window.folder, 'out.json');
    assert.match(await exportTo(window, document), /in 1 file\.$/);
    assert.equal(JSON.parse(readFileSync(document, 'utf8')).codings.length, 15);
    await window.keys('Escape');
    await gone(window, byTestId('export-dialog'));
    assert.deepEqual(await window.faults(), []);
  }));

test('what cannot be written is said in the dialog, and a masked rater is told what stays out', () =>
  withWindow({}, async (window) => {
    await codingShown(window);
    await window.keys('Control+e');
    await window.find(byTestId('export-form-xlsx'));
    await window.click(byTestId('export-form-xlsx'));
    await window.run((css) => document.querySelector(css).select(), byTestId('export-path'));
    await window.click(byTestId('export-path'));
    await window.keys('Control+a');
    await window.typeText('/nowhere/at/all.xlsx');
    await window.click(byTestId('export-start'));
    await window.find(byTestId('export-problem'));
    assert.ok(!existsSync('/nowhere'));
    await window.keys('Escape');
    await gone(window, byTestId('export-dialog'));

    await window.click(byTestId('person'));
    await window.click(byTestId('try-masked'));
    await gone(window, byTestId('person-dialog'));
    await window.keys('Control+e');
    await window.find(byTestId('export-masked'));
    await window.click(byTestId('export-form-json'));
    await window.find(byTestId('export-refused'));
    assert.equal(
      await window.run((css) => document.querySelector(css).disabled, byTestId('export-start')),
      true,
    );
  }));
