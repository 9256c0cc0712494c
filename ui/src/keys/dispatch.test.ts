// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest';
import { caps, chordOfPress } from './chord';
import { Keys } from './dispatch.svelte';
import { ACTIONS, clashes, type ActionId } from './map';

afterEach(() => (document.body.innerHTML = ''));

const NO_MODIFIERS = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

/** Presses a key on an element of a page made of `html`; tells whether it was taken. */
function press(
  keys: Keys,
  key: string,
  modifiers: Partial<typeof NO_MODIFIERS> = {},
  target: Element = document.body,
) {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...modifiers });
  let taken = false;
  const heard = (pressed: Event) => (taken = keys.press(pressed as KeyboardEvent));
  window.addEventListener('keydown', heard);
  target.dispatchEvent(event);
  window.removeEventListener('keydown', heard);
  expect(event.defaultPrevented).toBe(taken);
  return taken;
}

function element(html: string): HTMLElement {
  document.body.innerHTML = html;
  const found = document.querySelector<HTMLElement>('#it');
  if (found === null) throw new Error('no #it');
  return found;
}

function keysWith(...ids: ActionId[]) {
  const keys = new Keys();
  const done: ActionId[] = [];
  for (const id of ids) keys.handle(id, () => void done.push(id));
  return { keys, done };
}

test('chords are written as people say them', () => {
  const chord = (key: string, modifiers = {}) => chordOfPress({ key, ...NO_MODIFIERS, ...modifiers });
  expect(chord('w')).toBe('W');
  expect(chord('z', { ctrlKey: true, shiftKey: true })).toBe('Ctrl+Shift+Z');
  expect(chord('z', { metaKey: true })).toBe('Ctrl+Z');
  expect(chord(' ')).toBe('Space');
  expect(chord('?', { shiftKey: true })).toBe('?');
  expect(chord('ArrowUp', { shiftKey: true })).toBe('Shift+ArrowUp');
  expect(chord('ä')).toBe('Ä');
  expect(chord('ä', { code: 'Quote' })).toBe('Ä');
  // Letters of another script: the Latin letter of the same place.
  expect(chord('ц', { code: 'KeyW' })).toBe('W');
  expect(chord('я', { code: 'KeyZ', ctrlKey: true })).toBe('Ctrl+Z');
  expect(chord('z', { code: 'KeyY' })).toBe('Z');
  expect(chord('Shift', { shiftKey: true })).toBeNull();
  expect(chord('Dead')).toBeNull();
  expect(chord('Unidentified', { code: 'Tab', shiftKey: true })).toBe('Shift+Tab');
  expect(caps('Ctrl++')).toEqual(['Ctrl', '+']);
  expect(caps('Shift+ArrowLeft')).toEqual(['Shift', '←']);
});

test('letters belong to text fields, what works everywhere works there too', () => {
  const { keys, done } = keysWith('judging.join', 'player.toggle', 'player.toggleAnywhere', 'app.palette');
  for (const html of ['<input id="it">', '<textarea id="it"></textarea>', '<input type="search" id="it">']) {
    const field = element(html);
    expect(press(keys, 'g', {}, field)).toBe(false);
    expect(press(keys, ' ', {}, field)).toBe(false);
    expect(press(keys, ' ', { ctrlKey: true }, field)).toBe(true);
    expect(press(keys, 'k', { ctrlKey: true }, field)).toBe(true);
  }
  expect(new Set(done)).toEqual(new Set(['player.toggleAnywhere', 'app.palette']));
});

test('a control focused by keyboard keeps Space, Enter and arrows, and gives letters', () => {
  const { keys, done } = keysWith('player.toggle', 'player.back', 'caret.enter', 'judging.join');
  const button = element('<button id="it">Play</button>');
  const focusedByKeyboard = vi.spyOn(button, 'matches').mockReturnValue(true);
  for (const key of [' ', 'Enter', 'ArrowLeft']) expect(press(keys, key, {}, button)).toBe(false);
  expect(press(keys, 'g', {}, button)).toBe(true);
  focusedByKeyboard.mockReturnValue(false);
  expect(press(keys, ' ', {}, button)).toBe(true);
  expect(done).toEqual(['judging.join', 'player.toggle']);
});

test('a control that was clicked gives its keys back, however the web engine rings it later', () => {
  const { keys, done } = keysWith('player.toggle');
  const end = keys.listen(window);
  const button = element('<button id="it">Play</button>');
  vi.spyOn(button, 'matches').mockReturnValue(true);
  button.dispatchEvent(new Event('pointerdown', { bubbles: true }));
  button.focus();
  button.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', bubbles: true, cancelable: true }));
  expect(done).toEqual(['player.toggle']);
  button.blur();
  const other = document.createElement('input');
  document.body.append(other);
  other.focus();
  button.focus();
  button.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', bubbles: true, cancelable: true }));
  expect(done).toEqual(['player.toggle']);
  end();
});

test('a press beside a control takes its keys, though the focus stays on it', () => {
  const { keys, done } = keysWith('player.toggle');
  const end = keys.listen(window);
  const button = element('<div><button id="it">Trial · 1</button><canvas></canvas></div>');
  vi.spyOn(button, 'matches').mockReturnValue(true);
  button.focus();
  button.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', bubbles: true, cancelable: true }));
  expect(done).toEqual([]);
  document.querySelector('canvas')?.dispatchEvent(new Event('pointerdown', { bubbles: true }));
  button.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', bubbles: true, cancelable: true }));
  expect(done).toEqual(['player.toggle']);
  end();
});

