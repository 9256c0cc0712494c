// @vitest-environment jsdom
import { flushSync } from 'svelte';
import { expect, test } from 'vitest';
import { Shelf } from './shelf.svelte';

/** Counts how often `read` is asked again, and tells what it saw last. */
function watched<Seen>(read: () => Seen) {
  const seen: Seen[] = [];
  const end = $effect.root(() => {
    $effect(() => void seen.push(read()));
  });
  flushSync();
  return { seen, end };
}

test('who reads one id hears of that id alone', () => {
  const shelf = new Shelf<number>();
  shelf.set('a', 1).set('b', 2);
  const { seen, end } = watched(() => shelf.get('a'));
  shelf.set('b', 3);
  flushSync();
  expect(seen).toEqual([1]);
  shelf.set('a', 4);
  flushSync();
  shelf.delete('a');
  flushSync();
  shelf.set('a', 5);
  flushSync();
  expect(seen).toEqual([1, 4, undefined, 5]);
  end();
});

test('who asks for an id that was never there hears when it comes', () => {
  const shelf = new Shelf<number>();
  const { seen, end } = watched(() => shelf.has('a'));
  shelf.set('a', 1);
  flushSync();
  expect(seen).toEqual([false, true]);
  end();
});

test('what is emptied tells who read it, and who walks over it by forEach', () => {
  const shelf = new Shelf<number>();
  shelf.set('a', 1);
  const one = watched(() => shelf.get('a'));
  const all = watched(() => {
    const found: string[] = [];
    shelf.forEach((value, id) => found.push(`${id} ${String(value)}`));
    return found;
  });
  shelf.clear();
  flushSync();
  shelf.set('a', 1);
  flushSync();
  expect(one.seen).toEqual([1, undefined, 1]);
  expect(all.seen).toEqual([['a 1'], [], ['a 1']]);
  one.end();
  all.end();
});

test('who walks over all hears of every change, and of none where nothing changed', () => {
  const shelf = new Shelf<number>();
  const { seen, end } = watched(() => [[...shelf.values()], [...shelf.keys()], [...shelf], shelf.size]);
  shelf.set('a', 1);
  flushSync();
  shelf.set('a', 1);
  flushSync();
  shelf.delete('a');
  flushSync();
  expect(seen).toEqual([
    [[], [], [], 0],
    [[1], ['a'], [['a', 1]], 1],
    [[], [], [], 0],
  ]);
  end();
});
