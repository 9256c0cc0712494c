// What is painted over the words: one highlight for each family, fill and depth of nesting, and one range for
// each turn that a marker touches. Only turns near the view are painted; the number of ranges is what costs.
import type { MarkerView, SegmentView, TurnView } from '$schemas/api';
import type { Fill, Hue } from '../../state/coding/marks';
import { before, rangesOf, type TextSegment, type TurnRange } from '../../state/selection/places';

/** Deeper nesting is painted like this. */
export const DEEPEST = 3;

export interface Look {
  hue: Hue;
  fill: Fill;
}

export interface Painted extends TurnRange {
  name: string;
  priority: number;
}

/** Turns from the first to the last, both included. */
export interface Near {
  first: number;
  last: number;
}

export const CHOSEN = 'chosen';
/** The selected marker lies above all others. */
const ABOVE = DEEPEST + 1;

/** What stands out of the markers: what a tag would mark, and the marker that is selected. */
export interface Standing {
  chosen: SegmentView | null;
  selected: string | null;
}

/** The ranges to be painted for `markers` and for what is chosen. */
export function painted(
  turns: readonly Pick<TurnView, 'text'>[],
  markers: Iterable<MarkerView>,
  { chosen, selected }: Standing,
  near: Near,
  lookOf: (marker: MarkerView) => Look,
): Painted[] {
  const ranges: Painted[] = [];
  if (chosen?.kind === 'text') {
    for (const range of rangesOf(turns, chosen, near.first, near.last)) {
      ranges.push({ ...range, name: CHOSEN, priority: ABOVE + 1 });
    }
  }
  for (const { marker, segment, depth } of nested(markers, near)) {
    const { hue, fill } = lookOf(marker);
    const stands = marker.id === selected;
    const name = `${hue}-${fill}-${stands ? 'selected' : depth}`;
    for (const range of rangesOf(turns, segment, near.first, near.last)) {
      ranges.push({ ...range, name, priority: stands ? ABOVE : depth });
    }
  }
  return ranges;
}

interface Nested {
  marker: MarkerView;
  segment: TextSegment;
  depth: number;
}

/** Text markers near the view, each with the number of others that it lies in: the inner one's line is seen. */
function nested(markers: Iterable<MarkerView>, near: Near): Nested[] {
  const inside: { marker: MarkerView; segment: TextSegment }[] = [];
  for (const marker of markers) {
    const { segment } = marker;
    if (segment.kind !== 'text') continue;
    if (segment.end.turn >= near.first && segment.start.turn <= near.last) inside.push({ marker, segment });
  }
  inside.sort(outerFirst);
  let open: { segment: TextSegment; depth: number }[] = [];
  return inside.map(({ marker, segment }) => {
    open = open.filter((other) => before(segment.start, other.segment.end));
    const depth = Math.min(
      DEEPEST,
      open.reduce((deepest, other) => Math.max(deepest, other.depth + 1), 0),
    );
    open.push({ segment, depth });
    return { marker, segment, depth };
  });
}

function outerFirst(a: { segment: TextSegment }, b: { segment: TextSegment }): number {
  const [x, y] = [a.segment, b.segment];
  return (
    x.start.turn - y.start.turn ||
    x.start.unit - y.start.unit ||
    y.end.turn - x.end.turn ||
    y.end.unit - x.end.unit
  );
}

interface Stroke {
  name: string;
  text: Text;
  range: Range;
}

/** Paints with the CSS Custom Highlight API. Only what changed is touched: the rest is not painted again. */
export class HighlightPainter {
  readonly #highlights = new Map<string, Highlight>();
  #painted = new Map<string, Stroke>();

  /** Paints `ranges` and nothing else; `textOf` gives the text node of a turn. */
  paint(ranges: readonly Painted[], textOf: (turn: number) => Text | null): void {
    const painted = new Map<string, Stroke>();
    for (const { turn, from, to, name, priority } of ranges) {
      const text = textOf(turn);
      if (text === null || to > text.length) continue;
      const key = `${name} ${turn} ${from} ${to}`;
      const before = this.#painted.get(key);
      if (before?.text === text) {
        painted.set(key, before);
        this.#painted.delete(key);
        continue;
      }
      if (painted.has(key)) continue;
      const range = document.createRange();
      range.setStart(text, from);
      range.setEnd(text, to);
      this.#highlight(name, priority).add(range);
      painted.set(key, { name, text, range });
    }
    for (const { name, range } of this.#painted.values()) this.#highlights.get(name)?.delete(range);
    this.#painted = painted;
  }

  clear(): void {
    for (const name of this.#highlights.keys()) CSS.highlights.delete(name);
    this.#highlights.clear();
    this.#painted.clear();
  }

  #highlight(name: string, priority: number): Highlight {
    let highlight = this.#highlights.get(name);
    if (highlight === undefined) {
      highlight = new Highlight();
      highlight.priority = priority;
      this.#highlights.set(name, highlight);
      this.#register();
    }
    return highlight;
  }

  /**
   * Registers by rising priority. WebKitGTK 2.50 loses the page (`subspan: __offset <= size()`) when, on one text,
   * a highlight registered later has to be sorted in below an earlier one.
   */
  #register(): void {
    const rising = [...this.#highlights].sort(([, a], [, b]) => a.priority - b.priority);
    for (const [name] of rising) CSS.highlights.delete(name);
    for (const [name, highlight] of rising) CSS.highlights.set(name, highlight);
  }
}
