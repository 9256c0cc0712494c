// The keyboard map: every action has a key or says that it has none, stands in the menu and in the palette; text
// fields keep their letters; `?` lists what works right here.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byTestId, chips, clockMs, codingShown, cursorOn, gone } from './coding.mjs';
import { withWindow } from './harness.mjs';

/** The keys of the coding screen that the manual promises, with what they do. */
const PROMISED = {
  Space: 'player.toggle',
  ArrowLeft: 'player.back',
  ArrowRight: 'player.forward',
  'Shift+ArrowLeft': 'player.backLong',
  'Shift+ArrowRight': 'player.forwardLong',
  ',': 'player.slower',
  '.': 'player.faster',
  L: 'player.loop',
  ArrowUp: 'turn.previous',
  ArrowDown: 'turn.next',
  'Shift+ArrowUp': 'turn.extendPrevious',
  'Shift+ArrowDown': 'turn.extendNext',
  Enter: 'caret.enter',
  I: 'segment.in',
  O: 'segment.out',
  G: 'judging.join',
  F: 'judging.factors',
  P: 'judging.actor',
  A: 'judging.relationship',
  E: 'judging.elements',
  S: 'judging.settled',
  D: 'judging.depth',
  U: 'judging.addressed',
  K: 'judging.clarity',
  B: 'judging.discuss',
  N: 'judging.note',
  M: 'judging.recode',
  '[': 'bounds.startEarlier',
  ']': 'bounds.endLater',
  Tab: 'marker.next',
  Delete: 'marker.delete',
  'Ctrl+Z': 'edit.undo',
  'Ctrl+Shift+Z': 'edit.redo',
  '/': 'app.search',
  '?': 'app.keys',
};
/** Works everywhere; a second key of an action that is in the menu, or what opens menu and palette. */
const KEY_ONLY = ['player.toggleAnywhere', 'segment.clear', 'app.palette', 'app.menu'];
/** Of the lead's screens alone; agreement.test.mjs and threshold.test.mjs look for them there. */
const ofLead = (id) => ['agreement.', 'settling.', 'threshold.'].some((screen) => id.startsWith(screen));

const SHOWN = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', Delete: 'Del' };

const testIds = (window, css, prefix) =>
  window.run(
    (selector, begins) =>
      [...document.querySelectorAll(selector)].map((each) => each.dataset.testid.slice(begins.length)),
    css,
    prefix,
  );

test('every action has a key, a menu entry and a palette entry, and the promised keys are the real ones', () =>
  withWindow({}, async (window) => {
    await window.shown();
    await codingShown(window);
    // With a marker selected, whatever acts on one can be done.
    await window.click(byTestId('chip'));

    // The table, from the preferences.
    await window.keys('Control+,');
    await window.find(byTestId('preferences'));
    const table = await window.run(() =>
      Object.fromEntries(
        [...document.querySelectorAll('button[data-testid^="key-"]')].map((button) => [
          button.dataset.testid.slice('key-'.length),
          [...button.querySelectorAll('kbd')].map((cap) => cap.textContent).join('+'),
        ]),
      ),
    );
    for (const [chord, id] of Object.entries(PROMISED)) {
      const caps = chord.split('+').map((part) => SHOWN[part] ?? part);
      assert.equal(table[id], caps.join('+'), `the key of ${id}`);
    }
    await window.keys('Escape');
    await gone(window, byTestId('preferences'));

    const ids = Object.keys(table).filter((id) => !KEY_ONLY.includes(id) && !ofLead(id));
    assert.ok(ids.length > 50);

    // The menu, every group opened by keyboard.
    await window.keys('F10');
    const groups = await window.waitFor(
      async () =>
        (await window.run(() => document.querySelectorAll('.menu > [role="menuitem"]').length)) || null,
      'the menu',
    );
    await window.waitFor(
      () => window.run(() => document.activeElement?.closest('.menu') !== null),
      'the focus in the menu',
    );
    const inMenu = [];
    for (let at = 0; at < groups; at += 1) {
      if (at > 0) await window.keys('ArrowDown');
      await window.waitFor(
        () =>
          window.run(
            (index) => document.querySelectorAll('.menu > [role="menuitem"]')[index].matches(':focus'),
            at,
          ),
        'the next group of the menu',
      );
      await window.keys('ArrowRight');
      await window.waitFor(
        () => window.run(() => document.querySelector('[data-testid^="menu-"]') !== null),
        'the group of the menu',
      );
      inMenu.push(...(await testIds(window, '[data-testid^="menu-"]', 'menu-')));
      await window.keys('ArrowLeft');
      await window.waitFor(
        () => window.run(() => document.querySelector('[data-testid^="menu-"]') === null),
        'the group closed',
      );
    }
    assert.deepEqual(
      ids.filter((id) => !inMenu.includes(id)),
      [],
      'missing in the menu',
    );
    await window.keys('Escape');

    // The palette offers what can be done now: what it lacks is exactly what the menu shows as not possible now.
    await window.keys('Control+k');
    await window.find(byTestId('palette'));
    const inPalette = await testIds(window, '[data-testid^="palette-"]', 'palette-');
    const possible = (id) => inPalette.includes(id);
    const never = ids.filter((id) => !possible(id));
    assert.ok(
      never.every((id) =>
        [
          'coding.reopen',
          'look.return',
          'study.showClasses',
          'coding.import',
          'recording.link',
          'recording.edit',
          'recording.tap',
          'judging.depth',
          'judging.part',
          'edit.redo',
          'screen.coding',
          'screen.agreement',
          'screen.threshold',
        ].includes(id),
      ),
      `not in the palette: ${never.join(', ')}`,
    );
    assert.ok(
      inPalette.some((id) => id.startsWith('tag withdrawal/')),
      'codes can be tagged from the palette',
    );
    assert.deepEqual(await window.faults(), []);
  }));

