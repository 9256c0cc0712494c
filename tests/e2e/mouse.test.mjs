// By mouse alone: words are selected, coded, scored, the session rated and handed in. No key is pressed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byTestId, chips, codingShown, gone, openSession, selectWords, settles, textOf } from './coding.mjs';
import { withWindow } from './harness.mjs';

const marks = async (window) =>
  (await chips(window)).map((chip) => [chip.turn, chip.family, chip.class, chip.text]);

test('tagging, scoring, rating and submitting by mouse alone', () =>
  withWindow({}, async (window) => {
    await window.shown();
    await codingShown(window);
    await openSession(window, 'Ada · 4');

    // Words across two turns, a family, a code, a score.
    const said = (turn) =>
      window.run((index) => document.querySelector(`[data-said="${index}"]`).textContent, turn);
    const [first, second] = [await said(4), await said(5)];
    await selectWords(window, [4, first.split(' ').slice(-2).join(' ')], [5, second.split(' ')[0]]);
    await window.click('[data-family="withdrawal"]:not([data-testid])');
    await window.click('[data-code="withdrawal/topic-shift"]');
    await settles(window, marks, [[4, 'withdrawal', 'unscored', 'topic shift']], 'a marker to score');
    await window.click(byTestId('score-2'));
    await settles(window, marks, [[4, 'withdrawal', 'strain', 'topic shift 2']], 'a strain');
    assert.match(await textOf(window, byTestId('conflict-card')), /Conflict\s*1 marker/);

    // Another turn whole, by a click on it; then joined by mouse.
    await window.click('[data-turn="8"] .time');
    await window.click(`${byTestId('hints')} [data-key="C"]`);
    await window.click(`${byTestId('hints')} [data-key="A"]`);
    await window.click(byTestId('score-4'));
    await settles(window, async (at) => (await marks(at)).length, 2, 'two markers');

    // The session as a whole is rated.
    await window.click(byTestId('ratings'));
    const rating = `${byTestId('ratings-dialog')} [data-rating="significance-of-withdrawal"]`;
    await window.click(`${rating} .scores button:nth-child(3)`);
    await window.find(`${rating} .scores button:nth-child(3)[aria-pressed="true"]`);
    await window.clickText('Submit…', { css: `${byTestId('ratings-dialog')} button` });

    // What is missing is named; then it is handed in, and locked.
    await window.find(byTestId('submit-dialog'));
    await window.find('[aria-label="Never played or read"]');
    await window.click(byTestId('submit-confirm'));
    await window.click(byTestId('submit-next'));
    await gone(window, byTestId('submit-dialog'));
    await window.waitFor(
      () =>
        window.run(
          (css) => document.querySelector(`${css}[aria-current] .name`)?.textContent !== 'Ada · 4',
          byTestId('session-item'),
        ),
      'the next session',
    );
    await openSession(window, 'Ada · 4');
    await window.find(byTestId('locked'));
    await window.click('[data-turn="2"] .time');
    assert.deepEqual(await window.all(byTestId('hints')), [], 'nothing can be tagged any more');
    assert.deepEqual(await window.faults(), []);
  }));
