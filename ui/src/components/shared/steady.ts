/** The earlier list where the later one holds the same: who draws a list compares it by identity. */
export function steady<Item>(earlier: readonly Item[], later: readonly Item[]): readonly Item[] {
  return earlier.length === later.length && earlier.every((item, at) => item === later[at]) ? earlier : later;
}

/** Gives each list as it was given last, as long as it holds the same. */
export function steadily<Item>(): (later: readonly Item[]) => readonly Item[] {
  let last: readonly Item[] = [];
  return (later) => (last = steady(last, later));
}