test('letters belong to text fields, Ctrl+Space plays from everywhere', () =>
  withWindow({}, async (window) => {
    await window.shown();
    await codingShown(window);
    const before = await chips(window);
    await window.keys('/');
    await window.waitFor(
      () => window.run(() => document.activeElement?.getAttribute('type') === 'search'),
      'the search field',
    );
    await window.typeText('wd3 g');
    assert.equal(await window.run(() => document.activeElement.value), 'wd3 g');
    assert.deepEqual(await chips(window), before);
    const from = await clockMs(window);
    await window.keys('Control+Space');
    await window.waitFor(async () => (await clockMs(window)) > from + 200, 'the clock to run');
    await window.keys('Control+Space');
    await window.find(`${byTestId('play')}[aria-label="Play"]`);
    assert.equal(await window.run(() => document.activeElement.value), 'wd3 g');

    // A button that was reached by keyboard keeps Space: F6 to the part of the window, Tab to the button.
    await window.keys('Escape', 'Escape');
    await window.waitFor(async () => {
      await window.keys('F6');
      return window.run(() => document.activeElement?.getAttribute('aria-label') === 'Time');
    }, 'the focus in the part that plays');
    await window.keys('Tab', 'Tab', 'Tab');
    assert.equal(await window.run(() => document.activeElement.dataset.testid), 'forward');
    const at = await clockMs(window);
    await window.keys('Space');
    await window.waitFor(async () => (await clockMs(window)) === at + 2_000, 'two seconds forward');
    assert.deepEqual(await window.faults(), []);
  }));

test('? lists the keys that work right here', () =>
  withWindow({}, async (window) => {
    await window.shown();
    await codingShown(window);
    await cursorOn(window, 2);
    await window.keys('?');
    await window.find(byTestId('keys-help'));
    const listed = await window.run((css) => {
      const help = document.querySelector(css);
      const labels = (root) => [...root.querySelectorAll('dd')].map((each) => each.textContent);
      const later = help.querySelector('.quieter');
      const all = labels(help);
      const notNow = later === null ? [] : labels(later);
      return { now: all.filter((label) => !notNow.includes(label)), notNow };
    }, byTestId('keys-help'));
    for (const label of ['Play or pause', 'Select words in the turn', 'Next marker']) {
      assert.ok(listed.now.includes(label), `${label} works here`);
    }
    assert.ok(!listed.now.includes('Return to the study’s rule'));
    await window.keys('Escape');
    await gone(window, byTestId('keys-help'));
    assert.deepEqual(await window.faults(), []);
  }));
