// On which lane a conflict lies: by its class where classes are shown, else by whether it is scored.
import type { ConflictView, Verdict } from '$schemas/api';
import { isToScore } from '../../state/coding/marks';

export type Lane = 'ruptures' | 'strains' | 'conflicts' | 'to-score' | 'repair';

export interface LaneRow {
  lane: Lane;
  label: string;
}

export const CLASS_LANES: readonly LaneRow[] = [
  { lane: 'ruptures', label: 'ruptures' },
  { lane: 'strains', label: 'strains' },
  { lane: 'to-score', label: 'to score' },
  { lane: 'repair', label: 'repair' },
];

export const MASKED_LANES: readonly LaneRow[] = [
  { lane: 'conflicts', label: 'conflicts' },
  { lane: 'to-score', label: 'to score' },
  { lane: 'repair', label: 'repair' },
];

export function laneOf(conflict: Pick<ConflictView, 'significance'>, verdict: Verdict | null): Lane {
  if (isToScore(conflict, verdict)) return 'to-score';
  if (verdict === null) return 'conflicts';
  return verdict.class === 'rupture' ? 'ruptures' : 'strains';
}
