// The marks of the timeline are painted, not built of elements: there may be a thousand, and each tag paints them anew.
import type { Fill, Hue, Shape } from '../../state/coding/marks';
import type { Lane } from './lanes';
import { percentAt } from './scale';

export interface LaneMark {
  lane: Lane;
  hue: Hue;
  shape: Shape | 'pill';
  fill: Fill;
  fromMs: number;
  /** Where the thin line ends of a conflict that several markers show. */
  toMs: number | null;
}

export interface Ground {
  widthPx: number;
  heightPx: number;
  durationMs: number;
  /** Where the middle of each lane lies, in px from above. */
  lanes: ReadonlyMap<Lane, number>;
}

/** As `Mark` draws them, of 0.75 rem. */
const SIDE_REM = 0.75;
const STROKE_PX = 2;
const LINE_PX = 1.5;
const PILL = 0.6;
const HUES: readonly Hue[] = ['withdrawal', 'confrontation', 'care', 'repair', 'mixed'];

/** How marks look at one size and in one theme: each kind is drawn once and then only copied. */
export class Stamps {
  readonly #colours: ReadonlyMap<Hue, string>;
  readonly #sidePx: number;
  readonly #ratio: number;
  readonly #made = new Map<string, HTMLCanvasElement>();

  constructor(colours: ReadonlyMap<Hue, string>, remPx: number, ratio: number) {
    this.#colours = colours;
    this.#sidePx = Math.ceil(remPx * SIDE_REM);
    this.#ratio = ratio;
  }

  /** Paints `marks` where they belong, in their order, on a canvas of the ground's size. */
  paint(canvas: HTMLCanvasElement, marks: readonly LaneMark[], ground: Ground): void {
    const { widthPx, heightPx, durationMs, lanes } = ground;
    canvas.width = Math.round(widthPx * this.#ratio);
    canvas.height = Math.round(heightPx * this.#ratio);
    const context = canvas.getContext('2d');
    if (context === null) return;
    context.scale(this.#ratio, this.#ratio);
    const placed = marks.map((mark) => ({
      mark,
      x: (percentAt(mark.fromMs, durationMs) / 100) * widthPx,
      y: lanes.get(mark.lane) ?? 0,
    }));
    for (const { mark, x, y } of placed) {
      if (mark.toMs === null) continue;
      const end = (percentAt(mark.toMs, durationMs) / 100) * widthPx;
      context.fillStyle = this.#colourOf(mark.hue);
      context.fillRect(x, y - LINE_PX / 2, Math.max(0, end - x), LINE_PX);
    }
    const side = this.#sidePx;
    for (const { mark, x, y } of placed) {
      context.drawImage(this.#of(mark), x - side / 2, y - side / 2, side, side);
    }
  }

  #colourOf(hue: Hue): string {
    return this.#colours.get(hue) ?? '';
  }

  #of({ hue, shape, fill }: LaneMark): HTMLCanvasElement {
    const name = `${hue} ${shape} ${fill}`;
    let stamp = this.#made.get(name);
    if (stamp === undefined) {
      stamp = document.createElement('canvas');
      stamp.width = stamp.height = Math.ceil(this.#sidePx * this.#ratio);
      const context = stamp.getContext('2d');
      if (context !== null)
        drawStamp(context, stamp.width, this.#ratio, { shape, fill }, this.#colourOf(hue));
      this.#made.set(name, stamp);
    }
    return stamp;
  }
}

function drawStamp(
  context: CanvasRenderingContext2D,
  side: number,
  ratio: number,
  { shape, fill }: Pick<LaneMark, 'shape' | 'fill'>,
  colour: string,
): void {
  const stroke = STROKE_PX * ratio;
  const [width, height] = [side - stroke, (shape === 'pill' ? side * PILL : side) - stroke];
  const corner = { circle: width / 2, pill: height / 2, square: ratio, rounded: side * 0.28 }[shape];
  context.beginPath();
  context.roundRect((side - width) / 2, (side - height) / 2, width, height, corner);
  context.strokeStyle = context.fillStyle = colour;
  context.lineWidth = stroke;
  if (fill === 'filled') context.fill();
  if (fill === 'dotted') context.setLineDash([stroke, stroke * 1.25]);
  context.stroke();
}

/** The colours of the families as they are where `element` stands. */
export function coloursAt(element: HTMLElement): Map<Hue, string> {
  const colours = new Map<Hue, string>();
  for (const hue of HUES) {
    element.style.color = `var(--${hue})`;
    colours.set(hue, getComputedStyle(element).color);
  }
  element.style.color = '';
  return colours;
}
