// Sunder opens no network connection: what its processes connect to are sockets of this machine, while a session is
// imported, played, tagged and handed in, and its recording is heard. The one address of this machine is the program's
// own server, which plays the recording; and here the driver of the test.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { byTestId, chips, clockMs, cursorOn, settles } from './coding.mjs';
import { ownFolder, withWindow } from './harness.mjs';
import {
  importWithRecording,
  recordingMs,
  recordingUrl,
  waveformShown,
  writeTurns,
  writeWav,
} from './recordings.mjs';

/** Families of sockets that leave no machine: local sockets and the kernel's own. */
const LOCAL = /AF_UNIX|AF_LOCAL|AF_NETLINK|AF_UNSPEC/;
/** Where the web engine lets itself be driven in a test, and in a test alone: as its environment says. */
function driverPort(window) {
  const [pid] = window.programs();
  const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  const address = environment.find((entry) => entry.startsWith('WEBKIT_INSPECTOR_SERVER=127.0.0.1:'));
  return address?.split(':').at(-1) ?? 'none';
}

/** A connection to the server of the program, at the port that the window was given. */
const toServer = (port) =>
  new RegExp(`sin_port=htons\\(${port}\\), sin_addr=inet_addr\\("127\\.0\\.0\\.1"\\)`);

const traces = spawnSync('strace', ['-e', 'trace=connect', 'true']);
const skip = traces.status === 0 ? false : 'strace is missing or may not trace here, so nothing can be shown';

test('every connection stays on this machine', { skip }, async () => {
  const folder = ownFolder();
  const connections = join(folder, 'connections.txt');
  const media = join(folder, 'media');
  const args = [writeTurns(media, 60), writeWav(media, 'trial.wav', 60)];
  await withWindow({ folder, connections, args }, async (window) => {
    await importWithRecording(window);
    await waveformShown(window);
    await window.keys('Space');
    await window.waitFor(async () => (await clockMs(window)) > 500, 'the clock to run', 20_000);
    await window.waitFor(async () => (await recordingMs(window)) > 500, 'the recording to play', 20_000);
    const { port } = new URL(await recordingUrl(window));
    const driven = toServer(driverPort(window));
    await window.keys('Space');
    await cursorOn(window, 3);
    await window.keys('c', 'a', '4');
    await settles(window, async (at) => (await chips(at)).length, 1, 'a marker', 20_000);
    await window.keys('Control+Enter');
    await window.click('[data-testid="submit-confirm"]:not(:disabled)');
    await window.find(byTestId('submit-next'), 20_000);
    const calls = readFileSync(connections, 'utf8')
      .split('\n')
      .filter((line) => line.includes('connect('));
    assert.ok(calls.length > 0, 'the trace saw no connect() at all, so it shows nothing');
    const served = calls.filter((line) => toServer(port).test(line));
    assert.ok(served.length > 0, 'the recording was played, but nothing was traced of it');
    const outside = calls.filter((line) => !LOCAL.test(line) && !served.includes(line) && !driven.test(line));
    assert.deepEqual(outside, []);
  });
});
