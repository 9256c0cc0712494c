// A waveform as the timeline shows it: one bar for every three pixels, whatever the length of the recording.
import type { Waveform } from '$schemas/api';

const BAR_PX = 2;
const STEP_PX = 3;
const LEAST_PX = 1;
/** Loudness is heard by ratios: a quiet voice shows too. */
const CURVE = 0.6;

interface Place {
  offsetMs: number;
  durationMs: number;
  widthPx: number;
}

/** How loud each bar is, 0 to 1; null where there is no recording. */
export function columns({ peaks, duration_ms }: Waveform, place: Place): (number | null)[] {
  const { offsetMs, durationMs, widthPx } = place;
  const count = Math.max(0, Math.floor(widthPx / STEP_PX));
  const msPerBar = (STEP_PX / widthPx) * durationMs;
  const at = (ms: number) => ((ms - offsetMs) / duration_ms) * peaks.length;
  return Array.from({ length: count }, (_, bar) => {
    const from = Math.floor(at(bar * msPerBar));
    const to = Math.max(from + 1, Math.floor(at((bar + 1) * msPerBar)));
    if (to <= 0 || from >= peaks.length) return null;
    let loudest = 0;
    for (let index = Math.max(0, from); index < Math.min(to, peaks.length); index += 1) {
      loudest = Math.max(loudest, peaks[index] ?? 0);
    }
    return (loudest / 255) ** CURVE;
  });
}

/** Paints the bars in the colour that the canvas has as text. */
export function paintColumns(
  canvas: HTMLCanvasElement,
  loud: readonly (number | null)[],
  ratio: number,
): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.scale(ratio, ratio);
  context.fillStyle = getComputedStyle(canvas).color;
  loud.forEach((each, bar) => {
    if (each === null) return;
    const tall = Math.max(LEAST_PX, each * (height - 2));
    context.fillRect(bar * STEP_PX, (height - tall) / 2, BAR_PX, tall);
  });
}
