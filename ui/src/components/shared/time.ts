// Moments of a session as people read them.

/** `25:31`, `1:02:05`. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const part = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0
    ? `${hours}:${part(minutes)}:${part(seconds % 60)}`
    : `${part(minutes)}:${part(seconds % 60)}`;
}

/** `48 %`, of a share from 0 to 1; never 100 % before all is seen. */
export const percent = (share: number): string =>
  `${share >= 1 ? 100 : Math.min(99, Math.round(share * 100))} %`;

/** `1 marker`, `14 markers`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
