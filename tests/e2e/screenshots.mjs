// Takes the pictures of docs/screenshots, light and dark.
import { join } from 'node:path';
import { top, withWindow } from './harness.mjs';

for (const dark of [false, true]) {
  await withWindow({ dark }, async (window) => {
    await window.shown();
    console.log(await window.picture(join(top, 'docs/screenshots', `start-${dark ? 'dark' : 'light'}.png`)));
  });
}
