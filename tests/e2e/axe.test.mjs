// axe-core finds nothing on any screen, light and dark.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ownFolder, top, withWindow } from './harness.mjs';
import { argsOf, walk, WALKS } from './screens.mjs';

const axe = readFileSync(join(top, 'node_modules/axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe-core finds in the page as it stands, in words. */
async function findings(window) {
  if (!(await window.run(() => 'axe' in window))) await window.run(axe);
  return window.runAsync(async (runOnly) => {
    const { violations } = await window.axe.run(document, { runOnly });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, any }) => `${id}: ${help} (${target.join(' ')}: ${any[0]?.message ?? ''})`),
    );
  }, RULES);
}

const theme = (window, name) =>
  window.run((wanted) => {
    document.documentElement.dataset.theme = wanted;
  }, name);

/** A folder of its own, with what the screens begin on. */
function prepared({ prepare }) {
  const folder = ownFolder();
  prepare?.(folder);
  return folder;
}

for (const screens of WALKS) {
  test(`axe-core finds nothing: ${screens.screens.map(({ name }) => name).join(', ')}`, () =>
    withWindow({ args: argsOf(screens), folder: prepared(screens) }, async (window) => {
      await walk(window, screens, async (shown, name) => {
        for (const each of ['light', 'dark']) {
          await theme(shown, each);
          await shown.painted();
          assert.deepEqual(await findings(shown), [], `${name}, ${each}`);
        }
        await theme(shown, 'light');
      });
      assert.deepEqual(await window.faults(), []);
    }));
}
