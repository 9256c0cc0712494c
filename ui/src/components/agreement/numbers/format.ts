// Figures as they are printed: two decimals, no zero before the point where a figure cannot pass 1, a true minus.
import type { Estimate, IntervalView } from '$schemas/api';

/** `.81`, `−.09`, `1.00`; an en dash where there is no figure. */
export function figure(value: number | null): string {
  if (value === null) return '–';
  const digits = Math.abs(value).toFixed(2);
  const sign = value < 0 && Number(digits) !== 0 ? '−' : '';
  return `${sign}${digits.startsWith('0') ? digits.slice(1) : digits}`;
}

/** `[.72, .88]`, or nothing. */
export function limits(of: Pick<IntervalView | Estimate, 'low' | 'high'> | null): string {
  if (of === null || of.low === null || of.high === null) return '';
  return `[${figure(of.low)}, ${figure(of.high)}]`;
}

/** `4.6 %`, `0.2 %`, `93 %` of a share. */
export function share(of: number): string {
  const percent = of * 100;
  return `${percent !== 0 && percent < 9.95 ? percent.toFixed(1) : percent.toFixed(0)} %`;
}

/** `+0.41`, `−0.02`: a difference. */
export function difference(value: number | null): string {
  if (value === null) return '–';
  const digits = Math.abs(value).toFixed(Math.abs(value) < 0.1 ? 3 : 2);
  if (Number(digits) === 0) return '0';
  return `${value < 0 ? '−' : '+'}${digits}`;
}

/** `1,024`. */
export const count = (of: number): string => of.toLocaleString('en');
