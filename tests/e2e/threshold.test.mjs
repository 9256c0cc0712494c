// The lead sets the threshold of the sample study: drags the line, sees a conflict change lanes, sets a floor, locks; and
// the command line counts what the window counted.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { byTestId, codingShown, gone, lanes, settles, textOf } from './coding.mjs';
import { launch, program, withWindow } from './harness.mjs';
import {
  below,
  dragLine,
  saveRule,
  setNumber,
  thresholdOpened,
  thresholdShown,
  totals,
} from './threshold.mjs';

const laneOf = async (window, id) => (await lanes(window)).find((item) => item.id === id)?.lane;

test('drag the line and a conflict changes lanes; a floor decides; a locked rule stays', async () => {
  let study;
  let seen;
  const window = await launch();
  try {
    await window.shown();
    await codingShown(window);
    await thresholdOpened(window);
    const [ruptures, strains, unscored] = await totals(window);
    assert.ok(ruptures > 0 && strains > 0);
    assert.equal(await textOf(window, byTestId('total-conflicts')), String(ruptures + strains + unscored));

    // The line, dragged one score up: what falls is told, and is what the counts lose.
    await dragLine(window, 1);
    await settles(window, (at) => textOf(at, `${byTestId('moved')} strong`), '4', 'the line at 4');
    const rows = `${byTestId('threshold-conflict')}[data-now="strain"]`;
    await window.find(rows);
    const fallen = await window.run(
      (css) => [...document.querySelectorAll(css)].map((row) => row.dataset.id),
      rows,
    );
    assert.deepEqual(await totals(window), [ruptures - fallen.length, strains + fallen.length, unscored]);

    // A look is no operation: under the study's rule it is still a rupture, where it lies in the transcript.
    await window.click(rows);
    await codingShown(window);
    await settles(window, (at) => laneOf(at, fallen[0]), 'ruptures', 'a rupture as long as nothing is saved');
    const selected = await window.run(
      (css) => document.querySelector(`${css}[aria-pressed="true"]`)?.dataset.id,
      byTestId('lane-item'),
    );
    assert.equal(selected, fallen[0], 'opened at its place');

    // Saved, it lies on the other lane.
    await window.keys('Alt+3');
    await thresholdShown(window);
    await saveRule(window);
    await window.keys('Alt+1');
    await codingShown(window);
    await settles(window, (at) => laneOf(at, fallen[0]), 'strains', 'a strain once the rule is saved');

    // Back to 3 by key, and a floor: the clause says how many it decides, and no rupture is below it.
    await window.keys('Alt+3');
    await thresholdShown(window);
    await window.keys('[');
    await settles(window, (at) => totals(at), [ruptures, strains, unscored], 'the cut at 3 again');
    await setNumber(window, 'floor-endangerment', 4);
    await settles(
      window,
      async (at) => Number(((await textOf(at, byTestId('decides-floor'))) ?? '').replace('decides ', '')) > 0,
      true,
      'a floor that decides',
    );
    await saveRule(window);
    seen = await totals(window);
    assert.ok(seen[0] < ruptures, 'the floor keeps some from being ruptures');

    await below('sweep')(window);
    await settles(
      window,
      (at) =>
        at.run(
          (css) => document.querySelector(`${css} td`)?.textContent,
          `${byTestId('sweep-row')}[data-value="3"]`,
        ),
      String(seen[0]),
      'the sweep counts the same',
    );

    // Locked, with who and why: nothing of it can be moved any more.
    await window.click(byTestId('lock-rule'));
    await window.find(byTestId('lock-dialog'));
    await window.typeText('M');
    await window.run((css) => document.querySelector(css).focus(), byTestId('lock-reason'));
    await window.typeText('before');
    await window.click(byTestId('lock-confirm'));
    await gone(window, byTestId('lock-dialog'));
    await window.findText('Locked on', { part: true });
    await dragLine(window, 1);
    await window.keys(']');
    assert.deepEqual(await totals(window), seen, 'a locked rule does not move');
    study = await window.run((css) => document.querySelector(css).title, 'h1');
    assert.deepEqual(await window.faults(), []);
    // The study is closed with the window; the command line opens it then.
    await window.close();

    assert.ok(existsSync(study));
    const asked = (...words) =>
      JSON.parse(execFileSync(program('sunder'), [...words, '--format', 'json'], { encoding: 'utf8' }));
    const sweep = asked('sweep', study, '--bootstrap', '0');
    assert.match(sweep.locked.by, /^m$/i);
    const own = sweep.sources[0];
    const at = own.rows.find(({ value }) => value === sweep.own).counts;
    assert.deepEqual([at.ruptures, at.strains, at.unscored], seen, 'the command line counts the same');
    const { codings } = asked('classify', study, '--rater', own.words);
    const sum = (key) => codings.reduce((all, { totals: each }) => all + each[key], 0);
    assert.deepEqual([sum('ruptures'), sum('strains'), sum('unscored')], seen);
  } finally {
    // It may have ended already.
    await window.quit().catch(() => undefined);
    window.forget();
  }
});

