// The lead compares the raters of the sample study and settles what they disagree on, by key and by mouse.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { agreementShown, chooseUnit, chooseValue, settleTitle } from './agreement.mjs';
import { become, byTestId, clockMs, codingShown, gone, settles, textOf } from './coding.mjs';
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
    assert.match(readFileSync(join(window.folder, 'heat.svg'), 'utf8'), /<svg[^>]*>.*Rater 1/s);
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

/** Calls the core through the window's one door. */
const call = (window, name, payload) =>
  window.runAsync(
    (wanted, given) => window.__TAURI_INTERNALS__.invoke('call', { name: wanted, payload: given }),
    name,
    payload,
  );

/** Conflicts by class, with the codings frozen. */
async function frozen(window) {
  await asLead(window);
  await chooseUnit(window, 'conflict');
  await chooseValue(window, 'class');
  await window.click(byTestId('begin-settling'));
  await window.find(byTestId('member'));
}

const settledNow = async (window) => (await settleTitle(window)).settled;

/** The row of a session in the dialog of sessions, as it reads. */
const sessionRow = (window, label) =>
  window.run(
    (css, wanted) =>
      [...document.querySelectorAll(css)]
        .map((row) => row.innerText.replaceAll(/\s+/g, ' '))
        .find((text) => text.startsWith(wanted)) ?? null,
    byTestId('session-row'),
    label,
  );

