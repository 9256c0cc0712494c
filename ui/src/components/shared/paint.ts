// What comes after a frame has been painted.

/** Calls `then` once the next frame is painted; the answer calls it off. */
export function afterPaint(then: () => void): () => void {
  let frame = requestAnimationFrame(() => (frame = requestAnimationFrame(then)));
  return () => cancelAnimationFrame(frame);
}

/** Calls `step` once the next frame is painted and with each frame from then on, until it says false; the answer ends it. */
export function frameByFrame(step: () => boolean): () => void {
  let end = afterPaint(function next() {
    if (!step()) return;
    const frame = requestAnimationFrame(next);
    end = () => cancelAnimationFrame(frame);
  });
  return () => end();
}
