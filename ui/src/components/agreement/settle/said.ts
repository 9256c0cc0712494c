// What one original has to an item, in short: names of its codes, its score, and what else it says.
import type {
  Codebook,
  ConflictView,
  ConsensusItem,
  ItemMember,
  MarkerView,
  WindowRating,
} from '$schemas/api';
import { nameOf, scoreSign } from '../../../state/judging/words';

/** `complaint: activities, appeasing`; what is rated, for windows; what is not there, in words. */
export function namesOf(member: ItemMember, codebook: Codebook): string {
  if (!member.marked) return member.seen ? 'nothing' : 'not seen';
  if (member.window !== null)
    return member.window.nothing_here === true ? 'nothing here' : ratingsOf(member.window, codebook);
  if (member.rating !== null) return member.rating === 'cannot-judge' ? 'cannot judge' : 'rated';
  return codesOf(member.markers, codebook);
}

export function codesOf(markers: readonly Pick<MarkerView, 'code'>[], codebook: Codebook): string {
  const codes = codebook.families.flatMap((family) => family.codes);
  const names = markers.map(({ code }) => codes.find((each) => each.key === code)?.short ?? code);
  return [...new Set(names)].join(', ');
}

const ratingsOf = (window: WindowRating, codebook: Codebook): string =>
  Object.entries(window.ratings)
    .map(
      ([key, score]) =>
        `${codebook.ratings.find((each) => each.key === key)?.name ?? key} ${scoreSign(score)}`,
    )
    .join(', ');

export const scoreOf = (member: ItemMember): string =>
  scoreSign(member.rating ?? member.conflict?.significance ?? null);

export interface Differing {
  label: string;
  /** One for each original that has something there. */
  values: string[];
}

const NOT_SAID = '–';

/** Rows of what a conflict says beside its significance, in words. */
function rowsOf(conflict: ConflictView): [string, string][] {
  const said = (value: string | null | undefined) => (value == null ? NOT_SAID : nameOf(value));
  const score = (value: ConflictView['significance'] | undefined) =>
    value == null ? NOT_SAID : scoreSign(value);
  return [
    ['intensity', score(conflict.factors.intensity)],
    ['centrality', score(conflict.factors.centrality)],
    ['endangerment', score(conflict.factors.endangerment)],
    ['relationship', said(conflict.relationship)],
    ['elements', conflict.elements.length === 0 ? NOT_SAID : conflict.elements.map(nameOf).join(', ')],
    ['origin', said(conflict.origin)],
    ['failed care', said(conflict.failed_care)],
    ['painful affect', said(conflict.painful_affect)],
    ['addressed', said(conflict.addressed)],
    ['settled', said(conflict.settled)],
  ];
}

const rowsOfMarker = (marker: MarkerView): [string, string][] => [
  ['actor', nameOf(marker.actor)],
  ['clarity', nameOf(marker.clarity)],
  ['depth', marker.depth === null ? NOT_SAID : nameOf(marker.depth)],
  ['strategy', marker.strategy === null ? NOT_SAID : nameOf(marker.strategy)],
];

/** What else the originals say otherwise: only rows in which they differ. */
export function differing(item: ConsensusItem): Differing[] {
  const tables = item.members
    .filter(({ marked }) => marked)
    .map((member) => {
      if (member.conflict !== null) return rowsOf(member.conflict);
      const marker = member.markers[0];
      return marker === undefined ? [] : rowsOfMarker(marker);
    });
  const [first] = tables;
  if (first === undefined || tables.length < 2) return [];
  return first
    .map(([label], at) => ({ label, values: tables.map((table) => table[at]?.[1] ?? NOT_SAID) }))
    .filter(({ values }) => new Set(values).size > 1);
}
