// Where the focus goes when a menu or the palette closes: back to the work, where every key counts.

/** Puts the focus on the transcript, instead of where a closing part would put it. */
export function returnToWork(event: Event): void {
  const transcript = document.querySelector<HTMLElement>('[data-testid="transcript"]');
  if (transcript === null) return;
  event.preventDefault();
  transcript.focus({ preventScroll: true });
}
