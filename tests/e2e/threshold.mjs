// What one does on the Threshold screen, in the words of the screen.
import { become, byTestId, gone, settles, textOf } from './coding.mjs';

/** Goes there as the lead. */
export async function thresholdOpened(window) {
  await become(window, 'Lead');
  await window.click(byTestId('screen-threshold'));
  await thresholdShown(window);
  await agreementDrawn(window);
}

export async function thresholdShown(window) {
  await window.find(byTestId('live'), 60_000);
  await window.painted();
}

/** Waits for agreement at every cut, which is computed while one works on. */
export const agreementDrawn = (window) => window.find(`${byTestId('cut-agreement')} svg`, 60_000);

/** Chooses what stands below the figures. */
export const below = (what) => async (window) => {
  await window.click(`[role="group"][aria-label="Below"] [data-value="${what}"]`);
  await window.find(byTestId(what));
  await window.painted();
};

/** Ruptures, strains, unscored, as the screen counts them. */
export async function totals(window) {
  const read = async (id) => Number(await textOf(window, byTestId(id)));
  return [await read('total-ruptures'), await read('total-strains'), await read('total-unscored')];
}

/** Where the line stands, and how wide one score is, in CSS pixels. */
export const line = (window) =>
  window.run(
    (handle, bars) => {
      const box = document.querySelector(handle).getBoundingClientRect();
      const plot = document.querySelector(`${bars} svg`).getBoundingClientRect();
      return { x: box.left + box.width / 2, y: plot.top + plot.height / 3, score: (plot.width - 4) / 5 };
    },
    byTestId('cut-line'),
    byTestId('histogram'),
  );

/** Drags the line by so many whole scores. */
export async function dragLine(window, scores) {
  const { x, y, score } = await line(window);
  await window.drag({ x, y }, { x: x + score * scores, y });
}

/** Drags the line one score up, so that something has changed sides. */
export async function thresholdDragged(window) {
  await dragLine(window, 1);
  await settles(window, (at) => textOf(at, `${byTestId('moved')} strong`), '4', 'the line at 4');
  await window.find(`${byTestId('threshold-conflict')}[data-now="strain"]`);
}

/** Types a number into a field and leaves it. */
export async function setNumber(window, id, value) {
  await window.run((css) => {
    const input = document.querySelector(css);
    input.focus();
    input.select();
  }, byTestId(id));
  await window.typeText(String(value));
  await window.keys('Enter');
}

/** Saves what was changed of the rule. */
export async function saveRule(window) {
  await window.click(byTestId('rule-save'));
  await gone(window, byTestId('rule-save'));
}
