// Between the words on the screen and places in the text.
import type { Place } from '$schemas/api';
import type { Near } from './highlights';

// Looked up by id: a selector would be matched against every element of a long session.
const said = (turn: number) => `said-${turn}`;
const row = (turn: number) => `turn-${turn}`;

export const turnIds = (turn: number) => ({ said: said(turn), row: row(turn) });

/** The element that holds a turn's words. */
export const saidOf = (turn: number): HTMLElement | null => document.getElementById(said(turn));

export const rowOf = (turn: number): HTMLElement | null => document.getElementById(row(turn));

/** The text node of a turn; null when nothing was said, or the turn is not on the page yet. */
export function textOf(turn: number): Text | null {
  const node = saidOf(turn)?.firstChild;
  return node instanceof Text ? node : null;
}

/** The place in the text of a position in the page; null outside the words of `root`. */
export function placeOf(root: Element, node: Node, offset: number): Place | null {
  const element = node instanceof Element ? node : node.parentElement;
  const words = element?.closest<HTMLElement>('[data-said]');
  if (words != null) {
    const turn = Number(words.dataset['said']);
    if (node instanceof Text) return { turn, unit: offset };
    return { turn, unit: offset === 0 ? 0 : (words.textContent ?? '').length };
  }
  if (!root.contains(node)) return null;
  return between(root, node, offset);
}

/** A position between the words of two turns: the start of the first that comes after it, or the end of the last. */
function between(root: Element, node: Node, offset: number): Place | null {
  const all = [...root.querySelectorAll<HTMLElement>('[data-said]')];
  const point = document.createRange();
  point.setStart(node, offset);
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const words = all[middle];
    // -1: the words lie before the point.
    if (words !== undefined && point.comparePoint(words, 0) < 0) low = middle + 1;
    else high = middle;
  }
  const after = all[low];
  if (after !== undefined) return { turn: Number(after.dataset['said']), unit: 0 };
  const last = all.at(-1);
  return last === undefined
    ? null
    : { turn: Number(last.dataset['said']), unit: (last.textContent ?? '').length };
}

/** The line in which a place of a turn is written; null where nothing is laid out. */
export function lineOf(turn: number, unit: number): DOMRect | null {
  const text = textOf(turn);
  if (text === null) return null;
  const range = document.createRange();
  const at = Math.min(unit, Math.max(0, text.length - 1));
  range.setStart(text, at);
  range.setEnd(text, Math.min(at + 1, text.length));
  const box = range.getBoundingClientRect();
  return box.height === 0 ? null : box;
}

/** The place under the pointer; null where there are no words. */
export function placeUnder(root: Element, x: number, y: number): Place | null {
  const range = document.caretRangeFromPoint(x, y);
  if (range === null || !root.contains(range.startContainer)) return null;
  return placeOf(root, range.startContainer, range.startOffset);
}

export interface InView {
  seen: Near;
  /** Shown by at least half of each, or filling half of the view. */
  read: Near | null;
}

/** The turns of `blocks` that can be seen in `view`, by their rows; null for none. */
export function turnsInView(view: DOMRect, blocks: Iterable<Element>): InView | null {
  const seen: number[] = [];
  const read: number[] = [];
  for (const block of blocks) {
    const box = block.getBoundingClientRect();
    if (box.bottom <= view.top) continue;
    if (box.top >= view.bottom) break;
    for (const row of block.children) {
      if (!(row instanceof HTMLElement) || row.dataset['turn'] === undefined) continue;
      const { top, bottom, height } = row.getBoundingClientRect();
      if (bottom <= view.top) continue;
      if (top >= view.bottom) break;
      const turn = Number(row.dataset['turn']);
      seen.push(turn);
      const shown = Math.min(bottom, view.bottom) - Math.max(top, view.top);
      if (shown * 2 >= Math.min(height, view.height)) read.push(turn);
    }
  }
  const all = spanOf(seen);
  return all === null ? null : { seen: all, read: spanOf(read) };
}

function spanOf(turns: readonly number[]): Near | null {
  const [first, last] = [turns[0], turns.at(-1)];
  return first === undefined || last === undefined ? null : { first, last };
}
