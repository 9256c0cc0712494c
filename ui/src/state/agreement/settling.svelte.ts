// The work on disagreements: which list, which entry of it, which thing to settle there, and what one key does.
import type { AgreementUnits, ConsensusItem, ConsensusView, SettleBy } from '$schemas/api';
import { apiError, type Client } from '../../api/client';
import type { Comparison } from './comparison.svelte';
import type { Consensus } from './consensus.svelte';
import { entryOfItem, entryOfUnit, itemsOf, type Entry } from './entries';

/** Units are fetched so many at a time. */
const PAGE = 50;

/** Which list: all on which raters differ, one cell of a pair's table, or everything of one session. */
export type Listing =
  | { kind: 'differing' }
  | { kind: 'cell'; pair: number; cell: [number, number]; words: string }
  | { kind: 'session'; sessionId: string };

/** A thing to settle, and the session it is of. */
export interface Held {
  sessionId: string;
  item: ConsensusItem;
}

interface Hooks {
  warn: (words: string) => void;
  tell: (words: string) => void;
}

export class Settling {
  listing: Listing = $state.raw({ kind: 'differing' });
  /** Units of the list, as far as they were fetched. */
  #units: Entry[] = $state.raw([]);
  /** How many units there are. */
  #total = $state(0);
  loading = $state(false);
  /** The entry that is worked on. */
  currentId: string | null = $state(null);
  /** Of several things to settle at an entry, the one chosen. */
  chosenItem: string | null = $state(null);
  /** The rater whose marks are shown alone. */
  pointed: string | null = $state(null);
  /** The dialog over the work. */
  dialog: 'edit' | 'ruling' | 'sessions' | null = $state(null);
  /** What a dialog was opened for. */
  held: Held | null = $state.raw(null);

  readonly comparison: Comparison;
  readonly consensus: Consensus;
  readonly #client: Client;
  readonly #hooks: Hooks;
  #fetched = 0;
  /** Keys pressed while something is on its way wait for it. */
  #before: Promise<void> = Promise.resolve();

  constructor(client: Client, comparison: Comparison, consensus: Consensus, hooks: Hooks) {
    this.#client = client;
    this.comparison = comparison;
    this.consensus = consensus;
    this.#hooks = hooks;
  }

