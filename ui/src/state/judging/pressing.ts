// What a plain key means in each stage. While something is chosen, digits belong to the choice: one that it does not
// know is said to be unknown, and never becomes a significance.
import type { Code, Family, Score } from '$schemas/api';
import type { Judging } from '../judging.svelte';
import { DEPTHS, FACTORS, ORIGINS, RELATIONSHIPS, STRATEGIES, scoreOfDigit, type Stage } from './stages';

/** Which digits a choice knows, in words. */
const DIGITS: { readonly [stage in Stage]?: string } = {
  score: 'Significance is 1 to 5; 0 is “cannot judge”.',
  factors: 'A factor is 1 to 5; 0 is “cannot judge”.',
  relationship: 'The relationship is 1 to 3, or A, R, B; 0 takes it back.',
  elements: 'No element that fits the relationship has this number; Esc is done.',
  origin: 'The origin is 1 to 6; 0 takes it back.',
  depth: 'Depth is 1 or 2; 0 takes it back.',
  strategy: 'Strategy is 1 or 2; 0 takes it back.',
  join: 'No conflict has this number. Esc steps back.',
};

/** Takes a key by its name; true when it meant something. */
export function press(judging: Judging, families: readonly Family[], key: string): boolean {
  const { stage } = judging;
  if (stage === 'code') return pressCode(judging, key);
  if (stage === 'recode') return pressRecode(judging, families, key);
  if (stage !== 'idle' && pressChoice(judging, key)) return true;
  const family = families.find((each) => each.letter === key);
  if (family !== undefined) return judging.chooseFamily(family);
  const score = stage === 'idle' && judging.conflict !== null ? scoreOfDigit(key) : null;
  if (score !== null) judging.score(score);
  return score !== null;
}

/** A stage that asks for something: true when the key answers, or is a digit, which is nobody else's. */
function pressChoice(judging: Judging, key: string): boolean {
  if (answers(judging, key)) return true;
  if (!/^\d$/.test(key)) return false;
  judging.notice = DIGITS[judging.stage] ?? null;
  return true;
}

function answers(judging: Judging, key: string): boolean {
  switch (judging.stage) {
    case 'score':
      return scored(key, (score) => judging.score(score));
    case 'factors':
      return scored(key, (score) => judging.setFactor(FACTORS[judging.factor] ?? 'intensity', score));
    case 'relationship':
      return one(key, RELATIONSHIPS, (to) => judging.setRelationship(to), initial);
    case 'origin':
      return one(key, ORIGINS, (to) => judging.setOrigin(to));
    case 'depth':
      return one(key, DEPTHS, (to) => judging.setDepth(to));
    case 'strategy':
      return one(key, STRATEGIES, (to) => judging.setStrategy(to));
    case 'elements':
      if (key === 'Enter') return judging.back();
      return element(judging, key);
    case 'join':
      return among(key, judging.joinable, (target) => void judging.chooseJoin(target.id));
    default:
      return false;
  }
}

/** Each element keeps its number, whichever are offered. */
function element(judging: Judging, key: string): boolean {
  const chosen = judging.elements.find(({ digit }) => String(digit) === key);
  if (chosen !== undefined) judging.toggleElement(chosen.element);
  return chosen !== undefined;
}

function pressCode(judging: Judging, key: string): boolean {
  const { family } = judging;
  if (key === 'ArrowDown' || key === 'ArrowUp') return judging.point(key === 'ArrowDown' ? 1 : -1);
  if (key === 'Enter' && judging.pointed !== null) return tag(judging, judging.pointed);
  const code = family?.codes.find((each) => each.letter === key);
  if (code !== undefined) return tag(judging, code);
  const isSign = key.length === 1 && /[\p{L}\p{N}]/u.test(key);
  if (isSign) judging.notice = `${family?.name ?? 'This family'} has no code with ${key}. Esc steps back.`;
  return isSign;
}

function pressRecode(judging: Judging, families: readonly Family[], key: string): boolean {
  if (judging.family !== null) return pressCode(judging, key);
  const family = families.find((each) => each.letter === key);
  if (family !== undefined) return judging.chooseFamily(family);
  judging.notice = 'First the letter of a family, then the letter of the code.';
  return key.length === 1;
}

function tag(judging: Judging, code: Code): true {
  judging.tag(code);
  return true;
}

function scored(key: string, then: (score: Score) => void): boolean {
  const score = scoreOfDigit(key);
  if (score !== null) then(score);
  return score !== null;
}

/** One of a few by its number, from 1. */
function among<Value>(key: string, values: readonly Value[], then: (value: Value) => void): boolean {
  const value = /^[1-9]$/.test(key) ? values[Number(key) - 1] : undefined;
  if (value !== undefined) then(value);
  return value !== undefined;
}

/** The same, or by a sign of its own; 0 takes it back. */
function one<Value>(
  key: string,
  values: readonly Value[],
  then: (value: Value | null) => void,
  signOf?: (value: Value) => string,
): boolean {
  if (key === '0') {
    then(null);
    return true;
  }
  const signed = values.find((value) => signOf?.(value) === key);
  if (signed === undefined) return among(key, values, then);
  then(signed);
  return true;
}

const initial = (word: string) => word.charAt(0).toUpperCase();
