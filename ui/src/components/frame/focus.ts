// Where the focus goes when a menu or the palette closes: back to the work, where every key counts.

/** Puts the focus on the transcript or the disagreements, instead of where a closing part would put it. */
export function returnToWork(event: Event): void {
  const work = document.querySelector<HTMLElement>('[data-testid="transcript"], [data-work]');
  if (work === null) return;
  event.preventDefault();
  work.focus({ preventScroll: true });
}
