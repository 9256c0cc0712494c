// Ratings under the heads that the codebook gives them, in its order.
import type { RatingDefinition } from '$schemas/api';

export interface RatingGroup {
  name: string;
  ratings: RatingDefinition[];
  /** Every rating of the group is provisional for an observer. */
  provisional: boolean;
}

export function groupsOf(ratings: RatingDefinition[]): RatingGroup[] {
  const names = [...new Set(ratings.map((rating) => rating.group))];
  return names.map((name) => {
    const own = ratings.filter((rating) => rating.group === name);
    return { name, ratings: own, provisional: own.every((rating) => rating.provisional === true) };
  });
}
