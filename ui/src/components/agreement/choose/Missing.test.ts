// @vitest-environment jsdom
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import type { AgreementChoice, AgreementOptions } from '$schemas/api';
import { outcome } from '../../../state/agreement/fixture';
import Missing from './Missing.svelte';

let close: (() => void) | undefined;
afterEach(() => close?.());

test('what is made of units that some did not code is chosen in plain words', () => {
  const options = {
    missing: [
      { missing: 'components', label: 'use every value', help: 'For raters who rotate.' },
      { missing: 'listwise', label: 'only units that all coded', help: 'As most packages do.' },
    ],
  } as unknown as AgreementOptions;
  const changes: Partial<AgreementChoice>[] = [];
  const props = {
    options,
    choice: outcome().choice,
    onchange: (parts: Partial<AgreementChoice>) => void changes.push(parts),
  };
  const made = mount(Missing, { target: document.body, props });
  close = () => void unmount(made);
  flushSync();
  const inputs = [...document.querySelectorAll<HTMLInputElement>('input')];
  expect(inputs.map(({ checked }) => checked)).toEqual([true, false]);
  expect(document.body.textContent).toContain('For raters who rotate.');
  expect(document.body.textContent).toContain('Only intraclass correlations (ICC) change with it.');
  inputs[1]?.click();
  expect(changes).toEqual([{ missing: 'listwise' }]);
});
