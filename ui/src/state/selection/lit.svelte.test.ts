// @vitest-environment jsdom
import { flushSync } from 'svelte';
import { expect, test } from 'vitest';
import { Lit } from './lit.svelte';

test('only the two that change are told', () => {
  const lit = new Lit();
  const told: string[] = [];
  const stop = $effect.root(() => {
    for (const id of ['a', 'b', 'c']) {
      $effect(() => {
        told.push(`${id} ${lit.is(id) ? 'on' : 'off'}`);
      });
    }
  });
  flushSync();
  told.length = 0;
  lit.put('a');
  flushSync();
  expect(told).toEqual(['a on']);
  told.length = 0;
  lit.put('b');
  lit.put('b');
  flushSync();
  expect(told).toEqual(['a off', 'b on']);
  told.length = 0;
  lit.put(null);
  flushSync();
  expect(told).toEqual(['b off']);
  stop();
});

test('who asks later knows as well', () => {
  const lit = new Lit();
  lit.put('late');
  expect(lit.is('late')).toBe(true);
  expect(lit.is('other')).toBe(false);
});

test('can be asked by what is derived, which hears of every change', () => {
  const lit = new Lit();
  lit.put('a');
  const told: string[] = [];
  const stop = $effect.root(() => {
    const words = $derived(lit.is('a') ? 'on' : 'off');
    $effect(() => {
      told.push(words);
    });
  });
  flushSync();
  lit.put('b');
  flushSync();
  lit.put('a');
  flushSync();
  expect(told).toEqual(['on', 'off', 'on']);
  stop();
});
