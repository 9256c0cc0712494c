// Sunder opens no network connection: what its processes connect to are sockets of this machine.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ownFolder, withWindow } from './harness.mjs';

/** Families of sockets that leave no machine: local sockets and the kernel's own. */
const LOCAL = /AF_UNIX|AF_LOCAL|AF_NETLINK|AF_UNSPEC/;
const LOOPBACK = /inet_addr\("127\.|inet_pton\(AF_INET6, "::1"/;

test('every connection of a whole start stays on this machine', async () => {
  const folder = ownFolder();
  const connections = join(folder, 'connections.txt');
  await withWindow({ folder, connections }, async (window) => {
    await window.shown();
    const calls = readFileSync(connections, 'utf8')
      .split('\n')
      .filter((line) => line.includes('connect('));
    assert.ok(calls.length > 0, 'the trace saw no connect() at all, so it shows nothing');
    const outside = calls.filter((line) => !LOCAL.test(line) && !LOOPBACK.test(line));
    assert.deepEqual(outside, []);
  });
});
