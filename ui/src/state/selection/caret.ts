// A caret in the text: where a key press takes it, across turns, and what it selects on the way.
import type { Place, TurnView } from '$schemas/api';
import { lengthOf } from './places';
import { characterStart, nextCharacter, nextWordEnd, previousCharacter, previousWordStart } from './words';

type Turns = readonly Pick<TurnView, 'text'>[];

export interface Caret {
  at: Place;
  /** Where selecting began; null while nothing is selected. */
  anchor: Place | null;
}

export type CaretMove = 'left' | 'right' | 'up' | 'down' | 'home' | 'end';

export interface CaretPress {
  move: CaretMove;
  /** By words, or for home and end: the first and the last turn. */
  far: boolean;
  select: boolean;
}

const MOVES: { readonly [key in string]?: CaretMove } = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'home',
  End: 'end',
};

/** What a key press means to a caret; null when nothing. */
export function caretPress(
  press: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): CaretPress | null {
  const move = MOVES[press.key];
  if (move === undefined) return null;
  return { move, far: press.ctrlKey || press.metaKey || press.altKey, select: press.shiftKey };
}

/** The caret after a press. */
export function pressed(turns: Turns, caret: Caret, { move, far, select }: CaretPress): Caret {
  // Without Shift an arrow first leaves the selection, on the side it points to.
  if (!select && caret.anchor !== null && !far && (move === 'left' || move === 'right')) {
    const { at, anchor } = caret;
    const anchorFirst = anchor.turn < at.turn || (anchor.turn === at.turn && anchor.unit < at.unit);
    return { at: anchorFirst === (move === 'left') ? anchor : at, anchor: null };
  }
  const at = moved(turns, caret.at, move, far);
  return { at, anchor: select ? (caret.anchor ?? caret.at) : null };
}

function moved(turns: Turns, at: Place, move: CaretMove, far: boolean): Place {
  const text = turns[at.turn]?.text ?? '';
  const last = turns.length - 1;
  switch (move) {
    case 'left':
      if (at.unit === 0) return at.turn === 0 ? at : endOf(turns, at.turn - 1);
      return {
        turn: at.turn,
        unit: far ? previousWordStart(text, at.unit) : previousCharacter(text, at.unit),
      };
    case 'right':
      if (at.unit >= text.length) return at.turn >= last ? at : { turn: at.turn + 1, unit: 0 };
      return { turn: at.turn, unit: far ? nextWordEnd(text, at.unit) : nextCharacter(text, at.unit) };
    case 'up':
      return at.turn === 0 ? { turn: 0, unit: 0 } : within(turns, at.turn - 1, at.unit);
    case 'down':
      return at.turn >= last ? endOf(turns, last) : within(turns, at.turn + 1, at.unit);
    case 'home':
      return { turn: far ? 0 : at.turn, unit: 0 };
    case 'end':
      return endOf(turns, far ? last : at.turn);
  }
}

const endOf = (turns: Turns, turn: number): Place => ({ turn, unit: lengthOf(turns, turn) });

const within = (turns: Turns, turn: number, unit: number): Place => ({
  turn,
  unit: characterStart(turns[turn]?.text ?? '', unit),
});