test('what can be done on the screen stands in the menu and in the palette; exceptions, copies and rules side by side', () =>
  withWindow({}, async (window) => {
    await window.shown();
    await codingShown(window);
    await thresholdOpened(window);
    await window.keys('F10');
    await window.findText('Threshold', { css: '.menu [role="menuitem"]', part: true });
    await window.keys('Escape');
    await window.keys('Control+k');
    await window.find(byTestId('palette'));
    for (const id of ['threshold.lower', 'threshold.higher', 'threshold.lock', 'threshold.export']) {
      await window.find(byTestId(`palette-${id}`));
    }
    await window.keys('Escape');
    await gone(window, byTestId('palette'));

    // An exception keeps withdrawals at their own cut when the line moves, or moves along.
    const [ruptures] = await totals(window);
    await window.click(byTestId('add-exception'));
    await window.find(byTestId('when-mode'));
    await window.run((css) => {
      const select = document.querySelector(css);
      select.value = 'withdrawal';
      select.dispatchEvent(new Event('change', { bubbles: true }));
    }, byTestId('when-mode'));
    await settles(window, async (at) => (await totals(at))[0] < ruptures, true, 'an exception that decides');
    const cut = () => window.run((css) => document.querySelector(css)?.value, byTestId('exception-cut'));
    assert.equal(await cut(), '4');
    await dragLine(window, 1);
    await settles(window, (at) => textOf(at, `${byTestId('moved')} strong`), '4', 'the line at 4');
    assert.equal(await cut(), '4');
    await window.click(byTestId('move-exceptions'));
    await dragLine(window, -2);
    await settles(window, (at) => textOf(at, `${byTestId('moved')} strong`), '2', 'the line at 2');
    assert.equal(await cut(), '2');

    // As a copy it is a rule of its own; the one that it came from is as it was, and both stand side by side.
    await window.click(byTestId('rule-more'));
    await window.click(byTestId('rule-copy'));
    await window.click(byTestId('copy-save'));
    await window.find(byTestId('rule-choose'));
    await below('compare')(window);
    await window.find(byTestId('compare-cell'));
    const cells = await window.run(
      (css) =>
        [...document.querySelectorAll(css)].map((cell) => [cell.dataset.cell, Number(cell.textContent)]),
      byTestId('compare-cell'),
    );
    const all = cells.reduce((sum, [, count]) => sum + count, 0);
    assert.equal(String(all), await textOf(window, byTestId('total-conflicts')));
    const [cell, count] = cells.find(([at]) => at === '0,1');
    assert.ok(count > 0, 'ruptures under the copy, strains under the study’s rule');
    await window.click(`${byTestId('compare-cell')}[data-cell="${cell}"]`);
    await settles(
      window,
      async (at) => (await at.all(`${byTestId('threshold-conflict')}[data-now="strain"]`)).length,
      count,
      'the conflicts of the cell',
    );
    assert.deepEqual(await window.faults(), []);
  }));
