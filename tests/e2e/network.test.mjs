// Sunder opens no network connection: what its processes connect to are sockets of this machine, while a session is
// imported, played, tagged, looked at with another cut, and handed in.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { byTestId, chips, clockMs, cursorOn, hurry, importIntoSample, settles } from './coding.mjs';
import { ownFolder, withWindow } from './harness.mjs';

/** Families of sockets that leave no machine: local sockets and the kernel's own. */
const LOCAL = /AF_UNIX|AF_LOCAL|AF_NETLINK|AF_UNSPEC/;
const LOOPBACK = /inet_addr\("127\.|inet_pton\(AF_INET6, "::1"/;

const traces = spawnSync('strace', ['-e', 'trace=connect', 'true']);
const skip = traces.status === 0 ? false : 'strace is missing or may not trace here, so nothing can be shown';

test('every connection stays on this machine', { skip }, async () => {
  const folder = ownFolder();
  const connections = join(folder, 'connections.txt');
  await withWindow({ folder, connections, args: [hurry] }, async (window) => {
    await importIntoSample(window);
    await window.keys('Space');
    await window.waitFor(async () => (await clockMs(window)) > 500, 'the clock to run', 20_000);
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
    const outside = calls.filter((line) => !LOCAL.test(line) && !LOOPBACK.test(line));
    assert.deepEqual(outside, []);
  });
});
