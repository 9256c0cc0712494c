// What comes after a frame has been painted.

/** Calls `then` once the next frame is painted; the answer calls it off. */
export function afterPaint(then: () => void): () => void {
  let frame = requestAnimationFrame(() => (frame = requestAnimationFrame(then)));
  return () => cancelAnimationFrame(frame);
}
