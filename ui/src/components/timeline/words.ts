// What lies on the timeline, in words.
import type { ConflictView, MarkerView } from '$schemas/api';
import type { CodingState } from '../../state/coding.svelte';
import { findCode } from '../../state/coding/draw';
import { clock } from '../shared/time';
import { classWords, scoreWords } from '../transcript/words';

type Reads = Pick<CodingState, 'codebook' | 'markersOf' | 'verdictOf'>;

/** `25:07 complaint: activities + appeasing, significance 4, rupture, real relationship`. */
export function conflictWords(coding: Reads, conflict: ConflictView): string {
  const codes = coding.markersOf(conflict).map((marker) => shortOf(coding, marker));
  const parts: (string | null)[] = [
    `${clock(conflict.onset_ms ?? 0)} ${[...new Set(codes)].join(' + ')}`,
    scoreWords(conflict.significance),
    classWords(coding.verdictOf(conflict.id)),
    RELATIONSHIPS[conflict.relationship ?? 'none'],
  ];
  return parts.filter((part) => part !== null).join(', ');
}

export const repairWords = (coding: Pick<CodingState, 'codebook'>, marker: MarkerView): string =>
  `${clock(marker.start_ms)} ${shortOf(coding, marker)}, repair attempt`;

const shortOf = ({ codebook }: Pick<CodingState, 'codebook'>, { code }: MarkerView): string =>
  findCode(codebook, code)?.code.short ?? code;

const RELATIONSHIPS = {
  alliance: 'alliance',
  real: 'real relationship',
  both: 'alliance and real relationship',
  none: null,
} as const;
