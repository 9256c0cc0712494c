// What chips and marks are called in full, for tooltips and for who listens to the screen.
import type { ConflictView, MarkerView, Score, Verdict } from '$schemas/api';
import type { FoundCode } from '../../state/coding/draw';

export const scoreWords = (score: Score | null): string => {
  if (score === null) return 'not scored';
  return score === 'cannot-judge' ? 'significance cannot be judged' : `significance ${score}`;
};

export const classWords = (verdict: Verdict | null): string | null => {
  if (verdict === null) return null;
  return verdict.class === 'unscored' ? 'to score' : verdict.class;
};

/** `Denial, withdrawal, significance 2, strain, possible, to discuss, with a note`. */
export function chipName(
  marker: MarkerView,
  found: FoundCode | null,
  conflict: ConflictView | null,
  verdict: Verdict | null,
): string {
  const parts: (string | null)[] = [
    found?.code.name ?? marker.code,
    found?.family.name.toLowerCase() ?? null,
    conflict === null ? null : scoreWords(conflict.significance),
    conflict === null ? null : classWords(verdict),
    conflict !== null && conflict.markers.length > 1 ? `one of ${conflict.markers.length} markers` : null,
    marker.clarity === 'clear' ? null : marker.clarity,
    marker.discuss ? 'to discuss' : null,
    marker.note === '' ? null : 'with a note',
  ];
  return parts.filter((part) => part !== null).join(', ');
}
