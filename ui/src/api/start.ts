// What the window asks first.
import { platform } from '../platform';

export interface Start {
  version: string;
}

export const start = () => platform.call<Start>('app_start');
