// Names and explanations from the codebook for what is judged, and times as they are said.
import type { Anchor, Codebook, Score, Term } from '$schemas/api';

/** A word as it stands inside a line: `Working bond` becomes `working bond`. */
export const lower = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** A key as words: `cannot-tell` becomes `cannot tell`. */
export const nameOf = (key: string): string => key.replaceAll('-', ' ');

export const termOf = (codebook: Codebook, key: string): Term | null =>
  codebook.terms.find((term) => term.key === key) ?? null;

/** The name of a term, or `fallback` in words where a lab's codebook leaves it out. */
export const termName = (codebook: Codebook, key: string, fallback: string): string =>
  termOf(codebook, key)?.name ?? nameOf(fallback);

export const termText = (codebook: Codebook, key: string): string => termOf(codebook, key)?.text ?? '';

export const scaleOf = (codebook: Codebook, key: string) =>
  codebook.scales.find((scale) => scale.key === key) ?? null;

/** `4 considerable` */
export function scoreName(score: Score, anchors: Anchor[]): string {
  if (score === 'cannot-judge') return 'cannot judge';
  const anchor = anchors.find(({ value }) => value === score);
  return anchor === undefined ? String(score) : `${score} ${anchor.label}`;
}

/** A score in a list: `4`, `?` for "cannot judge", nothing where none was given. */
export function scoreSign(score: Score | null): string {
  if (score === null) return '';
  return score === 'cannot-judge' ? '?' : String(score);
}

/** How long, as `0:24`. */
export function lasting(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
