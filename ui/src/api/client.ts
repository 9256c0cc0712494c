// The core's commands, typed: `client.call('marker_add', …)` knows its request and its reply.
import type { ApiError, Commands } from '$schemas/api';
import type { Platform } from '../platform';

export type CommandName = keyof Commands;
export type Request<Name extends CommandName> = Commands[Name]['request'];
export type Reply<Name extends CommandName> = Commands[Name]['reply'];

export interface Client {
  /** Rejects with an ApiError: switch on `code`, show `message`. */
  call<Name extends CommandName>(name: Name, request: Request<Name>): Promise<Reply<Name>>;
}

export const clientOf = (platform: Pick<Platform, 'call'>): Client => ({
  call: (name, request) => platform.call(name, request),
});

/** What a rejected call says, whatever was thrown. Words of an unknown error are never shown: they may quote a transcript. */
export function apiError(reason: unknown): ApiError {
  if (isApiError(reason)) return reason;
  return {
    code: 'internal',
    message: 'Something went wrong inside Sunder. What was confirmed is safe; please try again.',
  };
}

function isApiError(reason: unknown): reason is ApiError {
  return (
    typeof reason === 'object' &&
    reason !== null &&
    'code' in reason &&
    'message' in reason &&
    typeof reason.message === 'string'
  );
}
