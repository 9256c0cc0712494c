// A file that the core reads: asked about until it is done.
import type { RecordingProgress } from '$schemas/api';
import type { Client } from '../../api/client';

const ASK_EVERY_MS = 150;

/**
 * What came of a job: `done`, `failed` or `cancelled`. `tell` hears how far it is, 0 to 1; `wanted` says whether to go
 * on asking, and a job that is no longer wanted is stopped.
 */
export async function ended(
  client: Client,
  jobId: number,
  tell: (done: number) => void,
  wanted: () => boolean = () => true,
): Promise<RecordingProgress> {
  let cancelled = false;
  for (;;) {
    if (!wanted() && !cancelled) {
      cancelled = true;
      await client.call('recording_cancel', { job_id: jobId });
    }
    const progress = await client.call('recording_poll', { job_id: jobId });
    if (progress.state !== 'reading') return progress;
    tell(progress.done);
    await new Promise((next) => setTimeout(next, ASK_EVERY_MS));
  }
}
