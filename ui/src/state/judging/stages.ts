// The stages of the tag flow, and the fixed orders in which keys choose among words of the codebook.
import type {
  Actor,
  Addressed,
  Clarity,
  Depth,
  Element,
  FailedCare,
  Origin,
  PainfulAffect,
  Relationship,
  Score,
  Settled,
  Strategy,
} from '$schemas/api';

/** What the next key means. `recode` chooses a family or code for the marker that is there. */
export type Stage =
  | 'idle'
  | 'code'
  | 'recode'
  | 'score'
  | 'factors'
  | 'relationship'
  | 'elements'
  | 'origin'
  | 'depth'
  | 'strategy'
  | 'join';

export type FactorKey = 'intensity' | 'centrality' | 'endangerment';

export const FACTORS: readonly FactorKey[] = ['intensity', 'centrality', 'endangerment'];
export const SCORES = [1, 2, 3, 4, 5] as const satisfies readonly Score[];
export const ACTORS: readonly Actor[] = ['patient', 'therapist', 'both'];
export const CLARITIES: readonly Clarity[] = ['clear', 'possible', 'faint'];
export const RELATIONSHIPS: readonly Relationship[] = ['alliance', 'real', 'both'];
export const ELEMENTS: readonly Element[] = [
  'goals',
  'tasks',
  'working-bond',
  'realism',
  'genuineness',
  'personal-bond',
];
export const ORIGINS: readonly Origin[] = [
  'technical-error',
  'failure-of-humanness',
  'resistance-or-transference',
  'mismatch',
  'mixed',
  'unclear',
];
export const ADDRESSED: readonly Addressed[] = ['yes', 'no'];
export const SETTLED: readonly Settled[] = ['yes', 'no', 'cannot-tell'];
export const FAILED_CARE: readonly FailedCare[] = ['yes', 'no', 'unclear'];
export const PAINFUL_AFFECT: readonly PainfulAffect[] = ['shown', 'inferred', 'not-seen'];
export const DEPTHS: readonly Depth[] = ['surface', 'underlying'];
export const STRATEGIES: readonly Strategy[] = ['immediate', 'expressive'];

/** The score that a digit gives: 1 to 5, 0 for "cannot judge". */
export function scoreOfDigit(key: string): Score | null {
  if (key === '0') return 'cannot-judge';
  return SCORES.find((score) => String(score) === key) ?? null;
}

/** The one after `value`; the first after the last, or `null` after the last where taking back is possible. */
export function after<Value>(values: readonly Value[], value: Value | null, end: null): Value | null;
export function after<Value>(values: readonly Value[], value: Value | null, end: 'first'): Value | undefined;
export function after<Value>(
  values: readonly Value[],
  value: Value | null,
  end: null | 'first',
): Value | null | undefined {
  const next = value === null ? 0 : values.indexOf(value) + 1;
  return values[next] ?? (end === null ? null : values[0]);
}
