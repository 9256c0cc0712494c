// A masked rater sees no class, no rule, no cut, no counts, no case and no session number, anywhere in the window.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byTestId, chips, codingShown, gone, lanes, settles, textOf } from './coding.mjs';
import { withWindow } from './harness.mjs';

/** Every text and every attribute of the page but the words of transcript and codebook, with where it stands. */
const saidByTheProgram = (window) =>
  window.run(() => {
    const found = [];
    const ofOthers = '[data-said], .detail, .what, .said, blockquote, .quote, q, style, script';
    const walk = (node) => {
      if (node.matches?.(ofOthers)) return;
      for (const { name, value } of node.attributes ?? []) found.push(`${name}=${value}`);
      for (const child of node.childNodes) {
        if (child.nodeType === Node.TEXT_NODE) found.push(child.data);
        else walk(child);
      }
    };
    walk(document.documentElement);
    return found.map((each) => each.trim()).filter((each) => each !== '');
  });

/** What would tell a class, the rule, or which case and session this is. */
const TELLING = [
  /rupture/i,
  /strain/i,
  /\bcut\b/i,
  /\brule\b/i,
  /\bAda\b/,
  /\bBruno\b/,
  /session \d+(?![\w-])/i,
  /data-class/,
  /\d+ of \d+ sessions/i,
  /counts? of/i,
];

test('a masked rater sees no class, rule, cut, count, case or number', () =>
  withWindow({}, async (window) => {
    await window.shown();
    await codingShown(window);
    // The same words are there before, so that their absence says something.
    const before = (await saidByTheProgram(window)).join('\n');
    for (const word of [/rupture/i, /strain/i, /Ada/, /data-class|data-lane=ruptures/])
      assert.match(before, word);

    await window.click(byTestId('person'));
    await window.click(byTestId('try-masked'));
    await gone(window, byTestId('person-dialog'));
    await settles(
      window,
      async (at) => /masked/.test((await textOf(at, byTestId('person'))) ?? ''),
      true,
      'the masked view',
    );
    await codingShown(window);

    await settles(window, async (at) => (await at.all(byTestId('cut-slider'))).length, 0);
    assert.deepEqual(await window.all(byTestId('totals')), []);
    assert.deepEqual(await window.all(byTestId('build-up')), []);
    assert.match(await textOf(window, byTestId('session-label')), /^S-\d+$/);

    // A scored tag, with its card open, tells nothing either.
    await window.keys('ArrowDown', 'c', 't', '5');
    await window.find(byTestId('conflict-card'));
    assert.deepEqual(await window.all(byTestId('verdict')), []);
    assert.ok((await chips(window)).every((chip) => chip.class === null));
    assert.deepEqual(
      [...new Set((await lanes(window)).map(({ lane }) => lane))].filter((lane) => /rupt|strain/.test(lane)),
      [],
    );

    const telling = (await saidByTheProgram(window)).filter((each) =>
      TELLING.some((word) => word.test(each)),
    );
    assert.deepEqual(telling, []);

    // Nor do the palette and what the door gives to the page.
    await window.keys('Control+k');
    await window.find(byTestId('palette'));
    const offered = (await saidByTheProgram(window)).filter((each) =>
      TELLING.some((word) => word.test(each)),
    );
    assert.deepEqual(offered, []);
    await window.keys('Escape');
    const reply = await window.runAsync(async (css) => {
      const sessionId = document.querySelector(`${css}[aria-current]`).dataset.sessionId;
      const call = (name, payload) => window.__TAURI_INTERNALS__.invoke('call', { name, payload });
      const look = await call('look', { coding_id: '', cut: 2 }).then(
        () => 'given',
        () => 'refused',
      );
      const { session, coding } = await call('session_open', { session_id: sessionId });
      const study = await call('study_view', {});
      return {
        look,
        rule: study.rule,
        presets: study.presets.length,
        cases: study.cases,
        names: study.sessions.map((each) => each.case_name),
        session,
        verdicts: coding.conflicts.map((each) => each.verdict),
        totals: coding.rest.totals,
        accumulations: coding.rest.accumulations,
      };
    }, byTestId('session-item'));
    assert.equal(reply.look, 'refused');
    assert.equal(reply.rule, null);
    assert.deepEqual(reply.cases, []);
    assert.ok(reply.names.every((name) => name === null));
    assert.deepEqual([reply.session.case_name, reply.session.number, reply.session.of], [null, null, null]);
    assert.ok(reply.verdicts.length > 0 && reply.verdicts.every((verdict) => verdict === null));
    assert.deepEqual([reply.totals, reply.accumulations], [null, null]);
    assert.deepEqual(await window.faults(), []);
  }));
