// Why a carried marker is uncertain, in words.
import type { Doubt } from '$schemas/api';

export const WHY: Record<Doubt, string> = {
  lost: 'Its words were not found.',
  changed: 'Words within it were changed.',
  speaker: 'Somebody else says it now.',
  repeated: 'Its words stand there more than once.',
  times: 'It is placed by time, and times were changed.',
};
