// The lead compares the raters of the sample study and settles what they disagree on, by key and by mouse.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { agreementShown, chooseUnit, chooseValue, settleTitle } from './agreement.mjs';
import { become, byTestId, codingShown, gone, settles, textOf } from './coding.mjs';
import { withWindow } from './harness.mjs';

/** Opens the sample study on the Agreement screen. */
async function asLead(window) {
  await window.shown();
  await codingShown(window);
  await become(window, 'Lead');
  await window.click(byTestId('screen-agreement'));
  await agreementShown(window);
}

const valueOf = (window, row) =>
  textOf(window, `${byTestId('coefficient')}[data-row="${row}"] ${byTestId('value')}`);

/** Answers file dialogs with a path, as the person who chooses it would; nothing else is answered for. */
const answerSaving = (window, path) =>
  window.run((wanted) => {
    const before = (window.askedBefore ??= window.fetch);
    window.fetch = (url, ...rest) =>
      decodeURIComponent(String(url)).includes('plugin:dialog|save')
        ? Promise.resolve(
            new Response(JSON.stringify(wanted), {
              headers: { 'Tauri-Response': 'ok', 'Content-Type': 'application/json' },
            }),
          )
        : before.call(window, url, ...rest);
  }, path);

test('compare, open a cell, settle three disagreements by key, see the consensus, write the report', () =>
  withWindow({}, async (window) => {
    await asLead(window);
    const byWindow = await valueOf(window, 'detection/cohen-kappa');
    assert.match(byWindow, /^−?\.\d\d$/);

    // Another unit and another value: the numbers follow.
    await chooseUnit(window, 'conflict');
    await chooseValue(window, 'class');
    await settles(window, (at) => valueOf(at, 'judgement/cohen-kappa').then((text) => text !== null), true);
    assert.notEqual(await valueOf(window, 'detection/cohen-kappa'), byWindow);
    const rows = await window.run(
      (css) => [...document.querySelectorAll(css)].map((row) => row.dataset.row.split('/')[0]),
      byTestId('coefficient'),
    );
    assert.deepEqual([...new Set(rows)].slice(0, 3), ['detection', 'judgement', 'combined']);

    // A coefficient says in plain words what it is.
    await window.click(`${byTestId('coefficient')}[data-row="detection/cohen-kappa"] button`);
    await window.findText('Agreement beyond what', { part: true });
    await window.findText('Cohen (1960)', { part: true, css: 'dd' });

    // A cell of the table of two raters opens its units.
    const cell = `${byTestId('confusion-cell')}[data-cell="1,2"]`;
    const units = Number(await textOf(window, cell));
    assert.ok(units > 2);
    await window.click(cell);
    await settles(
      window,
      async (at) => (await at.all(byTestId('entry'))).length,
      units,
      'the units of the cell',
    );

    // The codings are frozen, and three disagreements settled with one key each.
    await window.click(byTestId('begin-settling'));
    await window.find(byTestId('member'));
    for (const [key, settled] of [
      ['2', 1],
      ['m', 2],
      ['x', 3],
    ]) {
      await window.keys(key);
      await settles(window, async (at) => (await settleTitle(at)).settled, settled, `${settled} settled`);
    }
    const done = `${byTestId('entry')}[data-settled="true"]`;
    assert.equal((await window.all(done)).length, 3);

    // One is taken back, and done again.
    await window.keys('Control+z');
    await settles(window, async (at) => (await settleTitle(at)).settled, 2, 'one taken back');
    await window.keys('Control+Shift+z');
    await settles(window, async (at) => (await settleTitle(at)).settled, 3, 'done again');

    // The consensus is a coding of its own, opened where the disagreement is.
    await window.click(byTestId('entry'));
    await window.find(byTestId('settled-line'));
    await window.click(byTestId('open-consensus'));
    await codingShown(window);
    await settles(window, async (at) => /consensus/.test((await textOf(at, byTestId('person'))) ?? ''), true);
    assert.ok((await window.all(byTestId('list-item'))).length > 0, 'what was settled stands in it');

    // Back, and the report is written.
    await window.keys('Alt+2');
    await agreementShown(window);
    assert.equal((await settleTitle(window)).settled, 3);
    const path = join(window.folder, 'report.html');
    await answerSaving(window, path);
    await window.click(byTestId('report'));
    await window.click(byTestId('report-write'));
    await window.findText('The report is written.', { part: true });
    const page = readFileSync(path, 'utf8');
    assert.match(page, /Agreement: Sample study/);
    assert.match(page, /GRRAS/);
    assert.deepEqual(await window.faults(), []);
  }));

