// Drives the real window. `launch()` opens Sunder with folders of its own; `relaunch()` opens it again on the
// same folders, as the next morning would. Every wait has an end and says what it waited for.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Driver, isRunning } from './webdriver.mjs';

export const top = fileURLToPath(new URL('../../', import.meta.url));

const target = process.env.SUNDER_TARGET ?? process.env.CARGO_TARGET_DIR ?? join(top, 'target');
const profile = process.env.SUNDER_PROFILE ?? 'debug';

/** The path of a built program: `sunder-desktop` or `sunder`. */
export const program = (name) => join(target, profile, name);

/** Keys that are not letters, by the names the KeyboardEvent has for them. */
const KEYS = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Ctrl: '\uE009',
  Alt: '\uE00A',
  Escape: '\uE00C',
  Space: ' ',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Insert: '\uE016',
  Delete: '\uE017',
  F1: '\uE031',
  F2: '\uE032',
  F5: '\uE035',
  F6: '\uE036',
  F10: '\uE03A',
  Meta: '\uE03D',
};

/** A folder for one test, removed by `window.forget()`. */
export const ownFolder = () => mkdtempSync(join(tmpdir(), 'sunder-e2e-'));

/**
 * Opens the window.
 * `args`: paths given to the program. `folder`: where its data, settings and cache go (default: a fresh one).
 * `dark`: the system asks for dark. `env`: more environment. `connections`: a file that will hold every
 * connect() of the program and of the web engine's processes, as strace writes it.
 */
export async function launch({ args = [], folder = ownFolder(), dark = false, env = {}, connections } = {}) {
  const options = { args, folder, dark, env, connections };
  const traced = ['-f', '-e', 'trace=connect', '-o', connections, program('sunder-desktop'), ...args];
  const driver = await Driver.start({
    binary: connections ? 'strace' : program('sunder-desktop'),
    args: connections ? traced : args,
    env: {
      // The sample study and new ones go below the user's own folder: the test's, not this user's.
      HOME: folder,
      XDG_DATA_HOME: join(folder, 'data'),
      XDG_CONFIG_HOME: join(folder, 'config'),
      XDG_CACHE_HOME: join(folder, 'cache'),
      GTK_THEME: dark ? 'Adwaita:dark' : 'Adwaita',
      ...env,
    },
  });
  const window = new SunderWindow(driver, options);
  await window.watchConsole();
  return window;
}

/** Runs `act` with a window, and ends it whatever happens. A wait that fails leaves a picture in tests/e2e/output. */
export async function withWindow(options, act) {
  const window = await launch(options);
  try {
    await act(window);
  } finally {
    await window.quit();
    window.forget();
  }
}

export class SunderWindow {
  #driver;
  #options;

  constructor(driver, options) {
    this.#driver = driver;
    this.#options = options;
  }

  /** Where this window keeps its data, settings and cache. */
  get folder() {
    return this.#options.folder;
  }

  /** Runs the body of a function in the page; `return` gives the value. Elements go in and out. */
  run(script, ...args) {
    const [code, given] = asScript(script, args);
    return this.#driver.command('POST', '/execute/sync', { script: code, args: given });
  }

  /** The same for a function that returns a promise. */
  runAsync(script, ...args) {
    const [code, given] = asScript(script, args);
    const wrapped = `const done = arguments[arguments.length - 1];
      (async (...args) => (function () { ${code} }).apply(null, args))(...[...arguments].slice(0, -1)).then(done, (error) => done('FAULT ' + error));`;
    return this.#driver.command('POST', '/execute/async', { script: wrapped, args: given });
  }

  /** All elements that match a CSS selector, at once. */
  all(css) {
    return this.#driver.command('POST', '/elements', { using: 'css selector', value: css });
  }

  /** The first element that matches, waited for. */
  find(css, within) {
    return this.waitFor(async () => (await this.all(css))[0], `an element ${css}`, within);
  }

