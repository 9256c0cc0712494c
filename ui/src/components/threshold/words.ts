// How the parts of a rule are called on the screen.
import type {
  Class,
  Combine,
  Condition,
  DecidedBy,
  Factor,
  Mode,
  Relationship,
  Rule,
  ThresholdSource,
} from '$schemas/api';

export const FACTORS: readonly Factor[] = ['intensity', 'centrality', 'endangerment'];

export const COMBINE: readonly { value: Combine; label: string }[] = [
  { value: 'mean', label: 'mean' },
  { value: 'median', label: 'middle one' },
  { value: 'min', label: 'lowest' },
  { value: 'max', label: 'highest' },
  { value: 'weighted', label: 'weighted mean' },
];

export const CLASSES: readonly { value: Class; one: string; many: string }[] = [
  { value: 'rupture', one: 'rupture', many: 'ruptures' },
  { value: 'strain', one: 'strain', many: 'strains' },
  { value: 'unscored', one: 'unscored', many: 'unscored' },
];

/** In the order in which the core counts them. */
export const MODES: readonly Mode[] = ['withdrawal', 'confrontation', 'mixed', 'none'];

export const MODE_WORDS: Record<Mode, string> = {
  withdrawal: 'withdrawal',
  confrontation: 'confrontation',
  mixed: 'mixed',
  none: 'no mode',
};

export const relationshipWords = (relationship: Relationship | null): string => {
  if (relationship === null) return 'relationship not set';
  return { alliance: 'alliance', real: 'real relationship', both: 'both' }[relationship];
};

export const CLAUSE_WORDS: Record<DecidedBy, string> = {
  definition: 'definition of the real relationship',
  missing: 'a score is missing',
  floor: 'below a floor',
  tended: 'settled, merely tended',
  override: 'the cut of an exception',
  cut: 'the cut',
};

/** `origin mismatch, confrontation`; `every conflict` where nothing is named. */
export function conditionWords(when: Condition): string {
  const parts = [
    when.relationship === undefined ? null : relationshipWords(when.relationship),
    when.mode === undefined ? null : MODE_WORDS[when.mode],
    when.origin === undefined ? null : `origin: ${when.origin.replaceAll('-', ' ')}`,
    when.code === undefined ? null : when.code.split('/').at(-1)?.replaceAll('-', ' '),
    when.actor === undefined ? null : `by ${when.actor}`,
  ].filter((part) => part != null);
  return parts.length === 0 ? 'every conflict' : parts.join(', ');
}

/** `significance`, `mean of factors`. */
export function scoreWords(rule: Rule): string {
  if (rule.score.from === 'significance') return 'significance';
  return {
    mean: 'mean of factors',
    median: 'middle factor',
    min: 'lowest factor',
    max: 'highest factor',
    weighted: 'weighted mean of factors',
  }[rule.score.combine];
}

/** Up to two decimals, no more than are needed. */
export const number = (value: number): string => String(Math.round(value * 100) / 100).replace('-', '−');

/** One string for each source. */
export const sourceKey = (source: ThresholdSource): string =>
  source.kind === 'of-record' ? 'of-record' : `${source.purpose} ${source.rater_id}`;