test('all that agree are settled in one step, and so is a rating', () =>
  withWindow({}, async (window) => {
    await frozen(window);
    const agreed = Number(/\d+/.exec(await textOf(window, byTestId('settle-agreed')))[0]);
    assert.ok(agreed > 0);
    await window.click(byTestId('settle-agreed'));
    await window.findText(`Settled ${agreed} that all agree on.`, { part: true });
    await settles(window, settledNow, agreed, 'all that agree settled');
    await window.keys('Control+z');
    await settles(window, settledNow, 0, 'one undo takes all of them back');

    // Ratings come last among all there is to settle in a session.
    const listing = await window.find(byTestId('listing'));
    await window.run((select) => {
      select.value = [...select.options].find(({ text }) => text.startsWith('Ada · 2')).value;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    }, listing);
    await settles(
      window,
      async (at) => /to settle in Ada · 2/.test((await settleTitle(at)).text),
      true,
      'all of a session listed',
    );
    await window.run((css) => [...document.querySelectorAll(css)].at(-1).click(), byTestId('entry'));
    const item = () => window.run((css) => document.querySelector(css)?.dataset.item, byTestId('item-card'));
    await settles(window, async () => /^session-rating\//.test((await item()) ?? ''), true, 'a rating');
    const rating = await item();
    const given = await textOf(window, byTestId('member'));
    await window.keys('1');
    await settles(window, settledNow, 1, 'the rating settled');
    assert.equal(await item(), rating, 'nothing comes after it');
    const score = /(\d)$/.exec(given)?.[1];
    if (score !== undefined) assert.match(await textOf(window, byTestId('settled-line')), new RegExp(score));
    assert.deepEqual(await window.faults(), []);
  }));

test('the coding of record is fixed and seen', () =>
  withWindow({}, async (window) => {
    await asLead(window);
    await window.click(byTestId('open-sessions'));
    const choose = (css, value) =>
      window.run(
        (selector, wanted) => {
          const select = document.querySelector(selector);
          select.value = wanted;
          select.dispatchEvent(new Event('change', { bubbles: true }));
        },
        css,
        value,
      );
    await window.find(byTestId('sessions-dialog'));
    await choose(byTestId('record'), 'mean');
    await settles(
      window,
      async (at) => /mean of raters/.test(await sessionRow(at, 'Ada · 1')),
      true,
      'fixed',
    );
    await choose(byTestId('record-all'), 'random');
    await window.click(byTestId('record-all-fix'));
    await settles(
      window,
      async (at) => /\(drawn, seed 1\)/.test(await sessionRow(at, 'Ada · 4')),
      true,
      'drawn',
    );
    await window.keys('Escape');
    await gone(window, byTestId('sessions-dialog'));

    // It counts in the study, and stands there when one comes back.
    const list = await call(window, 'consensus_list', {});
    assert.ok(list.sessions.every(({ record }) => record?.choice.kind === 'random'));
    await window.click(byTestId('open-sessions'));
    assert.match(await sessionRow(window, 'Ada · 1'), /drawn, seed 1/);
    assert.deepEqual(await window.faults(), []);
  }));

test('a coding that changed since it was frozen is named, and frozen anew the numbers follow', () =>
  withWindow({}, async (window) => {
    await frozen(window);
    await chooseValue(window, 'significance');
    const before = await textOf(window, byTestId('base-rates'));
    await become(window, 'R. Novak');
    const study = await call(window, 'study_view', {});
    const session = study.sessions.find(({ label }) => label === 'Ada · 1');
    const { coding } = await call(window, 'session_open', { session_id: session.id });
    const act = (name, payload) =>
      call(window, name, { op: crypto.randomUUID(), coding_id: coding.id, ...payload });
    await act('coding_reopen', { reason: 'second thoughts' });
    for (const { id } of coding.conflicts)
      await act('conflict_change', { conflict_id: id, edit: { set: 'significance', to: 5 } });
    await act('coding_submit', {});

    await become(window, 'Lead');
    await window.keys('Alt+2');
    await agreementShown(window);
    await chooseUnit(window, 'conflict');
    await chooseValue(window, 'significance');
    assert.equal(await textOf(window, byTestId('base-rates')), before, 'what was frozen counts');
    const changed = await textOf(window, byTestId('changed'));
    assert.match(changed, /Ada · 1, Rater 3: changed after it was frozen/);
    await window.click(byTestId('hide-names'));
    await window.findText('Ada · 1, R. Novak: changed after it was frozen', { part: true });

    await window.click(byTestId('open-sessions'));
    await window.find(byTestId('sessions-dialog'));
    assert.match(await sessionRow(window, 'Ada · 1'), /changed since: R\. Novak/);
    await window.click(byTestId('freeze-anew'));
    await settles(
      window,
      async (at) => /changed since/.test(await sessionRow(at, 'Ada · 1')),
      false,
      'frozen anew',
    );
    await window.keys('Escape');
    await gone(window, byTestId('changed'), 60_000);
    await agreementShown(window);
    assert.notEqual(await textOf(window, byTestId('base-rates')), before);
    await window.find(byTestId('member'));
    assert.deepEqual(await window.faults(), []);
  }));

test('the table is copied as CSV and the report written by key with names as they are on the screen', () =>
  withWindow({}, async (window) => {
    await asLead(window);
    await window.run(() => {
      window.copied = [];
      navigator.clipboard.write = async ([item]) => {
        const content = await (await item.getType('text/plain')).text();
        window.copied.push(content);
      };
    });
    const copied = () => window.run(() => window.copied);
    await window.click(byTestId('copy-csv'));
    await window.findText('Names are hidden in it.', { part: true });
    await window.click(byTestId('hide-names'));
    await window.findText('Names are shown.', { part: true });
    await window.click(byTestId('copy-csv'));
    await settles(window, async () => (await copied()).length, 2, 'two copies');
    const [hidden, named] = await copied();
    assert.match(hidden, /^part,name,line,label,detail,statistic/);
    assert.match(hidden, /Rater 1 × Rater 2/);
    assert.doesNotMatch(hidden, /Haddad/);
    assert.match(named, /L\. Haddad × M\. Okafor/);

    // The report by key: names are shown now, and hidden again after.
    const report = async (name) => {
      const path = join(window.folder, name);
      await answerSaving(window, path);
      await window.keys('Control+p');
      await settles(window, () => existsSync(path), true, `the report ${name}`);
      await window.findText('The report is written.', { part: true });
      return readFileSync(path, 'utf8');
    };
    assert.match(await report('named.html'), /L\. Haddad/);
    await window.click(byTestId('hide-names'));
    await window.findText('Names are hidden while you settle.', { part: true });
    const unnamed = await report('hidden.html');
    assert.match(unnamed, /Rater 1 \(rows\) × Rater 2 \(columns\)/);
    assert.doesNotMatch(unnamed, /Haddad|Okafor|Novak/);
    assert.deepEqual(await window.faults(), []);
  }));

test('a disagreement is played from where it is', () =>
  withWindow({}, async (window) => {
    await frozen(window);
    const where = await window.run(
      (css) => document.querySelector(`${css} .where`).textContent,
      byTestId('item-card'),
    );
    const [, session, minutes, seconds] = /^(.*) · (\d+):(\d\d)$/.exec(where);
    const startMs = (Number(minutes) * 60 + Number(seconds)) * 1000;
    await window.click(byTestId('play-here'));
    await codingShown(window);
    await settles(window, async (at) => (await clockMs(at)) > startMs + 300, true, 'playing from there');
    assert.ok((await clockMs(window)) < startMs + 60_000);
    const open = await window.run((css) => document.querySelector(css)?.textContent ?? '', 'header');
    assert.ok(open.includes(session) || (await window.findText(session, { part: true })) !== null);
    await window.find('[data-turn].playing');
    assert.deepEqual(await window.faults(), []);
  }));

test('at 1280 × 720 several disagreements stand in the list, and a key that was changed settles one', () =>
  withWindow({}, async (window) => {
    await frozen(window);
    await window.resize(1280, 720);
    await window.painted();
    const inList = await window.run((css) => {
      const list = document.querySelector('.list').getBoundingClientRect();
      return [...document.querySelectorAll(css)].filter((entry) => {
        const box = entry.getBoundingClientRect();
        return box.top >= list.top - 1 && box.bottom <= Math.min(list.bottom, innerHeight) + 1;
      }).length;
    }, byTestId('entry'));
    assert.ok(inList >= 4, `${inList} disagreements in the list`);

    await window.keys('Control+,');
    await window.click(byTestId('key-settling.none'));
    await window.keys('q');
    await settles(window, (at) => textOf(at, byTestId('key-settling.none')), 'Q', 'another key');
    assert.deepEqual(await window.all(byTestId('key-clashes')), []);
    await window.keys('Escape');
    await gone(window, byTestId('key-settling.none'));
    assert.match(await textOf(window, byTestId('settle-none')), /^Q/);
    await window.keys('x');
    await window.keys('q');
    await settles(window, settledNow, 1, 'settled by the new key alone');
    assert.deepEqual(await window.faults(), []);
  }));
