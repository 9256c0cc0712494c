// What the next key does, in words: the strip under the turn and the foot of the card.
import type { Code, Codebook, Element, Family, MarkerView } from '$schemas/api';
import { DEPTHS, FACTORS, ORIGINS, RELATIONSHIPS, STRATEGIES, type Stage } from './stages';
import { lower, nameOf, termName } from './words';

/** One or several keys (apart by a space), and what they do. */
export interface Hint {
  key: string;
  label: string;
}

export interface HintState {
  stage: Stage;
  family: Family | null;
  factor: number;
  codebook: Codebook;
  marker: MarkerView | null;
  /** There is a conflict before the active one. */
  mayJoin: boolean;
  /** Chords of the actions, as this machine has them. */
  chord: (
    action: 'join' | 'factors' | 'relationship' | 'addressed' | 'settled' | 'depth' | 'clarity',
  ) => string;
  joinable: { name: string }[];
  /** Elements to choose among, with their numbers. */
  elements: readonly { element: Element; digit: number }[];
}

const BACK: Hint = { key: 'Esc', label: 'back' };
const SCORE: Hint[] = [
  { key: '1–5', label: 'significance' },
  { key: '0', label: 'cannot judge' },
];

export function hintsOf(state: HintState): Hint[] {
  const { codebook } = state;
  switch (state.stage) {
    case 'idle':
      return [...families(codebook), ...(state.mayJoin ? [{ key: state.chord('join'), label: 'join' }] : [])];
    case 'code':
      return [...codes(state.family?.codes ?? []), BACK];
    case 'recode':
      return [...(state.family === null ? families(codebook) : codes(state.family.codes)), BACK];
    case 'score':
      return [
        ...SCORE,
        ...(state.mayJoin ? [{ key: state.chord('join'), label: 'join' }] : []),
        { key: state.chord('factors'), label: 'factors' },
        { key: state.chord('relationship'), label: 'relationship' },
      ];
    case 'factors':
      return [
        { key: '1–5', label: nameOf(FACTORS[state.factor] ?? 'intensity') },
        { key: '0', label: 'cannot judge' },
        BACK,
      ];
    case 'relationship':
      return [
        ...RELATIONSHIPS.map((each) => ({
          key: each.charAt(0).toUpperCase(),
          label: term(codebook, 'relationship', each),
        })),
        BACK,
      ];
    case 'elements':
      return [
        ...state.elements.map(({ element, digit }) => ({
          key: String(digit),
          label: term(codebook, 'element', element),
        })),
        { key: 'Esc', label: 'done' },
      ];
    case 'origin':
      return [...numbered(codebook, 'origin', ORIGINS), BACK];
    case 'depth':
      return [...numbered(codebook, 'depth', DEPTHS), BACK];
    case 'strategy':
      return [...numbered(codebook, 'strategy', STRATEGIES), BACK];
    case 'join':
      return [
        ...state.joinable.slice(0, 9).map(({ name }, at) => ({ key: String(at + 1), label: name })),
        BACK,
      ];
  }
}

const codes = (list: Code[]): Hint[] => list.map(({ letter, short }) => ({ key: letter, label: short }));

/** The families' letters; those of repair stand together. */
function families({ families: list }: Codebook): Hint[] {
  const repairs = list.filter((family) => family.kind === 'repair');
  const others = list.filter((family) => family.kind !== 'repair');
  const hints = others.map(({ letter, name }) => ({ key: letter, label: lower(name) }));
  if (repairs.length === 0) return hints;
  return [...hints, { key: repairs.map(({ letter }) => letter).join(' '), label: 'repair' }];
}

const term = (codebook: Codebook, group: string, key: string) =>
  lower(termName(codebook, `${group}/${key}`, key));

const numbered = (codebook: Codebook, group: string, keys: readonly string[]): Hint[] =>
  keys.map((key, at) => ({ key: String(at + 1), label: term(codebook, group, key) }));