  /** The innermost visible element whose text is (or, with `part`, contains) `text`, waited for. */
  findText(text, { css = '*', part = false, within } = {}) {
    const look = () =>
      this.run(
        (wanted, selector, partly) => {
          const flat = (node) => (node.innerText ?? '').replace(/\s+/g, ' ').trim();
          const fits = (node) => (partly ? flat(node).includes(wanted) : flat(node) === wanted);
          const found = [...document.body.querySelectorAll(selector)].filter(
            (node) => node.checkVisibility() && fits(node),
          );
          return found.find((node) => !found.some((other) => other !== node && node.contains(other))) ?? null;
        },
        text,
        css,
        part,
      );
    return this.waitFor(look, `the text "${text}"`, within);
  }

  /** Clicks what a CSS selector finds, or an element. */
  async click(what) {
    const element = typeof what === 'string' ? await this.find(what) : what;
    await this.#atRest(element);
    await element.click();
    return element;
  }

  /** In view, standing still and enabled: what is clicked while the page around it moves is missed. */
  #atRest(element) {
    return this.runAsync(async (target) => {
      target.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      const place = () => {
        const { top, left } = target.getBoundingClientRect();
        return `${top} ${left}`;
      };
      let before = '';
      for (let look = 0; look < 60 && (place() !== before || target.matches(':disabled')); look += 1) {
        before = place();
        await new Promise((next) => setTimeout(next, 32));
      }
    }, element);
  }

  async clickText(text, options) {
    return this.click(await this.findText(text, options));
  }

  /**
   * Presses real keys, one after the other, each down and up: `keys('w', 'm', '3')`. A chord is joined by plus
   * signs: `keys('Control+Shift+z')`. Names are those of KeyboardEvent.key, and `Space`.
   */
  async keys(...presses) {
    const actions = presses.flatMap((press) => {
      const chord = chordOf(press).map((key) => KEYS[key] ?? key);
      const down = chord.map((value) => ({ type: 'keyDown', value }));
      const up = [...chord].reverse().map((value) => ({ type: 'keyUp', value }));
      return [...down, ...up];
    });
    await this.#actions({ type: 'key', id: 'keyboard', actions });
  }

  /** Types letters one by one, doubled ones included, into whatever has the focus. */
  typeText(text) {
    return this.keys(...[...text].map((letter) => (letter === ' ' ? 'Space' : letter)));
  }

  /** Drags the mouse from one point of the window to another: `{x, y}` in CSS pixels. */
  drag(from, to, { steps = 8 } = {}) {
    const between = Array.from({ length: steps }, (_, index) => {
      const part = (index + 1) / steps;
      return move({ x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }, 16);
    });
    const actions = [
      move(from, 0),
      { type: 'pointerDown', button: 0 },
      ...between,
      { type: 'pointerUp', button: 0 },
    ];
    return this.#actions({ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions });
  }

  /** Clicks at a point; `count` 2 is a double click. */
  clickAt(point, { count = 1, button = 0 } = {}) {
    const press = [
      { type: 'pointerDown', button },
      { type: 'pointerUp', button },
    ];
    const actions = [move(point, 0), ...Array.from({ length: count }, () => press).flat()];
    return this.#actions({ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions });
  }

  /** Moves the pointer to a point. */
  moveTo(point) {
    return this.#actions({
      type: 'pointer',
      id: 'mouse',
      parameters: { pointerType: 'mouse' },
      actions: [move(point, 0)],
    });
  }

  /** Turns the mouse wheel over a point: `by` CSS pixels, down when positive. */
  wheel({ x, y }, by) {
    const scroll = {
      type: 'scroll',
      origin: 'viewport',
      x: Math.round(x),
      y: Math.round(y),
      deltaX: 0,
      deltaY: by,
      duration: 0,
    };
    return this.#actions({ type: 'wheel', id: 'wheel', actions: [scroll] });
  }

  /** Waits until `look` gives something true and returns it. */
  async waitFor(look, what = 'a condition', within = 8000) {
    const end = Date.now() + within;
    for (;;) {
      const found = await look();
      if (found) return found;
      if (Date.now() > end) {
        const picture = await this.picture('failure').catch(() => 'none');
        throw new Error(`${what} did not appear within ${within} ms (picture: ${picture})`);
      }
      await pause(30);
    }
  }

  /** Waits until what was changed is painted: three frames and 50 ms. */
  async painted() {
    await this.runAsync(async () => {
      for (let frame = 0; frame < 3; frame += 1) await new Promise((next) => requestAnimationFrame(next));
      await new Promise((next) => setTimeout(next, 50));
    });
  }

  /** The window as PNG bytes. */
  async screenshot() {
    await this.painted();
    return Buffer.from(await this.#driver.command('GET', '/screenshot'), 'base64');
  }

  /** Writes a screenshot to tests/e2e/output/NAME.png, or to an absolute path, and returns the path. */
  async picture(name) {
    const path = name.startsWith('/')
      ? name
      : join(top, 'tests/e2e/output', `${name}-${process.pid}-${(pictures += 1)}.png`);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, await this.screenshot());
    return path;
  }

  /** Sets the size of the page's window. */
  resize(width, height) {
    return this.#driver.command('POST', '/window/rect', { width, height });
  }

  /** Waits until the window shows its first screen. */
  async shown(within = 20_000) {
    const look = () =>
      this.run(() => document.title.includes('Sunder') && document.body.innerText.trim() !== '');
    await this.waitFor(look, 'the first screen', within);
    await this.painted();
  }

  /** What went wrong inside the window so far: uncaught errors, refusals of the policy, console errors. */
  faults() {
    return this.run(() => [
      ...[...document.querySelectorAll('[data-fault]')].map((node) => node.textContent),
      ...(window.consoleErrors ?? []),
    ]);
  }

  async watchConsole() {
    await this.run(() => {
      window.consoleErrors = [];
      for (const level of ['error', 'warn']) {
        const before = console[level];
        console[level] = (...words) => {
          window.consoleErrors.push(`console.${level}: ${words.map(String).join(' ')}`);
          before.apply(console, words);
        };
      }
    });
  }

  /** Ends the program at once, whatever it is doing, and waits until it is gone. */
  quit() {
    return this.#driver.end();
  }

  /** Closes the window as its close button does: it may first wait for what is not confirmed. */
  async close() {
    const programs = this.programs();
    await this.run(() => {
      setTimeout(() => window.__TAURI_INTERNALS__.invoke('plugin:window|close', { label: 'main' }), 20);
    });
    await this.waitFor(() => !programs.some(isRunning), 'the end of the program');
    await this.#driver.end().catch(() => undefined);
  }

  /** Process ids of the program. */
  programs() {
    return this.#driver.programs();
  }

  /** Ends the program as a power cut would, and then the driver. */
  async kill() {
    for (const pid of this.programs()) process.kill(pid, 'SIGKILL');
    await this.#driver.end().catch(() => undefined);
  }

  /** Opens the program again on the same folders, after `quit`. `args` replaces the paths given. */
  relaunch(changes = {}) {
    return launch({ ...this.#options, ...changes });
  }

  /** Removes the test's folders. */
  forget() {
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #actions(source) {
    await this.#driver.command('POST', '/actions', { actions: [source] });
    await this.#driver.command('DELETE', '/actions');
  }
}

/** Pictures taken so far: each has a name of its own. */
let pictures = 0;

const move = ({ x, y }, duration) => ({
  type: 'pointerMove',
  duration,
  origin: 'viewport',
  x: Math.round(x),
  y: Math.round(y),
});

/** The keys of a chord; a plus sign at the end is a key itself: `Control++`. */
function chordOf(press) {
  if (press === '+') return ['+'];
  return press.endsWith('++') ? [...press.slice(0, -2).split('+'), '+'] : press.split('+');
}

const asScript = (script, args) =>
  typeof script === 'function' ? [`return (${script}).apply(null, arguments)`, args] : [script, args];
