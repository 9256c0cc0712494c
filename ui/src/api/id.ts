// Fresh identities: UUIDs of version 7, rising within this window, so that the order of making is kept.

let lastMs = 0;
let counter = 0;

/** A new UUIDv7. */
export function freshId(nowMs: number = Date.now()): string {
  const random = crypto.getRandomValues(new Uint8Array(10));
  if (nowMs > lastMs) {
    lastMs = nowMs;
    counter = (((random[0] ?? 0) << 4) | ((random[1] ?? 0) >> 4)) & 0x7ff;
  } else {
    counter += 1;
    if (counter > 0xfff) {
      lastMs += 1;
      counter = 0;
    }
  }
  const time = lastMs.toString(16).padStart(12, '0');
  const middle = counter.toString(16).padStart(3, '0');
  const variant = (((random[2] ?? 0) & 0x3f) | 0x80).toString(16);
  const rest = Array.from(random.subarray(3), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${middle}-${variant}${rest.slice(0, 2)}-${rest.slice(2)}`;
}
