// What one does on the Agreement screen, in the words of the screen.
import { byTestId, gone, textOf } from './coding.mjs';

/** Waits for the screen with its numbers. */
export async function agreementShown(window) {
  await window.find(byTestId('coefficients'), 60_000);
  await computed(window);
}

/** Waits until nothing is being computed. */
export async function computed(window) {
  await gone(window, byTestId('computing'), 60_000);
  await window.painted();
}

const chooseIn = (chip, prefix) => async (window, key) => {
  await window.click(byTestId(chip));
  await window.find(byTestId(`${chip}-choice`));
  await window.painted();
  await window.click(byTestId(`${prefix}${key}`));
  await window.keys('Escape');
  await gone(window, byTestId(`${chip}-choice`));
  await computed(window);
};

export const chooseUnit = chooseIn('choose-unit', 'option-');
export const chooseValue = chooseIn('choose-value', 'option-');

/** `6 IN STRAIN × RUPTURE · 2 OF 41 SETTLED`, taken apart. */
export async function settleTitle(window) {
  const text = (await textOf(window, byTestId('settle-title'))) ?? '';
  const [, settled, items] = /(\d+) of (\d+) settled/i.exec(text) ?? [];
  return { text, settled: Number(settled ?? 0), items: Number(items ?? 0) };
}