test('by keyboard alone: compare, settle otherwise, rule, and read the ruling beside the code', () =>
  withWindow({}, async (window) => {
    await asLead(window);
    await window.keys('Alt+1');
    await codingShown(window);
    await window.keys('Control+k');
    await window.find(byTestId('palette'));
    await window.typeText('agreement');
    await window.keys('Enter');
    await agreementShown(window);
    // What can be done here stands in the menu and in the palette.
    await window.keys('F10');
    await window.findText('Agreement', { css: '.menu [role="menuitem"]', part: true });
    await window.keys('Escape');
    await window.keys('Control+k');
    await window.find(byTestId('palette'));
    for (const id of [
      'agreement.report',
      'agreement.copyApa',
      'agreement.sessions',
      'agreement.names',
      'edit.undo',
    ])
      await window.find(byTestId(`palette-${id}`));
    await window.keys('Escape');
    await gone(window, byTestId('palette'));
    await window.run((css) => document.querySelector(css).focus(), byTestId('begin-settling'));
    await window.keys('Enter');
    await window.find(byTestId('member'));

    await window.keys('e');
    await window.find(byTestId('edit-dialog'));
    await window.run((css) => document.querySelector(css).focus(), byTestId('score-5'));
    await window.keys('5');
    await window.run((css) => document.querySelector(css).focus(), byTestId('edit-settle'));
    await window.keys('Enter');
    await gone(window, byTestId('edit-dialog'));
    await settles(window, async (at) => (await settleTitle(at)).settled, 1, 'settled as edited');

    await window.keys('r');
    await window.find(byTestId('ruling-dialog'));
    const entry = await window.run((css) => document.querySelector(css).value, byTestId('ruling-entry'));
    await window.typeText('not every pause');
    await window.run((css) => document.querySelector(css).focus(), byTestId('ruling-save'));
    await window.keys('Enter');
    await gone(window, byTestId('ruling-dialog'));

    // A rater reads it beside the code.
    await become(window, 'R. Novak');
    await codingShown(window);
    const { study, code } = await window.runAsync(async (key) => {
      const view = await window.__TAURI_INTERNALS__.invoke('call', { name: 'study_view', payload: {} });
      const codes = view.codebook.families.flatMap((family) => family.codes);
      return { study: view.rulings, code: codes.find((each) => each.key === key)?.name };
    }, entry);
    assert.deepEqual(
      study.map(({ text }) => text),
      ['not every pause'],
    );
    await window.keys('/');
    await window.typeText(code);
    await window.run((key) => document.querySelector(`[data-code="${key}"]`).focus(), entry);
    assert.match(await textOf(window, byTestId('rulings')), /not every pause/);
    assert.deepEqual(await window.faults(), []);
  }));

test('a figure is kept as SVG and PNG, the table is copied, a computation is stopped', () =>
  withWindow({}, async (window) => {
    await asLead(window);
    for (const form of ['svg', 'png']) {
      const path = join(window.folder, `heat.${form}`);
      await answerSaving(window, path);
      await window.click(byTestId('save-who-agrees-with-whom'));
      await window.click(byTestId(`save-who-agrees-with-whom-${form}`));
      await settles(window, () => existsSync(path), true, `the figure as ${form}`);
    }
    assert.match(readFileSync(join(window.folder, 'heat.svg'), 'utf8'), /<svg[^>]*>.*L\. Haddad/s);
    assert.equal(readFileSync(join(window.folder, 'heat.png')).subarray(1, 4).toString(), 'PNG');

    await window.click(byTestId('copy-text'));
    await window.findText('The table is copied as text.', { part: true });

    // Many resamples take long; the window stays, and it is stopped.
    await window.click(byTestId('choose-intervals'));
    const samples = await window.find(byTestId('samples'));
    await window.run((select) => {
      select.value = '10000';
      select.dispatchEvent(new Event('change', { bubbles: true }));
    }, samples);
    await window.keys('Escape');
    await window.click(byTestId('cancel-computing'));
    await window.find(byTestId('stopped'));
    await window.keys('F5');
    await window.find(byTestId('computing'));
    await window.keys('Alt+1');
    await codingShown(window);
    assert.deepEqual(await window.faults(), []);
  }));

test('a rater has no way to the Agreement screen', () =>
  withWindow({}, async (window) => {
    await window.shown();
    await codingShown(window);
    assert.deepEqual(await window.all(byTestId('screen-agreement')), []);
    await window.keys('Alt+2');
    await window.painted();
    await codingShown(window);
    const refusal = await window.runAsync(() =>
      window.__TAURI_INTERNALS__.invoke('call', { name: 'agreement_options', payload: {} }).then(
        () => 'given',
        ({ code }) => code,
      ),
    );
    assert.equal(refusal, 'not-allowed');
    assert.deepEqual(await window.all(byTestId('coefficients')), []);
  }));
