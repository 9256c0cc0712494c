// The window opens, shows itself, and nothing in it is at fault.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withWindow } from './harness.mjs';

test('the window opens without a fault', () =>
  withWindow({}, async (window) => {
    await window.shown();
    assert.deepEqual(await window.faults(), []);
  }));

test('the content security policy refuses a connection and code in the page', () =>
  withWindow({}, async (window) => {
    await window.shown();
    const refused = await window.runAsync(async () => {
      const connected = await fetch('http://127.0.0.1:9/').then(
        () => 'connected',
        () => 'refused',
      );
      const script = document.createElement('script');
      script.textContent = 'window.ranInside = true';
      document.head.append(script);
      return [connected, window.ranInside ?? false];
    });
    assert.deepEqual(refused, ['refused', false]);
    await window.waitFor(async () => {
      const faults = (await window.faults()).join(' ');
      return faults.includes('policy connect-src') && faults.includes('policy script-src');
    }, 'both refusals among the faults');
  }));
