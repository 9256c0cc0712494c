// Finding a code by its name, its definition or its examples.
import type { Code, Codebook, Family } from '$schemas/api';

export interface Found {
  family: Family;
  code: Code;
}

const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .replaceAll('’', "'")
    .toLowerCase();

/** Codes that hold every word of `query`: those with it in the name first, then in the definition, then elsewhere. */
export function searchCodes(codebook: Codebook, query: string): Found[] {
  const words = plain(query)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const ranked = codebook.families.flatMap((family) =>
    family.codes.map((code) => ({ family, code, rank: rankOf(family, code, words) })),
  );
  return ranked.filter(({ rank }) => rank < NOT).sort((a, b) => a.rank - b.rank);
}

const NOT = 3;

/** 0: in the name; 1: in the definition too; 2: in examples and boundaries too; `NOT`: nowhere. */
function rankOf(family: Family, code: Code, words: string[]): number {
  const layers = [
    `${code.name} ${code.short}`,
    `${family.name} ${code.definition}`,
    [...code.examples, ...code.not_this].join(' '),
  ];
  const rank = layers.findIndex((_, at) => {
    const text = plain(layers.slice(0, at + 1).join(' '));
    return words.every((word) => text.includes(word));
  });
  return rank < 0 ? NOT : rank;
}
