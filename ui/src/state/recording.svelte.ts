// The recording of the open session: it moves the player's clock, has its waveform drawn, and says what is wrong with
// it. Whatever happens to it, coding goes on.
import type { RecordingState, RecordingView, SessionView, Waveform } from '$schemas/api';
import { apiError } from '../api/client';
import type { App } from './app.svelte';
import { MediaClock } from './media-clock';
import type { Player } from './player.svelte';
import { ended } from './recording/job';
import { RECORDINGS } from './recording/files';

/** `MediaError.MEDIA_ERR_NETWORK`: the bytes stopped coming. */
const NETWORK = 2;

export class Recording {
  view: RecordingView = $state.raw() as RecordingView;
  waveform: Waveform | null = $state.raw(null);
  /** How far the waveform is computed, 0 to 1; null while nothing is. */
  drawn: number | null = $state(null);
  /** How far a file was compared that may be the recording, 0 to 1; null while none is. */
  compared: number | null = $state(null);
  /** What is wrong, in a sentence; null where it plays. */
  trouble: string | null = $state(null);
  /** Playing waits for the disk. */
  waits = $state(false);
  /** What plays, to be shown where it has a picture; null where nothing can. */
  element: HTMLMediaElement | null = $state.raw(null);

  readonly #app: App;
  readonly #session: SessionView;
  readonly #player: Player;
  #clock: MediaClock | null = null;
  #wanted = true;
  #drawing = true;

  constructor(app: App, session: SessionView, view: RecordingView, player: Player) {
    this.#app = app;
    this.#session = session;
    this.#player = player;
    this.#take(view);
    void this.#draw();
  }

  /** It can be looked for. */
  get lost(): boolean {
    return this.view.state !== 'there';
  }

  /** Asks where the file is, and plays it when it is the one. */
  async find(): Promise<void> {
    const app = this.#app;
    const [path] = await app.platform.pickFiles('Find the recording', RECORDINGS);
    if (path !== undefined) await this.findAt(path);
  }

  async findAt(path: string): Promise<void> {
    const { client } = this.#app;
    const session_id = this.#session.session.id;
    this.compared = 0;
    await this.#app.attempt(null, async () => {
      const { job_id } = await client.call('recording_find', { session_id, path });
      const { problem } = await ended(
        client,
        job_id,
        (done) => (this.compared = done),
        () => this.#wanted,
      );
      if (problem !== null) throw problem;
      if (!this.#wanted) return;
      this.#take(await client.call('recording_view', { session_id }));
      if (this.waveform === null) void this.#draw();
    });
    this.compared = null;
  }

  /** The waveform is not waited for any more. */
  stopDrawing(): void {
    this.#drawing = false;
  }

  /** The session is left. */
  close(): void {
    this.#wanted = false;
    this.#drawing = false;
    this.#release();
  }

  #take(view: RecordingView): void {
    this.#release();
    this.view = view;
    this.trouble = wrongWith(view.state);
    if (view.url === null) return;
    const element = document.createElement(view.video ? 'video' : 'audio');
    element.preload = 'metadata';
    element.src = view.url;
    this.element = element;
    // Sound has no place on the page, but belongs to it.
    if (!view.video) document.body.append(element);
    this.#clock = new MediaClock(element, {
      offsetMs: view.offset_ms,
      durationMs: view.duration_ms,
      failed: () => void this.#failed(element.error?.code ?? 0),
      waiting: (waits) => (this.waits = waits),
    });
    this.#player.useClock(this.#clock);
  }

  #release(): void {
    this.#clock?.release();
    this.#clock = null;
    this.element?.removeAttribute('src');
    // Only then is the connection let go of.
    this.element?.load();
    this.element?.remove();
    this.element = null;
    this.waits = false;
  }

  /** Says why it does not play any more: what the file is now tells more than the element knows. */
  async #failed(code: number): Promise<void> {
    let state: RecordingState = 'there';
    try {
      const view = await this.#app.client.call('recording_view', { session_id: this.#session.session.id });
      state = view.state;
      if (this.#wanted) this.view = view;
    } catch {
      // What the element said has to do.
    }
    this.trouble =
      state === 'there'
        ? code === NETWORK
          ? 'The recording could not be read on. The session goes on without it; open it again to try once more.'
          : 'This system cannot play this kind of recording, or the file is damaged. The session goes on without it. On Linux, AAC and H.264 need the package gstreamer1.0-libav.'
        : `${wrongWith(state)} The session goes on without it.`;
  }

  async #draw(): Promise<void> {
    const { client } = this.#app;
    if (this.lost) return;
    try {
      let progress = await client.call('waveform_start', { session_id: this.#session.session.id });
      if (progress.state === 'reading') {
        this.drawn = 0;
        progress = await ended(
          client,
          progress.job_id,
          (done) => (this.drawn = done),
          () => this.#drawing,
        );
      }
      this.waveform = progress.waveform;
    } catch (reason) {
      // Without a waveform everything works; that the program is at fault is told.
      const { code, message } = apiError(reason);
      if (code === 'internal') this.#app.toasts.problem(message);
    } finally {
      this.drawn = null;
    }
  }
}

function wrongWith(state: RecordingState): string | null {
  switch (state) {
    case 'there':
      return null;
    case 'missing':
      return 'The recording of this session is not where it was linked.';
    case 'changed':
      return 'The file in the recording’s place is another one than was linked.';
  }
}