  readonly entries: Entry[] = $derived.by(() => {
    const { listing } = this;
    if (listing.kind !== 'session') return this.#units;
    const view = this.consensus.views[listing.sessionId];
    return view === undefined ? [] : view.items.map((item) => entryOfItem(view, item));
  });
  readonly total = $derived(this.listing.kind === 'session' ? this.entries.length : this.#total);
  readonly more = $derived(this.entries.length < this.total);
  readonly current: Entry | null = $derived(
    this.entries.find((each) => each.id === this.currentId) ?? this.entries[0] ?? null,
  );
  readonly view: ConsensusView | null = $derived.by(() =>
    this.current === null ? null : (this.consensus.views[this.current.sessionId] ?? null),
  );
  readonly items: ConsensusItem[] = $derived.by(() =>
    this.current === null || this.view === null
      ? []
      : itemsOf(this.current, this.view, this.comparison.outcome?.choice ?? null),
  );
  readonly item: ConsensusItem | null = $derived(
    this.items.find((each) => each.id === this.chosenItem) ??
      this.items.find((each) => each.settlement === null) ??
      this.items[0] ??
      null,
  );

  /** All that is to settle at an entry is settled; null where that is not known. */
  settledAt(entry: Entry): boolean | null {
    const view = this.consensus.views[entry.sessionId];
    if (view === undefined) return null;
    const items = itemsOf(entry, view, this.comparison.outcome?.choice ?? null);
    return items.length === 0 ? null : items.every((item) => item.settlement !== null);
  }

  /** Shows a list from its beginning. */
  async list(listing: Listing): Promise<void> {
    this.listing = listing;
    this.currentId = null;
    this.chosenItem = null;
    this.pointed = null;
    this.#units = [];
    this.#total = 0;
    if (listing.kind === 'session') await this.consensus.load(listing.sessionId);
    else await this.#fetch();
  }

  /** Fetches the next page of units. */
  showMore(): Promise<void> {
    return this.more ? this.#fetch() : Promise.resolve();
  }

  select(id: string): void {
    this.currentId = id;
    this.chosenItem = null;
    this.pointed = null;
    const entry = this.entries.find((each) => each.id === id);
    if (entry !== undefined) void this.consensus.load(entry.sessionId);
  }

  /** The next entry, or the one before. */
  step(by: 1 | -1): void {
    const here = this.entries.findIndex((each) => each.id === this.current?.id);
    const next = this.entries[here + by];
    if (next !== undefined) this.select(next.id);
    else if (by === 1 && this.more)
      void this.showMore().then(() => {
        const after = this.entries[here + 1];
        if (after !== undefined) this.select(after.id);
      });
  }

  /** Takes the item as the n-th original has it. */
  take(place: number): boolean {
    return this.#soon(() => {
      const member = this.item?.members[place - 1];
      return member === undefined ? null : { kind: 'take', coding_id: member.coding_id };
    });
  }

  mean(): boolean {
    return this.#soon(() => (this.item === null || this.item.means.length === 0 ? null : { kind: 'mean' }));
  }

  none(): boolean {
    return this.#soon(() => ({ kind: 'none' }));
  }

  /** Opens a dialog for the item that is in view once what is on its way has come back. */
  openFor(dialog: 'edit' | 'ruling'): Promise<void> {
    return this.#inTurn(() => {
      const { current, item } = this;
      if (current === null || item === null) return;
      this.held = { sessionId: current.sessionId, item };
      this.dialog = dialog;
    });
  }

  /** Settles an item as the lead worded it. */
  async edit({ sessionId, item }: Held, by: SettleBy): Promise<boolean> {
    let held = false;
    await this.#inTurn(async () => {
      held = await this.consensus.settle(sessionId, item.id, by);
      if (held) this.#advance();
    });
    return held;
  }

  unsettle(): Promise<void> {
    return this.#inTurn(async () => {
      const { current, item } = this;
      if (current === null || item?.settlement == null) return;
      const { id } = item;
      if (await this.consensus.unsettle(current.sessionId, id)) this.chosenItem = id;
    });
  }

  /** Settles all that the originals of the session in view agree on, in one step. */
  settleAgreed(): Promise<void> {
    return this.#inTurn(() => this.#settleAgreed());
  }

  async #settleAgreed(): Promise<void> {
    const sessionId = this.current?.sessionId;
    if (sessionId === undefined) return;
    const before = this.consensus.views[sessionId]?.settled ?? 0;
    if (!(await this.consensus.settleAgreed(sessionId))) return;
    const now = this.consensus.views[sessionId]?.settled ?? 0;
    this.#hooks.tell(
      now === before
        ? 'Nothing more is agreed on in this session.'
        : `Settled ${now - before} that all agree on.`,
    );
  }

  /** Takes the last act back, once what is on its way has come back: that is the last act then. */
  undo(): Promise<void> {
    return this.#inTurn(() => this.#step('undo'));
  }

  redo(): Promise<void> {
    return this.#inTurn(() => this.#step('redo'));
  }

  /** Calls raters by name or by number, in the numbers, in what is listed and in what is settled; the place in the list is kept. */
  async setHideNames(hide: boolean): Promise<void> {
    await this.consensus.setHideNames(hide);
    await this.comparison.callRaters();
    await this.#fetch(0, Math.max(PAGE, this.#units.length));
  }

  /** The n-th original is there to be taken. */
  canTake(place: number): boolean {
    return this.item?.members[place - 1] !== undefined;
  }

  /** Settles once what is on its way has come back; what is asked is asked of the item in view by then. */
  #soon(choose: () => SettleBy | null): boolean {
    if (this.item === null) return false;
    void this.#inTurn(async () => {
      const { current, item } = this;
      const by = choose();
      if (current === null || item === null || by === null) return;
      if (await this.consensus.settle(current.sessionId, item.id, by)) this.#advance();
    });
    return true;
  }

  #inTurn(act: () => Promise<void> | void): Promise<void> {
    return (this.#before = this.#before.then(act));
  }

  /** On to what is not settled: here, else at the next entry. */
  #advance(): void {
    this.chosenItem = null;
    this.pointed = null;
    const open = this.items.some((each) => each.settlement === null);
    if (!open) this.#nextOpen();
  }

  #nextOpen(): void {
    const here = this.entries.findIndex((each) => each.id === this.current?.id);
    const next = this.entries.slice(here + 1).find((each) => this.settledAt(each) !== true);
    if (next !== undefined) this.select(next.id);
    else if (this.more) this.step(1);
  }

  async #step(way: 'undo' | 'redo'): Promise<void> {
    const inView = this.current?.sessionId ?? null;
    const { consensus } = this;
    const sessionId = way === 'undo' ? consensus.undoSession(inView) : consensus.redoSession(inView);
    if (sessionId === null) {
      this.#hooks.tell(way === 'undo' ? 'There is nothing to undo.' : 'There is nothing to do again.');
      return;
    }
    const view = consensus.views[sessionId];
    const words = way === 'undo' ? view?.undo : view?.redo;
    const focus = await (way === 'undo' ? consensus.undo(sessionId) : consensus.redo(sessionId));
    this.#hooks.tell(`${way === 'undo' ? 'Taken back' : 'Done again'}: ${words ?? ''}`);
    if (focus !== null) this.#show(sessionId, focus);
  }

  /** Brings an item into view, where the list has it. */
  #show(sessionId: string, itemId: string): void {
    const view = this.consensus.views[sessionId];
    if (view === undefined) return;
    const choice = this.comparison.outcome?.choice ?? null;
    const entry = this.entries.find(
      (each) => each.sessionId === sessionId && itemsOf(each, view, choice).some(({ id }) => id === itemId),
    );
    if (entry === undefined) return;
    this.currentId = entry.id;
    this.chosenItem = itemId;
  }

  /** Fetches units from a place on; what is listed before it stays. */
  async #fetch(from = this.#units.length, limit = PAGE): Promise<void> {
    const { listing } = this;
    const { jobId } = this.comparison;
    if (jobId === null || listing.kind === 'session') return;
    const turn = ++this.#fetched;
    this.loading = true;
    try {
      const request: AgreementUnits = {
        job_id: jobId,
        differing: listing.kind === 'differing',
        from,
        limit,
        hide_names: this.consensus.hideNames,
        ...(listing.kind === 'cell' ? { pair: listing.pair, cell: listing.cell } : {}),
      };
      const page = await this.#client.call('agreement_units', request);
      if (turn !== this.#fetched) return;
      this.#units = [...this.#units.slice(0, from), ...page.units.map(entryOfUnit)];
      this.#total = page.total;
      await this.loadSessions();
    } catch (reason) {
      if (turn === this.#fetched) this.#hooks.warn(apiError(reason).message);
    } finally {
      if (turn === this.#fetched) this.loading = false;
    }
  }

  /** Reads the sessions that the list speaks of, so that what is settled can be told. */
  async loadSessions(): Promise<void> {
    const sessions = [...new Set(this.entries.map((each) => each.sessionId))];
    for (const sessionId of sessions) await this.consensus.load(sessionId);
  }
}
