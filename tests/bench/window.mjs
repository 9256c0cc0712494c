// Opens a program through the WebDriver as a measurement needs it: with the moment of its start, and with what the page
// has to tell. Start and memory are those of software rendering without shared buffers, the same for all windows.
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SunderWindow } from '../e2e/harness.mjs';
import { Driver } from '../e2e/webdriver.mjs';

export const folderFor = (name) => mkdtempSync(join(tmpdir(), `sunder-bench-${name}-`));

/** Opens `binary` on the folders of `folder`. */
export async function open(binary, folder) {
  mkdirSync(folder, { recursive: true });
  const started = join(folder, 'started');
  const driver = await Driver.start({
    // The shell writes down the moment and becomes the program.
    binary: '/bin/sh',
    args: ['-c', 'date +%s%3N > "$0"; exec "$@"', started, binary],
    env: {
      HOME: folder,
      XDG_DATA_HOME: join(folder, 'data'),
      XDG_CONFIG_HOME: join(folder, 'config'),
      XDG_CACHE_HOME: join(folder, 'cache'),
      GTK_THEME: 'Adwaita',
      WEBKIT_DISABLE_DMABUF_RENDERER: '1',
    },
  });
  const window = new SunderWindow(driver, { folder });
  return { window, startedMs: () => Number(readFileSync(started, 'utf8')) };
}

/** When the first turns (or the empty window's one line) were painted, ms since the page's clock began at 1970. */
export const paintedAtMs = (window) =>
  window.waitFor(
    () =>
      window.run(() => {
        const [mark] = performance.getEntriesByName('turns-painted');
        return mark === undefined ? null : performance.timeOrigin + mark.startTime;
      }),
    'the first turns',
    30_000,
  );

/**
 * Lets the page tell when each call was sent and answered: `window.calls` holds `{name, sent, answered}` in ms of the
 * page's clock.
 */
export const watchCalls = (window) =>
  window.run(() => {
    window.calls = [];
    const plain = window.fetch;
    window.fetch = async (address, options) => {
      const call = { name: null, sent: performance.now(), answered: null };
      try {
        const bytes =
          options?.body instanceof Uint8Array ? new TextDecoder().decode(options.body) : options?.body;
        call.name = JSON.parse(bytes).name ?? null;
      } catch {
        // Not one of ours.
      }
      window.calls.push(call);
      const response = await plain(address, options);
      const read = response.json.bind(response);
      response.json = async () => {
        const value = await read();
        call.answered = performance.now();
        return value;
      };
      return response;
    };
  });
