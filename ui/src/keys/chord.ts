// Chords: how a key press is written down, and how it is shown.

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'> &
  Partial<Pick<KeyboardEvent, 'code'>>;

const MODIFIERS = ['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock'];

/** `Ctrl+Shift+Z`, `Space`, `[`; null for a modifier alone or a key that is being composed. */
export function chordOfPress(press: Press): string | null {
  // WebKitGTK has no name for Tab with Shift, which is a key of its own to it.
  const key = press.key === 'Unidentified' && press.code === 'Tab' ? 'Tab' : press.key;
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
