// A client of the W3C WebDriver protocol, as small as the tests need: one driver process, one session, JSON
// over loopback.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** How the protocol marks a reference to an element. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** Ports that fetch refuses although the system may give them out. */
const REFUSED = new Set([5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6697, 10080]);

/** Drivers that run: they end with this process, whatever ends it, so that a test that is cut off leaves nothing behind. */
const running = new Set();
const endAll = () => {
  for (const driver of running) driver.endAtOnce();
};
process.on('exit', endAll);
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
  process.on(signal, () => {
    endAll();
    process.exit(1);
  });
}

/** No command takes longer, unless the page is gone. */
const PATIENCE_MS = 20_000;

export class Driver {
  #process;
  #screen;
  #address;
  #session;

  /** Starts WebKitWebDriver and, through it, the program `binary` with `args` and the environment `env`. */
  static async start({ binary, args, env }) {
    const driver = new Driver();
    const port = await freePort();
    driver.#screen = await ownScreen();
    driver.#address = `http://127.0.0.1:${port}`;
    driver.#process = spawn('WebKitWebDriver', [`--port=${port}`], {
      env: { ...process.env, DISPLAY: driver.#screen.display, ...env, TAURI_WEBVIEW_AUTOMATION: 'true' },
      // What inherits the output of a test keeps the runner waiting for its end.
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    driver.#process.stderr.on('data', (words) => process.stderr.write(words));
    running.add(driver);
    try {
      await driver.#ready();
      const { sessionId } = await driver.#send('POST', '/session', {
        capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { binary, args } } },
      });
      driver.#session = sessionId;
    } catch (error) {
      driver.endAtOnce();
      throw error;
    }
    return driver;
  }

  /** Runs a command of the session. Elements in the answer are {@link Element}s. */
  async command(method, path, body) {
    return this.#send(method, `/session/${this.#session}${path}`, body);
  }

  /** Ends the session, which ends the program, then the driver; waits until both are gone. */
  async end() {
    if (!running.has(this)) return;
    const gone = this.#process.exitCode === null ? once(this.#process, 'exit') : null;
    const programs = descendantsOf(this.#process.pid);
    // A page that is gone does not answer; its program is ended below.
    await this.command('DELETE', '').catch(() => undefined);
    this.#process.kill('SIGTERM');
    await gone;
    // A study has one owner: the next start must not meet the last one still closing. What a tracer leaves
    // behind is ended, too.
    for (let attempt = 0; programs.some(isRunning); attempt += 1) {
      if (attempt === 80) programs.filter(isRunning).forEach(endProcess);
      await pause(25);
    }
    this.#screen.process.kill();
    running.delete(this);
  }

  /** Ends the driver and the program without waiting for anything. */
  endAtOnce() {
    running.delete(this);
    for (const pid of [...descendantsOf(this.#process.pid), this.#process.pid]) endProcess(pid);
    this.#screen.process.kill();
  }

  /** Process ids of the program, for measuring it or for killing it. */
  programs() {
    return childrenOf(this.#process.pid);
  }

  async #ready() {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      if (this.#process.exitCode !== null) throw new Error('WebKitWebDriver ended at once');
      try {
        await fetch(`${this.#address}/status`);
        return;
      } catch {
        await pause(25);
      }
    }
    throw new Error('WebKitWebDriver does not answer');
  }

  async #send(method, path, body) {
    const answer = await fetch(`${this.#address}${path}`, {
      method,
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const { value } = await answer.json();
    if (!answer.ok) {
      throw Object.assign(new Error(`${value.error}: ${value.message}`), { name: value.error });
    }
    return this.#withElements(value);
  }

  #withElements(value) {
    if (Array.isArray(value)) return value.map((item) => this.#withElements(item));
    if (value === null || typeof value !== 'object') return value;
    if (ELEMENT in value) return new Element(this, value[ELEMENT]);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.#withElements(item)]));
  }
}

/** An element of the page. */
export class Element {
  #driver;

  constructor(driver, id) {
    this.#driver = driver;
    this.id = id;
  }

  /** Clicks in its middle with the mouse, after scrolling it into view. */
  click() {
    return this.#driver.command('POST', `/element/${this.id}/click`);
  }

  /** Types into a field. */
  type(text) {
    return this.#driver.command('POST', `/element/${this.id}/value`, { text });
  }

  clear() {
    return this.#driver.command('POST', `/element/${this.id}/clear`);
  }

  /** The text as it is shown. */
  text() {
    return this.#driver.command('GET', `/element/${this.id}/text`);
  }

  attribute(name) {
    return this.#driver.command('GET', `/element/${this.id}/attribute/${name}`);
  }

  /** Position and size in the window, in CSS pixels. */
  box() {
    return this.#driver.command('GET', `/element/${this.id}/rect`);
  }

  toJSON() {
    return { [ELEMENT]: this.id };
  }
}

/** The fields of /proc/PID/stat after the name: state, parent, … */
function status(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
  } catch {
    return null;
  }
}

function childrenOf(parent) {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => status(pid)?.[1] === String(parent)).map(Number);
}

function descendantsOf(parent) {
  return childrenOf(parent).flatMap((pid) => [pid, ...descendantsOf(pid)]);
}

/** Whether a process is there and not merely waiting to be collected. */
export function isRunning(pid) {
  const now = status(pid);
  return now !== null && now[0] !== 'Z';
}

function endProcess(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

/**
 * A screen for one window alone: only one window of a screen has the focus, and a page without it shows and does not
 * do what it does for its user.
 */
async function ownScreen() {
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [number] = await Promise.race([
    once(screen.stdio[3], 'data'),
    once(screen, 'exit').then(() => Promise.reject(new Error('Xvfb gave no screen'))),
    once(screen, 'error').then(([error]) => Promise.reject(error)),
  ]);
  return { process: screen, display: `:${String(number).trim()}` };
}

async function freePort() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return REFUSED.has(port) ? freePort() : port;
}
