// How the long transcript is laid out: blocks of turns, and where windows begin.
import type { TurnView } from '$schemas/api';
import type { Stretch } from '../../state/player.svelte';

/** Layout cost stays with the block that changed; blocks out of view are not laid out at all. */
export const BLOCK = 50;

/** A line of the text column holds about so many characters, and is so high. */
const CHARACTERS_A_LINE = 66;
const LINE_REM = 1.65;
const PADDING_REM = 0.625;

/** How much of a block is on the page: an empty place, its words, or all that stands around them too. */
export type Stage = 'empty' | 'words' | 'full';

export interface Block {
  first: number;
  turns: readonly TurnView[];
  /** Height before it is laid out, estimated, in rem. */
  heightRem: number;
}

export function blocksOf(turns: readonly TurnView[]): Block[] {
  const blocks: Block[] = [];
  for (let first = 0; first < turns.length; first += BLOCK) {
    const part = turns.slice(first, first + BLOCK);
    const heightRem = part.reduce((sum, { text }) => sum + heightOf(text), 0);
    blocks.push({ first, turns: part, heightRem });
  }
  return blocks;
}

const heightOf = (text: string): number =>
  Math.max(1, Math.ceil(text.length / CHARACTERS_A_LINE)) * LINE_REM + PADDING_REM;

export type NumberedWindow = Stretch & { number: number };

/** The window that begins between turn `index` and the one before it, or with the first turn; null where none does. */
export function windowStart(
  turns: readonly Pick<TurnView, 'start_ms'>[],
  index: number,
  windowMs: number,
  durationMs: number,
): NumberedWindow | null {
  const here = turns[index]?.start_ms;
  const before = turns[index - 1]?.start_ms;
  if (windowMs <= 0 || here === undefined) return null;
  const at = Math.floor(here / windowMs);
  if (before !== undefined && at <= Math.floor(before / windowMs)) return null;
  const startMs = at * windowMs;
  return { startMs, endMs: Math.min(startMs + windowMs, durationMs), number: at + 1 };
}
