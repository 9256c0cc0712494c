// Words to choose from, with their names and explanations from the codebook.
import type { Codebook } from '$schemas/api';
import { lower, termName, termText } from '../../state/judging/words';

export interface Option<Value extends string> {
  value: Value;
  label: string;
  text: string;
}

/** `group` is the first part of the terms' keys, as in `origin/mismatch`. */
export const termOptions = <Value extends string>(
  codebook: Codebook,
  group: string,
  values: readonly Value[],
): Option<Value>[] =>
  values.map((value) => ({
    value,
    label: lower(termName(codebook, `${group}/${value}`, value)),
    text: termText(codebook, `${group}/${value}`),
  }));

/** Words that explain themselves. */
export const plainOptions = <Value extends string>(values: readonly Value[]): Option<Value>[] =>
  values.map((value) => ({ value, label: value.replaceAll('-', ' '), text: '' }));