test('Tab moves on from controls, and between markers only in the transcript', () => {
  const { keys, done } = keysWith('marker.next');
  const outside = element('<button id="it">Menu</button>');
  vi.spyOn(outside, 'matches').mockReturnValue(true);
  expect(press(keys, 'Tab', {}, outside)).toBe(false);
  expect(press(keys, 'Tab', {}, element('<aside id="it" tabindex="-1"></aside>'))).toBe(false);
  const chip = element('<main data-keys="coding"><button id="it">denial</button></main>');
  vi.spyOn(chip, 'matches').mockReturnValue(true);
  expect(press(keys, 'Tab', {}, chip)).toBe(true);
  expect(done).toEqual(['marker.next']);
});

test('behind an open dialog only what works everywhere is heard', () => {
  const { keys, done } = keysWith('judging.join', 'player.toggleAnywhere');
  const closed = keys.opened();
  expect(press(keys, 'g')).toBe(false);
  expect(press(keys, ' ', { ctrlKey: true })).toBe(true);
  expect(done).toEqual(['player.toggleAnywhere']);
  closed();
  expect(press(keys, 'g')).toBe(true);
});

test('undo works in dialogs of the coding, but not while typing there, nor in others', () => {
  const { keys, done } = keysWith('edit.undo', 'judging.join');
  const field = element('<div><input id="it"></div>');
  const closed = keys.opened(true);
  expect(press(keys, 'z', { ctrlKey: true })).toBe(true);
  expect(press(keys, 'z', { ctrlKey: true }, field)).toBe(false);
  expect(press(keys, 'g')).toBe(false);
  const closedOther = keys.opened();
  expect(press(keys, 'z', { ctrlKey: true })).toBe(false);
  closedOther();
  closed();
  expect(done).toEqual(['edit.undo']);
});

test('an interceptor sees plain keys first, the latest one before the others', () => {
  const { keys, done } = keysWith('judging.settled', 'edit.undo');
  const seen: string[] = [];
  const end = keys.intercept((key) => seen.push(key) > 0 && key === 'S');
  keys.intercept((key) => key === 'Escape');
  expect(press(keys, 's')).toBe(true);
  expect(press(keys, 'Escape')).toBe(true);
  expect(press(keys, 'z', { ctrlKey: true })).toBe(true);
  expect(seen).toEqual(['S']);
  end();
  expect(press(keys, 's')).toBe(true);
  expect(done).toEqual(['edit.undo', 'judging.settled']);
});

test('a handler that says no leaves the key as it was; the latest handler counts', () => {
  const keys = new Keys();
  keys.handle('marker.next', () => true);
  const end = keys.handle('marker.next', () => false);
  expect(press(keys, 'Tab')).toBe(false);
  end();
  expect(press(keys, 'Tab')).toBe(true);
});

test('an action that is not enabled does not work anywhere', () => {
  const keys = new Keys();
  let on = false;
  keys.handle('edit.undo', () => true, { enabled: () => on });
  expect([keys.works('edit.undo'), press(keys, 'z', { ctrlKey: true })]).toEqual([false, false]);
  on = true;
  expect([keys.works('edit.undo'), press(keys, 'z', { ctrlKey: true })]).toEqual([true, true]);
});

test('a changed key replaces the default one', () => {
  const { keys, done } = keysWith('judging.join', 'player.loop');
  keys.overrides = { 'judging.join': 'J' };
  expect(press(keys, 'g')).toBe(false);
  expect(press(keys, 'j')).toBe(true);
  expect(done).toEqual(['judging.join']);
  expect(keys.chordOf('judging.join')).toBe('J');
});

test('no two actions share a key, nor an action a family’s letter', () => {
  const families = ['W', 'C', 'H', 'R', 'T'].map((letter) => ({ letter, name: letter }));
  expect(clashes({}, families)).toEqual([]);
  expect(new Set(ACTIONS.map((action) => action.id)).size).toBe(ACTIONS.length);
});

test('clashes name everybody who wants the key', () => {
  const found = clashes({ 'judging.join': 'W', 'player.loop': 'N' }, [{ letter: 'W', name: 'Withdrawal' }]);
  expect(found).toEqual([
    { chord: 'W', labels: ['Tag: Withdrawal', 'Join to the conflict before'] },
    { chord: 'N', labels: ['Loop the segment', 'Note on this moment'] },
  ]);
});

test('keys of settling can be changed, and share keys with the coding screen without a clash', () => {
  const { keys, done } = keysWith('settling.mean', 'settling.take1');
  expect(press(keys, 'm')).toBe(true);
  expect(press(keys, '1')).toBe(true);
  keys.overrides = { 'settling.mean': 'Q' };
  expect(press(keys, 'm')).toBe(false);
  expect(press(keys, 'q')).toBe(true);
  expect(done).toEqual(['settling.mean', 'settling.take1', 'settling.mean']);
  // M also changes a code, on another screen; two of one screen are named.
  expect(clashes({ 'settling.none': 'M' })).toEqual([
    { chord: 'M', labels: ['Take the mean', 'Settle as nothing'] },
  ]);
});

test('of two actions on one key, the one that works on this screen is meant', () => {
  const { keys, done } = keysWith('judging.recode');
  const on = { agreement: false };
  keys.handle('settling.mean', () => done.push('settling.mean'), { enabled: () => on.agreement });
  press(keys, 'm');
  expect(done).toEqual(['judging.recode']);
});

test('an action says what it would do now, where that is known, else what stands in the table', () => {
  const keys = new Keys();
  let next: string | null = 'Undo: score minimal response';
  const end = keys.handle('edit.undo', () => undefined, { label: () => next });
  expect(keys.labelOf('edit.undo')).toBe('Undo: score minimal response');
  next = null;
  expect(keys.labelOf('edit.undo')).toBe('Undo');
  end();
  expect(keys.labelOf('edit.redo')).toBe('Redo');
});
