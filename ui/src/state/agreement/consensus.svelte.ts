// The consensus of every session: what there is to settle, how it was settled, and taking it back.
import type { AgreedOn, ConsensusOverview, ConsensusView, RecordChoice, SettleBy } from '$schemas/api';
import { apiError, type Client } from '../../api/client';
import { freshId } from '../../api/id';

interface Hooks {
  warn: (words: string) => void;
}

export class Consensus {
  overview: ConsensusOverview | null = $state.raw(null);
  /** Sessions as they were read last, by id. */
  views: Readonly<Record<string, ConsensusView>> = $state.raw({});
  /** Noted with every decision: why, and who was there. */
  reason = $state('');
  present = $state('');
  /** Raters are called Rater 1, Rater 2 … while settling. */
  hideNames = $state(true);
  /** Something is on its way. */
  busy = $state(false);
  /** Sessions in which something was settled here, the last one last: undo goes back through them. */
  #acted: string[] = [];
  readonly #client: Client;
  readonly #hooks: Hooks;

  constructor(client: Client, hooks: Hooks) {
    this.#client = client;
    this.#hooks = hooks;
  }

  /** Some session's codings are frozen: what it holds can be settled. */
  readonly begun = $derived(this.overview?.sessions.some(({ state }) => state !== 'not-opened') ?? false);

  summaryOf(sessionId: string) {
    return this.overview?.sessions.find((each) => each.session_id === sessionId) ?? null;
  }

  async read(): Promise<void> {
    await this.#attempt(async () => {
      this.overview = await this.#client.call('consensus_list', {});
    });
  }

  /** Freezes the codings of these sessions as they stand; all that can be compared where none is named. */
  async begin(sessions: string[] = [], { anew = false, unsubmitted = false } = {}): Promise<boolean> {
    return this.#attempt(async () => {
      const request = { op: freshId(), sessions, anew, unsubmitted };
      this.overview = await this.#client.call('consensus_open', request);
      this.views = {};
    });
  }

  /** Reads a session, unless it is there or its codings are not frozen. */
  async load(sessionId: string): Promise<void> {
    const summary = this.summaryOf(sessionId);
    if (this.views[sessionId] !== undefined || summary === null || summary.state === 'not-opened') return;
    await this.#attempt(async () => {
      this.#take(
        await this.#client.call('consensus_session', { session_id: sessionId, hide_names: this.hideNames }),
      );
    });
  }

  async setHideNames(hide: boolean): Promise<void> {
    this.hideNames = hide;
    const read = Object.keys(this.views);
    this.views = {};
    for (const sessionId of read) await this.load(sessionId);
  }

  settle(sessionId: string, item: string, by: SettleBy): Promise<boolean> {
    return this.#act(sessionId, (common) =>
      this.#client.call('consensus_settle', { ...common, ...this.#noted(), item, by }),
    );
  }

  settleAgreed(sessionId: string, on: AgreedOn = 'everything'): Promise<boolean> {
    return this.#act(sessionId, (common) =>
      this.#client.call('consensus_settle_agreed', { ...common, ...this.#noted(), on }),
    );
  }

  /** Settles what is left in a session as one original has it. */
  settleRest(sessionId: string, codingId: string): Promise<boolean> {
    return this.#act(sessionId, (common) =>
      this.#client.call('consensus_settle_rest', { ...common, ...this.#noted(), coding_id: codingId }),
    );
  }

  unsettle(sessionId: string, item: string): Promise<boolean> {
    return this.#act(sessionId, (common) => this.#client.call('consensus_unsettle', { ...common, item }));
  }

  /** The session that undo would act on: the last one something was settled in, else the one in view. */
  undoSession(inView: string | null): string | null {
    const last = this.#acted.findLast((each) => this.views[each]?.undo != null);
    if (last !== undefined) return last;
    return inView !== null && this.views[inView]?.undo != null ? inView : null;
  }

  redoSession(inView: string | null): string | null {
    const found = [...this.#acted, inView].findLast(
      (each) => each !== null && this.views[each]?.redo != null,
    );
    return found ?? null;
  }

  /** Takes back the last act on a session. Returns the item to look at. */
  undo(sessionId: string): Promise<string | null> {
    return this.#step(sessionId, 'consensus_undo');
  }

  redo(sessionId: string): Promise<string | null> {
    return this.#step(sessionId, 'consensus_redo');
  }

  /** Fixes what counts in results for these sessions; none named: every one that it can be fixed for. */
  setRecord(sessions: string[], record: RecordChoice | null): Promise<boolean> {
    return this.#attempt(async () => {
      const request = { op: freshId(), sessions, record };
      this.overview = await this.#client.call('record_set', request);
    });
  }

  #noted() {
    return { reason: this.reason, present: this.present };
  }

  #act(
    sessionId: string,
    call: (common: { op: string; session_id: string; hide_names: boolean }) => Promise<ConsensusView>,
  ): Promise<boolean> {
    return this.#attempt(async () => {
      const before = this.views[sessionId]?.undo;
      this.#take(await call({ op: freshId(), session_id: sessionId, hide_names: this.hideNames }));
      if (this.views[sessionId]?.undo != null || before != null)
        this.#acted = [...this.#acted.filter((each) => each !== sessionId), sessionId];
    });
  }

  async #step(sessionId: string, name: 'consensus_undo' | 'consensus_redo'): Promise<string | null> {
    let focus: string | null = null;
    await this.#attempt(async () => {
      const request = { op: freshId(), session_id: sessionId, hide_names: this.hideNames };
      const view = await this.#client.call(name, request);
      this.#take(view);
      focus = view.focus;
    });
    return focus;
  }

  /** A session as it stands now; the overview's figures follow it. */
  #take(view: ConsensusView): void {
    this.views = { ...this.views, [view.session_id]: view };
    if (this.overview === null) return;
    const sessions = this.overview.sessions.map((each) =>
      each.session_id === view.session_id
        ? {
            ...each,
            state: view.state,
            settled: view.settled,
            items: view.items.length,
            agreed: view.items.filter((item) => item.agreed && item.settlement === null).length,
            coding_id: view.coding_id,
          }
        : each,
    );
    const sum = (of: 'items' | 'settled') => sessions.reduce((total, each) => total + each[of], 0);
    this.overview = { ...this.overview, sessions, items: sum('items'), settled: sum('settled') };
  }

  async #attempt(act: () => Promise<void>): Promise<boolean> {
    this.busy = true;
    try {
      await act();
      return true;
    } catch (reason) {
      this.#hooks.warn(apiError(reason).message);
      return false;
    } finally {
      this.busy = false;
    }
  }
}
