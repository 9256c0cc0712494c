// The controllers that components find in their surroundings.
import { createContext } from 'svelte';
import type { Agreement } from './agreement.svelte';
import type { App } from './app.svelte';
import type { CodingState } from './coding.svelte';
import type { Coverage } from './coverage.svelte';
import type { Judging } from './judging.svelte';
import type { Player } from './player.svelte';
import type { Selection } from './selection.svelte';
import type { Threshold } from './threshold.svelte';

export const [useApp, provideApp] = createContext<App>();
export const [useCoding, provideCoding] = createContext<CodingState>();
export const [usePlayer, providePlayer] = createContext<Player>();
export const [useSelection, provideSelection] = createContext<Selection>();
export const [useJudging, provideJudging] = createContext<Judging>();
export const [useCoverage, provideCoverage] = createContext<Coverage>();
export const [useAgreement, provideAgreement] = createContext<Agreement>();
export const [useThreshold, provideThreshold] = createContext<Threshold>();
