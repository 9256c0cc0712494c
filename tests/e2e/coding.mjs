// What one does on the coding screen, in the words of the screen: open, tag, select words, look at the marks.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { top } from './harness.mjs';

/** A transcript of twenty turns with times, over two windows of five minutes. */
export const hurry = join(top, 'tests/e2e/fixtures/hurry.txt');

/** Writes a transcript of `turns` to `folder` and returns its path; each is `[role, words]`, `seconds` apart. */
export function writeTranscript(folder, name, turns, seconds = 4) {
  const stamp = (at) => new Date(at * 1000).toISOString().slice(11, 19);
  const lines = turns.map(([role, words], index) => `[${stamp(index * seconds)}] ${role}: ${words}`);
  const path = join(folder, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

export const byTestId = (id) => `[data-testid="${id}"]`;

/** Waits for the coding screen with a transcript. */
export async function codingShown(window) {
  await window.find(`${byTestId('transcript')} [data-turn]`, 20_000);
  await window.painted();
}

/** Takes the open import dialog as it is, but for the case, and imports. */
export async function importSession(window, caseName) {
  await window.find(byTestId('import-commit'), 20_000);
  const field = await window.find(`[aria-busy="false"] ${byTestId('import-case')}`, 20_000);
  // The driver looks for the field where it was before the dialog scrolls to it.
  await window.run(
    (css) => document.querySelector(css).scrollIntoView({ block: 'center' }),
    byTestId('import-case'),
  );
  await window.painted();
  await field.clear();
  await field.type(caseName);
  await window.click(byTestId('import-commit'));
  await gone(window, byTestId('import-dialog'));
}

/**
 * Opens the sample study with a transcript given as an argument, imports it as the lead, as `Trial · 1`, and opens it
 * as R. Novak.
 */
export async function importIntoSample(window) {
  await window.shown();
  await window.click(byTestId('import-as-lead'));
  await window.click(byTestId('person-lead'));
  await importSession(window, 'Trial');
  await become(window, 'R. Novak');
  await openSession(window, 'Trial · 1');
}

/** Changes who is at the screen. */
export async function become(window, name) {
  await window.click(byTestId('person'));
  await window.clickText(name, { css: `${byTestId('person-dialog')} strong` });
  await gone(window, byTestId('person-dialog'));
  const here = name === 'Lead' ? 'lead' : name;
  await window.waitFor(
    async () => (await textOf(window, byTestId('person')))?.includes(here),
    `${name} at the screen`,
  );
  await codingShown(window);
}

export const gone = (window, css, within) =>
  // Asked of the page: what goes while the driver takes hold of it is a fault to the driver.
  window.waitFor(
    () => window.run((selector) => document.querySelector(selector) === null, css),
    `the end of ${css}`,
    within,
  );

/** Opens a session by its label in the list, such as `Ada · 4`. */
export async function openSession(window, label) {
  await window.clickText(label, { css: `${byTestId('session-item')} .name` });
  await window.waitFor(
    () =>
      window.run(
        (css, wanted) => document.querySelector(`${css}[aria-current] .name`)?.textContent === wanted,
        byTestId('session-item'),
        label,
      ),
    `the session ${label}`,
  );
  await codingShown(window);
}

/** Runs an action by the command palette. */
export async function command(window, words, id) {
  await window.keys('Control+k');
  await window.find(byTestId('palette'));
  await window.typeText(words);
  await window.waitFor(
    () =>
      window.run(
        (css) => document.querySelector(`${css}[data-selected]`) !== null,
        byTestId(`palette-${id}`),
      ),
    `the command ${id} first in the palette`,
  );
  await window.keys('Enter');
  await gone(window, byTestId('palette'));
}

/** The markers in the margin, in the order of the page. */
export const chips = (window) =>
  window.run(
    (css) =>
      [...document.querySelectorAll(css)].map((chip) => ({
        id: chip.dataset.markerId,
        family: chip.dataset.family,
        class: chip.dataset.class ?? null,
        text: chip.textContent.replace(/\s+/g, ' ').trim(),
        name: chip.getAttribute('aria-label'),
        turn: Number(chip.closest('[data-turn]')?.dataset.turn ?? -1),
        selected: chip.getAttribute('aria-pressed') === 'true',
      })),
    byTestId('chip'),
  );

/** What lies on the lanes of the timeline, from left to right. */
export const lanes = (window) =>
  window.run(
    (css) =>
      [...document.querySelectorAll(css)].map((item) => ({
        id: item.dataset.id,
        lane: item.dataset.lane,
        name: item.getAttribute('aria-label'),
      })),
    byTestId('lane-item'),
  );

/** Waits until `look(window)` gives something deeply like `wanted` and says what it was instead. */
export async function settles(window, look, wanted, what, within) {
  let last;
  const same = async () => {
    last = await look(window);
    return isDeepStrictEqual(last, wanted);
  };
  try {
    await window.waitFor(same, what ?? 'the state', within);
  } catch (error) {
    error.message += `\nwanted ${JSON.stringify(wanted)}\nfound  ${JSON.stringify(last)}`;
    throw error;
  }
}

/** Text of the element, flat; null when it is not there. */
export const textOf = (window, css) =>
  window.run(
    (selector) => document.querySelector(selector)?.textContent.replace(/\s+/g, ' ').trim() ?? null,
    css,
  );

/** Whether an element lies wholly inside the part of the transcript that can be seen. */
export const inView = (window, css) =>
  window.run(
    (selector, scroller) => {
      const box = document.querySelector(selector)?.getBoundingClientRect();
      const view = document.querySelector(scroller).getBoundingClientRect();
      return box !== undefined && box.top >= view.top - 1 && box.bottom <= view.bottom + 1;
    },
    css,
    byTestId('transcript'),
  );

/** Where a character of a turn is on the screen: the middle of its height, its left edge (or right, at the end). */
export const pointAt = (window, turn, unit) =>
  window.run(
    (index, offset) => {
      const said = document.querySelector(`[data-said="${index}"]`);
      const text = said.firstChild;
      const range = document.createRange();
      const last = offset >= text.length;
      range.setStart(text, last ? text.length - 1 : offset);
      range.setEnd(text, last ? text.length : offset + 1);
      const boxes = range.getClientRects();
      const box = last ? boxes[boxes.length - 1] : boxes[0];
      return { x: last ? box.right - 1 : box.left + 1, y: box.top + box.height / 2 };
    },
    turn,
    unit,
  );

/** Selects words with the mouse: from the start of `from` in a turn to the end of `to` in the same or a later one. */
export async function selectWords(window, [fromTurn, from], [toTurn, to]) {
  await bringIntoView(window, fromTurn, toTurn);
  const unit = (turn, words, atEnd) =>
    window.run(
      (index, wanted, end) => {
        const at = document.querySelector(`[data-said="${index}"]`).textContent.indexOf(wanted);
        if (at < 0) throw new Error(`turn ${index} does not say "${wanted}"`);
        return end ? at + wanted.length : at;
      },
      turn,
      words,
      atEnd,
    );
  const start = await pointAt(window, fromTurn, await unit(fromTurn, from, false));
  const end = await pointAt(window, toTurn, await unit(toTurn, to, true));
  await window.drag(start, end);
  await window.painted();
}

/** Scrolls so that both turns can be seen. */
export async function bringIntoView(window, ...turns) {
  for (let again = 0; again < 2; again += 1) {
    await window.run((wanted) => {
      for (const turn of wanted)
        document.querySelector(`[data-turn="${turn}"]`).scrollIntoView({ block: 'nearest' });
    }, turns);
    await window.painted();
  }
}

/** Puts the cursor on a turn, by a click on its words. */
export async function cursorOn(window, turn) {
  await bringIntoView(window, turn);
  await window.clickAt(await pointAt(window, turn, 0));
  await window.find(`[data-turn="${turn}"][aria-current]`);
}

/** Where the clock stands, ms. */
export const clockMs = (window) =>
  window.run((css) => Number(document.querySelector(css).dataset.ms), byTestId('clock'));

/** Waits until nothing is on its way to the file. */
export const confirmed = (window) =>
  window.waitFor(
    async () => (await window.all(byTestId('pending-mark'))).length === 0,
    'everything confirmed',
  );

/** The open coding as the study's file has it, asked through the window's one door. */
export async function coding(window) {
  await confirmed(window);
  const view = await window.runAsync(async (css) => {
    const sessionId = document.querySelector(`${css}[aria-current]`).dataset.sessionId;
    return window.__TAURI_INTERNALS__.invoke('call', {
      name: 'session_open',
      payload: { session_id: sessionId },
    });
  }, byTestId('session-item'));
  return view.coding;
}

/** What the marker at `at` (by onset) says, with its conflict. */
export async function judged(window, at = 0) {
  const { markers, conflicts } = await coding(window);
  const marker = [...markers].sort((a, b) => a.start_ms - b.start_ms)[at];
  return { marker, conflict: conflicts.find(({ id }) => id === marker?.conflict_id) ?? null };
}

/** What a turn says. */
export const saidIn = (window, turn) =>
  window.run((index) => document.querySelector(`[data-said="${index}"]`).textContent, turn);
