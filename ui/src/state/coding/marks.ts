// How a conflict or repair is drawn: the hue of its family, the shape of what is hurt, the fill of its class.
import type { ConflictView, Family, MarkerView, Verdict } from '$schemas/api';

export type Hue = 'withdrawal' | 'confrontation' | 'care' | 'repair' | 'mixed';
export type Shape = 'circle' | 'square' | 'rounded';
export type Fill = 'filled' | 'hollow' | 'dotted';

/** The hue of a marker, by its code's family. */
export function hueOfMarker(marker: Pick<MarkerView, 'kind' | 'code'>): Hue {
  return hueOfFamily({ kind: marker.kind, key: marker.code.split('/')[0] ?? '' });
}

/** The hue of a family of the codebook. */
export function hueOfFamily(family: Pick<Family, 'kind' | 'key'>): Hue {
  if (family.kind === 'repair') return 'repair';
  if (family.kind === 'other') return 'mixed';
  return family.key === 'withdrawal' || family.key === 'confrontation' ? family.key : 'care';
}

/** The hue of a conflict, by its mode. */
export const hueOfConflict = (conflict: Pick<ConflictView, 'mode'>): Hue =>
  conflict.mode === 'none' ? 'care' : conflict.mode;

/** Circle: alliance, or not said yet. Square: the real relationship. Rounded square: both. */
export function shapeOf(conflict: Pick<ConflictView, 'relationship'>): Shape {
  if (conflict.relationship === 'real') return 'square';
  return conflict.relationship === 'both' ? 'rounded' : 'circle';
}

/** Still to score: unscored under the rule, or without a significance where classes are not shown. */
export const isToScore = (conflict: Pick<ConflictView, 'significance'>, verdict: Verdict | null): boolean =>
  verdict === null ? conflict.significance === null : verdict.class === 'unscored';

/** Filled: rupture. Hollow: strain, or scored where classes are not shown. Dotted: unscored. */
export function fillOf(conflict: Pick<ConflictView, 'significance'>, verdict: Verdict | null): Fill {
  if (isToScore(conflict, verdict)) return 'dotted';
  return verdict?.class === 'rupture' ? 'filled' : 'hollow';
}
