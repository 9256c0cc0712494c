// Chords: how a key press is written down, and how it is shown.

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'> &
  Partial<Pick<KeyboardEvent, 'code'>>;

const MODIFIERS = ['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock'];

/** `Ctrl+Shift+Z`, `Space`, `[`; null for a modifier alone or a key that is being composed. */
export function chordOfPress(press: Press): string | null {
  const key = keyOf(press);
  if (
    MODIFIERS.includes(key) ||
    key === 'Dead' ||
    key === 'Process' ||
    key === 'Unidentified' ||
    key === ''
  ) {
    return null;
  }
  const isLetter = key.length === 1 && key.toLowerCase() !== key.toUpperCase();
  const named = key === ' ' ? 'Space' : isLetter ? key.toUpperCase() : key;
  const parts = [];
  if (press.ctrlKey || press.metaKey) parts.push('Ctrl');
  if (press.altKey) parts.push('Alt');
  // The Shift that types a sign such as ? or { is part of the sign.
  if (press.shiftKey && (isLetter || key.length > 1 || key === ' ')) parts.push('Shift');
  return [...parts, named].join('+');
}

/** The key by its name; on a keyboard of another script, the Latin letter of its place. */
function keyOf({ key, code = '' }: Press): string {
  // WebKitGTK has no name for Tab with Shift, which is a key of its own to it.
  if (key === 'Unidentified' && code === 'Tab') return 'Tab';
  const isOtherLetter = /^\p{L}$/u.test(key) && !/^\p{Script=Latin}$/u.test(key);
  return isOtherLetter && /^Key[A-Z]$/.test(code) ? code.slice(3) : key;
}

const SHOWN: { readonly [key in string]?: string } = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Delete: 'Del',
  Escape: 'Esc',
};

/** The parts of a chord as they stand on key caps. */
export function caps(chord: string): string[] {
  if (chord === '') return [];
  const parts = chord.endsWith('++') ? [...chord.slice(0, -2).split('+'), '+'] : chord.split('+');
  return parts.map((part) => SHOWN[part] ?? part);
}

/** A chord as words for assistive technology (`aria-keyshortcuts`). */
export const ariaChord = (chord: string): string => chord.replace('Ctrl', 'Control');
