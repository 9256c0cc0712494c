// Text of 150 and 200 percent in windows of two sizes: nothing leaves the window, covers another control or is cut,
// and playing is always in view.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byTestId, codingShown, gone } from './coding.mjs';
import { withWindow } from './harness.mjs';
import { compareClasses, settleThree } from './screens.mjs';

const SIZES = [
  [1280, 720],
  [1440, 900],
];
const SCALES = [150, 200];
const USUAL = 100;
const STEP = 10;

/** What is wrong with the layout as it stands, in words. Runs in the page. */
function faultsOfLayout() {
  const faults = [];
  const nameOf = (node) =>
    node.dataset.testid ??
    node.getAttribute('aria-label') ??
    node.textContent.trim().slice(0, 30) ??
    node.tagName;
  const isShown = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const scrolls = (node) => {
    for (let up = node.parentElement; up !== null && up !== document.body; up = up.parentElement) {
      const { overflowY, overflowX } = getComputedStyle(up);
      if ([overflowY, overflowX].some((each) => each === 'auto' || each === 'scroll')) return true;
    }
    return false;
  };
  const inside = ({ left, top, right, bottom }) =>
    left >= -1 && top >= -1 && right <= innerWidth + 1 && bottom <= innerHeight + 1;

  const controls = [...document.querySelectorAll('button, input, select, textarea, [role="slider"]')].filter(
    (node) => isShown(node) && node.closest('.plot') === null,
  );
  for (const control of controls) {
    if (!scrolls(control) && !inside(control.getBoundingClientRect()))
      faults.push(`${nameOf(control)} leaves the window`);
  }
  for (const css of ['header.top', '.transport', '.finish', '.sheet > .foot', '.look']) {
    for (const group of document.querySelectorAll(css)) {
      const parts = [...group.querySelectorAll('button, input, output, h1, p')].filter(isShown);
      parts.forEach((one, at) => {
        for (const other of parts.slice(at + 1)) {
          if (one.contains(other) || other.contains(one)) continue;
          const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
          const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
          const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
          if (wide > 1 && high > 1) faults.push(`${nameOf(one)} and ${nameOf(other)} cover each other`);
        }
      });
    }
  }
  for (const node of document.querySelectorAll(
    '.grid, .page, .sheet, .sheet .contents, .transport, header.top, aside, nav',
  )) {
    if (isShown(node) && node.scrollWidth > node.clientWidth + 1)
      faults.push(`${node.className || node.tagName} is too wide`);
  }
  for (const node of document.querySelectorAll('.grid, .transport, .bottom')) {
    if (isShown(node) && node.scrollHeight > node.clientHeight + 1)
      faults.push(`${node.className} is too high`);
  }
  for (const node of document.querySelectorAll('button, label, p, h1, h2, h3, dt, dd, output, legend')) {
    const style = getComputedStyle(node);
    const hidden = style.overflowX === 'hidden' || style.overflowX === 'clip';
    const unseen = node.clientWidth <= 1 || node.matches('.unseen-label');
    if (!isShown(node) || !hidden || unseen || style.textOverflow === 'ellipsis') continue;
    if (node.scrollWidth > node.clientWidth + 1) faults.push(`${nameOf(node)} is cut`);
  }
  const play = document.querySelector('[data-testid="play"]');
  if (play !== null && !inside(play.getBoundingClientRect())) faults.push('playing is out of view');
  return [...new Set(faults)];
}

const dialog = (chord, id) => ({
  name: id,
  open: async (window) => {
    await window.keys(chord);
    await window.find(byTestId(id));
  },
  close: async (window) => {
    await window.keys('Escape');
    await gone(window, byTestId(id));
  },
});

const drawer = (label) => {
  const toggle = `button[aria-expanded]${label}`;
  const press = async (window) => {
    const shown = await window.run((css) => document.querySelector(css)?.checkVisibility() === true, toggle);
    if (shown) await window.click(toggle);
  };
  return { name: label, open: press, close: press };
};

const SCREENS = [
  { name: 'coding', open: async () => undefined, close: async () => undefined },
  {
    name: 'a look at another cut',
    open: async (window) => {
      await window.run((css) => document.querySelector(css).focus(), byTestId('cut-slider'));
      await window.keys('ArrowRight');
      await window.find(byTestId('look'));
    },
    close: (window) => window.click(byTestId('look-return')),
  },
  drawer('[aria-label="Sessions"]'),
  drawer('[data-testid="judging-toggle"]'),
  {
    name: 'person-dialog',
    open: async (window) => {
      await window.click(byTestId('person'));
      await window.find(byTestId('person-dialog'));
    },
    close: async (window) => {
      await window.keys('Escape');
      await gone(window, byTestId('person-dialog'));
    },
  },
  dialog('Control+,', 'preferences'),
  dialog('Control+r', 'ratings-dialog'),
  dialog('Control+Enter', 'submit-dialog'),
  dialog('Shift+w', 'window-sheet'),
  dialog('?', 'keys-help'),
  dialog('Control+k', 'palette'),
];

const popover = (chip) => ({
  name: chip,
  open: async (window) => {
    await window.click(byTestId(chip));
    await window.find(byTestId(`${chip}-choice`));
  },
  close: async (window) => {
    await window.keys('Escape');
    await gone(window, byTestId(`${chip}-choice`));
  },
});

const AGREEMENT = [
  popover('choose-sessions'),
  popover('choose-value'),
  popover('left-out'),
  dialog('e', 'edit-dialog'),
  dialog('r', 'ruling-dialog'),
];

/** Makes the text so large, step by step. */
async function enlarge(window, from, to) {
  for (let scale = from; scale < to; scale += STEP) await window.keys('Control++');
  await window.waitFor(
    () => window.run((percent) => document.documentElement.style.fontSize === percent, `${to}%`),
    `text of ${to} %`,
  );
}

for (const [width, height] of SIZES) {
  test(`nothing is cut, covered or out of the window at ${width} × ${height}, however large the text`, () =>
    withWindow({}, async (window) => {
      await window.shown();
      await codingShown(window);
      await window.resize(width, height);
      for (const [at, wanted] of SCALES.entries()) {
        await enlarge(window, SCALES[at - 1] ?? USUAL, wanted);
        for (const { name, open, close } of SCREENS) {
          await open(window);
          await window.painted();
          assert.deepEqual(await window.run(faultsOfLayout), [], `${name} at ${wanted} %`);
          await close(window);
        }
      }
      assert.deepEqual(await window.faults(), []);
    }));

  test(`the Agreement screen at ${width} × ${height}, however large the text`, () =>
    withWindow({}, async (window) => {
      await window.shown();
      await codingShown(window);
      await window.resize(width, height);
      await compareClasses(window);
      await settleThree(window);
      for (const [at, wanted] of [USUAL, ...SCALES].entries()) {
        await enlarge(window, [USUAL, ...SCALES][at - 1] ?? USUAL, wanted);
        await window.painted();
        assert.deepEqual(await window.run(faultsOfLayout), [], `numbers and disagreements at ${wanted} %`);
        for (const { name, open, close } of AGREEMENT) {
          await open(window);
          await window.painted();
          assert.deepEqual(await window.run(faultsOfLayout), [], `${name} at ${wanted} %`);
          await close(window);
        }
      }
      assert.deepEqual(await window.faults(), []);
    }));
}
