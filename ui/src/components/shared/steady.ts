/** The earlier list where the later one holds the same: who draws a list compares it by identity. */
export function steady<Item>(earlier: readonly Item[], later: readonly Item[]): readonly Item[] {
  return earlier.length === later.length && earlier.every((item, at) => item === later[at]) ? earlier : later;
}
