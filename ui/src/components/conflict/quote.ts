// The words that a segment marks.
import type { SegmentView, TranscriptView } from '$schemas/api';
import { characterStart } from '../../state/selection/words';
import { clock } from '../shared/time';

/** So much of what was said is enough to know it by. */
const LONGEST = 200;

function cut(words: string): string {
  if (words.length <= LONGEST) return words;
  const blank = words.lastIndexOf(' ', LONGEST);
  return `${words.slice(0, blank > 0 ? blank : characterStart(words, LONGEST))}…`;
}

/** Text across turns is joined by a dash; a stretch of time says its times. */
export function quoteOf(segment: SegmentView, { turns }: Pick<TranscriptView, 'turns'>): string {
  if (segment.kind === 'whole') return 'the whole session';
  if (segment.kind === 'time') return `${clock(segment.start_ms)} to ${clock(segment.end_ms)}`;
  const { start, end } = segment;
  const parts = turns.slice(start.turn, end.turn + 1).map(({ text }, at) => {
    const to = start.turn + at === end.turn ? end.unit : text.length;
    return text.slice(at === 0 ? start.unit : 0, to).trim();
  });
  return cut(parts.filter((part) => part !== '').join(' – '));
}
