// One Tab stop for a row of buttons: the arrow keys move among them, digits choose a score.
import type { Score } from '$schemas/api';
import { scoreOfDigit } from '../../state/judging/stages';

/** Lets arrow keys, Home and End move the focus among the buttons in `node`. */
export function roving(node: HTMLElement): () => void {
  const moved = (event: KeyboardEvent) => {
    const buttons = [...node.querySelectorAll<HTMLButtonElement>('button:not(:disabled)')];
    const here = buttons.findIndex((each) => each === node.ownerDocument.activeElement);
    const next = nextOf(event.key, here, buttons.length);
    if (here < 0 || next === null) return;
    event.preventDefault();
    event.stopPropagation();
    buttons[next]?.focus();
  };
  node.addEventListener('keydown', moved);
  return () => node.removeEventListener('keydown', moved);
}

function nextOf(key: string, here: number, count: number): number | null {
  if (key === 'ArrowRight' || key === 'ArrowDown') return Math.min(here + 1, count - 1);
  if (key === 'ArrowLeft' || key === 'ArrowUp') return Math.max(here - 1, 0);
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : null;
}

/** Gives digits to the row that has the focus, before they mean the significance. */
export function digits(choose: (score: Score) => void): (node: HTMLElement) => () => void {
  return (node) => {
    const pressed = (event: KeyboardEvent) => {
      const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
      const score = plain ? scoreOfDigit(event.key) : null;
      if (score === null) return;
      event.preventDefault();
      event.stopPropagation();
      choose(score);
    };
    node.addEventListener('keydown', pressed);
    return () => node.removeEventListener('keydown', pressed);
  };
}
