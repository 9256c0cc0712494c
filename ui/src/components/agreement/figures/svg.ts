// Drawings as files: plain SVG that needs no stylesheet, black on white, as papers print it. The PNG is the same
// drawing, at three times its size.

export const INK = '#1d1c1a';
export const SECOND = '#5d5950';
export const LINE = '#d8d3ca';
export const PAPER = '#ffffff';
const FONT = 'Inter, Helvetica, Arial, sans-serif';

type Attributes = Record<string, string | number>;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export function element(name: string, attributes: Attributes, ...inside: string[]): string {
  const said = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? round(value) : escaped(value)}"`)
    .join('');
  return inside.length === 0 ? `<${name}${said}/>` : `<${name}${said}>${inside.join('')}</${name}>`;
}

export const text = (words: string, x: number, y: number, more: Attributes = {}): string =>
  element('text', { x, y, fill: INK, 'font-size': 12, ...more }, escaped(words));

/** The whole drawing. */
export const drawing = (width: number, height: number, title: string, parts: string[]): string =>
  element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${round(width)} ${round(height)}`,
      'font-family': FONT,
      role: 'img',
      'aria-label': title,
    },
    element('title', {}, escaped(title)),
    element('rect', { width, height, fill: PAPER }),
    ...parts,
  );

/** A mix of ink and paper, `share` percent ink. */
export function grey(share: number): string {
  const part = (at: number) =>
    Math.round(
      (Number.parseInt(INK.slice(at, at + 2), 16) * share +
        Number.parseInt(PAPER.slice(at, at + 2), 16) * (100 - share)) /
        100,
    )
      .toString(16)
      .padStart(2, '0');
  return `#${part(1)}${part(3)}${part(5)}`;
}

const round = (value: number): string => String(Math.round(value * 100) / 100);

const SHARPNESS = 3;

export const bytesOf = (svg: string): Promise<Uint8Array> => Promise.resolve(new TextEncoder().encode(svg));

/** The drawing as a PNG. */
export async function pngOf(svg: string): Promise<Uint8Array> {
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await picture.decode();
  const canvas = document.createElement('canvas');
  canvas.width = picture.naturalWidth * SHARPNESS;
  canvas.height = picture.naturalHeight * SHARPNESS;
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (blob === null) throw new Error('the picture could not be made');
  return new Uint8Array(await blob.arrayBuffer());
}
