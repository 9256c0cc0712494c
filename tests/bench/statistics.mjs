// Medians and 95th percentiles, by nearest rank.

/** p50, p95 and how many. */
export function summary(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (part) => sorted[Math.max(1, Math.ceil(sorted.length * part)) - 1];
  return { p50: rank(0.5), p95: rank(0.95), n: sorted.length };
}

export const median = (values) => summary(values).p50;
