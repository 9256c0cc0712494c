// Steps through text by what a reader sees as one character, and by words, in any language. Units are UTF-16.

const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const words = new Intl.Segmenter(undefined, { granularity: 'word' });

/** Enough text around a unit to find the edges of what stands there; turns may be very long. */
const NEAR = 512;

interface Piece {
  start: number;
  end: number;
  isWord: boolean;
}

/** The piece of text that holds `unit`. */
function pieceAt(segmenter: Intl.Segmenter, text: string, unit: number): Piece | null {
  const from = text.length <= 2 * NEAR ? 0 : blankBefore(text, unit - NEAR);
  const found = segmenter
    .segment(text.slice(from, Math.max(unit + NEAR, from + NEAR)))
    .containing(unit - from);
  if (found === undefined) return null;
  const start = from + found.index;
  return { start, end: start + found.segment.length, isWord: found.isWordLike === true };
}

/** A place at or before `unit` that surely is an edge: after a blank, else as near as may be. */
function blankBefore(text: string, unit: number): number {
  if (unit <= 0) return 0;
  const blank = text.lastIndexOf(' ', unit);
  return blank < unit - NEAR ? Math.max(0, unit) : blank + 1;
}

/** The edge at or before `unit`: never inside a character. */
export function characterStart(text: string, unit: number): number {
  if (unit <= 0) return 0;
  if (unit >= text.length) return text.length;
  return pieceAt(characters, text, unit)?.start ?? unit;
}

/** The edge at or after `unit`. */
export function characterEnd(text: string, unit: number): number {
  const start = characterStart(text, unit);
  return start === Math.max(0, unit) || start === text.length ? start : nextCharacter(text, start);
}

export function nextCharacter(text: string, unit: number): number {
  if (unit >= text.length) return text.length;
  return pieceAt(characters, text, Math.max(0, unit))?.end ?? text.length;
}

export function previousCharacter(text: string, unit: number): number {
  if (unit <= 0) return 0;
  return pieceAt(characters, text, Math.min(unit, text.length) - 1)?.start ?? 0;
}

/** The end of the word that `unit` stands in or before. */
export function nextWordEnd(text: string, unit: number): number {
  let at = Math.max(0, unit);
  while (at < text.length) {
    const piece = pieceAt(words, text, at);
    if (piece === null) return text.length;
    at = piece.end;
    if (piece.isWord) return at;
  }
  return text.length;
}

/** The start of the word that `unit` stands in or after. */
export function previousWordStart(text: string, unit: number): number {
  let at = Math.min(text.length, unit);
  while (at > 0) {
    const piece = pieceAt(words, text, at - 1);
    if (piece === null) return 0;
    at = piece.start;
    if (piece.isWord) return at;
  }
  return 0;
}

/** The start of the next word after the one that `unit` stands in. */
export function nextWordStart(text: string, unit: number): number {
  const end = nextWordEnd(text, unit);
  const after = nextWordEnd(text, end);
  if (after === text.length && previousWordStart(text, after) < end) return text.length;
  return Math.max(end, previousWordStart(text, after));
}

/** The end of the word before the one that `unit` stands in; 0 where there is none. */
export function previousWordEnd(text: string, unit: number): number {
  const start = previousWordStart(text, unit);
  const before = previousWordStart(text, start);
  return before === start ? 0 : Math.min(start, nextWordEnd(text, before));
}

/** The edge of the word that `unit` stands inside of; between words, the nearest word or sign within the stretch. */
export function wordEdge(text: string, unit: number, edge: 'start' | 'end'): number {
  const piece = unit > 0 && unit < text.length ? pieceAt(words, text, unit) : null;
  if (piece !== null && piece.isWord && piece.start < unit) return edge === 'start' ? piece.start : piece.end;
  let at = Math.min(Math.max(0, unit), text.length);
  if (edge === 'start') while (at < text.length && isBlank(text, at)) at += 1;
  else while (at > 0 && isBlank(text, at - 1)) at -= 1;
  return at;
}

const isBlank = (text: string, unit: number) => /\s/.test(text[unit] ?? '');
