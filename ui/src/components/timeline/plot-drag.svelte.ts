// The mouse on the timeline: a press or a drag seeks; with Alt, or on the strip of times, a drag marks a stretch.
import { momentAt } from './scale';

/** Further than so many pixels, and a press has become a drag. */
const DRAG_PX = 3;

export interface Stretch {
  startMs: number;
  endMs: number;
}

export interface PlotDragOptions {
  widthPx: () => number;
  durationMs: number;
  seek: (ms: number) => void;
  /** A stretch was drawn to its end. */
  mark: (stretch: Stretch) => void;
}

interface Drag {
  pointer: number;
  fromPx: number;
  stretches: boolean;
  far: boolean;
}

export class PlotDrag {
  /** What is being marked, while it is. */
  stretch: Stretch | null = $state.raw(null);
  #drag: Drag | null = null;
  readonly #options: PlotDragOptions;

  constructor(options: PlotDragOptions) {
    this.#options = options;
  }

  press(event: PointerEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    const plot = event.currentTarget;
    if (!(plot instanceof Element) || event.button !== 0 || target?.closest('button') != null) return;
    const stretches = event.altKey || target?.closest('.times') != null;
    this.#drag = { pointer: event.pointerId, fromPx: pxOf(event), stretches, far: false };
    plot.setPointerCapture(event.pointerId);
    if (!stretches) this.#seek(pxOf(event));
    event.preventDefault();
  }

  move(event: PointerEvent): void {
    const drag = this.#drag;
    if (drag?.pointer !== event.pointerId) return;
    const px = pxOf(event);
    drag.far ||= Math.abs(px - drag.fromPx) > DRAG_PX;
    if (!drag.stretches) this.#seek(px);
    else if (drag.far) {
      const [from, to] = [this.#msAt(drag.fromPx), this.#msAt(px)];
      this.stretch = { startMs: Math.min(from, to), endMs: Math.max(from, to) };
    }
  }

  release(event: PointerEvent): void {
    const drag = this.#drag;
    if (drag?.pointer !== event.pointerId) return;
    if (this.stretch !== null) this.#options.mark(this.stretch);
    else if (drag.stretches) this.#seek(drag.fromPx);
    this.#drag = null;
    this.stretch = null;
  }

  #seek(px: number): void {
    this.#options.seek(this.#msAt(px));
  }

  #msAt(px: number): number {
    return momentAt(px, this.#options.widthPx(), this.#options.durationMs);
  }
}

function pxOf({ currentTarget, clientX }: PointerEvent): number {
  return currentTarget instanceof Element ? clientX - currentTarget.getBoundingClientRect().left : 0;
}
