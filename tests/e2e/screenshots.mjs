// Takes the pictures of docs/screenshots from the real window: every screen in light at 1440 × 900, the main ones in
// light and dark and at 1280 × 720, too. Names of screens as arguments take only these.
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { top, withWindow } from './harness.mjs';
import { argsOf, walk, WALKS } from './screens.mjs';

const LARGE = { width: 1440, height: 900 };
const SMALL = { width: 1280, height: 720 };
/** Where the one who codes in the pictures is at home: paths can be seen in some of them. */
const folder = join(tmpdir(), 'novak');

const wanted = process.argv.slice(2);
const isMain = (name) => ['coding', 'threshold', 'agreement', 'export', 'recording'].includes(name);
const ways = [
  { suffix: 'light-1440x900', dark: false, size: LARGE, of: () => true },
  { suffix: 'dark-1440x900', dark: true, size: LARGE, of: isMain },
  { suffix: 'light-1280x720', dark: false, size: SMALL, of: isMain },
  { suffix: 'dark-1280x720', dark: true, size: SMALL, of: isMain },
];

for (const { suffix, dark, size, of } of ways) {
  for (const screens of WALKS) {
    const names = screens.screens.map(({ name }) => name);
    if (!names.some((name) => of(name) && (wanted.length === 0 || wanted.includes(name)))) continue;
    rmSync(folder, { recursive: true, force: true });
    screens.prepare?.(folder);
    const args = argsOf(screens);
    await withWindow({ dark, folder, args }, async (window) => {
      await window.shown();
      await window.resize(size.width, size.height);
      await walk(window, screens, async (shown, name) => {
        if (!of(name) || (wanted.length > 0 && !wanted.includes(name))) return;
        // The pointer rests where it points at nothing.
        await shown.moveTo({ x: size.width - 2, y: 2 });
        console.log(await shown.picture(join(top, 'docs/screenshots', `${name}-${suffix}.png`)));
      });
    });
  }
}
