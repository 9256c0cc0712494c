// The open coding. Every act is drawn at once, sent in order, and reconciled with the reply; a refused one is
// taken back and said. What the core knows (classes, totals, times) is only ever taken from replies.
import type {
  AccumulationView,
  Actor,
  ApiError,
  CarryPreview,
  Codebook,
  CodingChange,
  CodingRest,
  ConflictEdit,
  ConflictView,
  EarlierConflict,
  Element,
  Focus,
  Look,
  MarkerEdit,
  MarkerView,
  Score,
  SegmentView,
  SessionView,
  Status,
  SubmitCheck,
  TotalsView,
  Verdict,
} from '$schemas/api';
import type { Client } from '../api/client';
import { freshId } from '../api/id';
import * as draw from './coding/draw';
import { CutLook } from './coding/look.svelte';
import { fillOf, hueOfConflict, hueOfMarker, shapeOf, type Fill, type Hue, type Shape } from './coding/marks';
import type { Act, Sent } from './coding/act';
import { Outbox } from './coding/outbox.svelte';
import { copyOf, pageOver, type Copy } from './coding/page';
import { Shelf } from './coding/shelf.svelte';

export interface CodingOptions {
  /** Told of every refused write, after it was taken back. */
  report?: (error: ApiError) => void;
}

export interface AddOptions {
  actor?: Actor;
  answers?: string[];
}

type Unsent = Pick<Act, 'draw'> & Partial<Pick<Act, 'makes' | 'needs' | 'needsAll'>> & { seen?: boolean };

const SOMEBODY_ELSES = 'This coding can be looked at, not changed.';
const SUBMITTED = 'This coding is submitted. Reopen it to change it.';
const undrawn = () => undefined;

export class CodingState {
  readonly session: SessionView;
  readonly codebook: Codebook;
  readonly id: string;
  readonly earlier: EarlierConflict[];
  readonly markers = new Shelf<MarkerView>();
  readonly conflicts = new Shelf<ConflictView>();
  rest: CodingRest = $state.raw() as CodingRest;
  /** The operation of the act done last. What was merely seen is no act. */
  lastAct: string | null = null;
  /** What was undone or redone last, in words. */
  lastDone: string | null = $state(null);

  readonly sortedMarkers = $derived([...this.markers.values()].sort(byOnset));
  readonly sortedConflicts = $derived([...this.conflicts.values()].sort(byConflictOnset));
  readonly repairs = $derived(this.sortedMarkers.filter((marker) => marker.kind === 'repair'));
  readonly status: Status = $derived(this.rest.status);
  readonly readOnly: boolean = $derived(this.#locked());
  /** Share of the session that was played or read, 0 to 1. */
  readonly seen = $derived(this.#seen());

  readonly #client: Client;
  readonly #options: CodingOptions;
  readonly #outbox: Outbox;
  readonly #look: CutLook;
  readonly #confirmed: Copy;

  constructor(client: Client, session: SessionView, codebook: Codebook, options: CodingOptions = {}) {
    const { coding } = session;
    this.session = session;
    this.codebook = codebook;
    this.id = coding.id;
    this.earlier = coding.earlier;
    this.rest = coding.rest;
    for (const marker of coding.markers) this.markers.set(marker.id, marker);
    for (const conflict of coding.conflicts) this.conflicts.set(conflict.id, conflict);
    this.#confirmed = copyOf(coding);
    this.#client = client;
    this.#options = options;
    this.#look = new CutLook(client, coding.id, session.look);
    this.#outbox = new Outbox({
      drawn: (act) => this.#draw(act),
      confirmed: (act, change) => this.#confirm(act, change),
      refused: (acts, error) => this.#takeBack(acts, error),
    });
  }

  /** Operations not confirmed yet. */
  get pending(): ReadonlySet<string> {
    return this.#outbox.pending;
  }

  /** Something is unconfirmed for more than 250 ms. */
  get late(): boolean {
    return this.#outbox.late;
  }

  /** All sent and confirmed: closing waits for it. */
  settled(): Promise<void> {
    return this.#outbox.settled();
  }

  // Acts

  /** Marks a segment; a conflict marker starts with a conflict of its own. */
  addMarker(
    segment: SegmentView,
    code: string,
    options: AddOptions = {},
  ): { markerId: string; conflictId: string | null } {
    const markerId = freshId();
    const found = draw.findCode(this.codebook, code);
    const kind = found?.family.kind ?? 'other';
    const conflictId = kind === 'conflict' ? freshId() : null;
    const answers = options.answers ?? [];
    const { startMs, endMs } = draw.timesOf(segment, this.session.transcript);
    const marker: MarkerView = {
      id: markerId,
      segment,
      start_ms: startMs,
      end_ms: endMs,
      code,
      kind,
      actor: options.actor ?? this.#actorOf(segment, found?.code.actors ?? []),
      clarity: 'clear',
      discuss: false,
      note: '',
      conflict_id: conflictId,
      answers,
      depth: null,
      strategy: null,
    };
    const makes = conflictId === null ? [markerId] : [markerId, conflictId];
    void this.#do({ draw: draw.addMarker(marker), makes, needs: answers }, (head) =>
      this.#client.call('marker_add', {
        ...head,
        marker_id: markerId,
        conflict_id: conflictId,
        segment,
        code,
        actor: options.actor ?? null,
        answers,
      }),
    );
    return { markerId, conflictId };
  }

  changeMarker(markerId: string, edit: MarkerEdit): void {
    const marker = this.markers.get(markerId);
    const becomesConflict =
      edit.set === 'code' &&
      marker?.conflict_id === null &&
      draw.findCode(this.codebook, edit.to)?.family.kind === 'conflict';
    const conflictId = becomesConflict ? freshId() : null;
    const context = { codebook: this.codebook, transcript: this.session.transcript, conflictId };
    const makes = conflictId === null ? [] : [conflictId];
    void this.#do({ draw: draw.changeMarker(markerId, edit, context), makes, needs: [markerId] }, (head) =>
      this.#client.call('marker_change', { ...head, marker_id: markerId, edit, conflict_id: conflictId }),
    );
  }

  deleteMarker(markerId: string): void {
    void this.#do({ draw: draw.deleteMarker(markerId), needs: [markerId] }, (head) =>
      this.#client.call('marker_delete', { ...head, marker_id: markerId }),
    );
  }

  changeConflict(conflictId: string, edit: ConflictEdit): void {
    void this.#do({ draw: draw.changeConflict(conflictId, edit), needs: [conflictId] }, (head) =>
      this.#client.call('conflict_change', { ...head, conflict_id: conflictId, edit }),
    );
  }

  /** Joins `join` into `keep`; null when it was refused. */
  joinConflicts(keep: string, join: string): Promise<CodingChange | null> {
    return this.#do({ draw: draw.joinConflicts(keep, join), needs: [keep, join] }, (head) =>
      this.#client.call('conflict_join', { ...head, keep, join }),
    );
  }

  /** Parts a marker into an unscored conflict of its own, and tells that conflict's id. */
  partMarker(markerId: string): string {
    const conflictId = freshId();
    const act = { draw: draw.partMarker(markerId, conflictId), makes: [conflictId], needs: [markerId] };
    void this.#do(act, (head) =>
      this.#client.call('marker_part', { ...head, marker_id: markerId, conflict_id: conflictId }),
    );
    return conflictId;
  }

  /** Writes a note on a moment; a new one with null. Tells its id. */
  putNote(noteId: string | null, atMs: number, text: string): string {
    const id = noteId ?? freshId();
    const makes = noteId === null ? [id] : [];
    void this.#do({ draw: draw.putNote(id, Math.round(atMs), text), makes }, (head) =>
      this.#client.call('note_put', { ...head, note_id: id, at_ms: Math.round(atMs), text }),
    );
    return id;
  }

  deleteNote(noteId: string): void {
    void this.#do({ draw: draw.deleteNote(noteId), needs: [noteId] }, (head) =>
      this.#client.call('note_delete', { ...head, note_id: noteId }),
    );
  }

  /** Rates the session (no window) or one window; null takes the rating back. */
  setRating(key: string, window: [number, number] | null, score: Score | null): void {
    void this.#do({ draw: draw.setRating(key, window, score) }, (head) =>
      this.#client.call('rating_set', { ...head, key, window, score }),
    );
  }

  setNothingHere(window: [number, number], on: boolean): void {
    void this.#do({ draw: draw.setNothingHere(window, on) }, (head) =>
      this.#client.call('nothing_here_set', { ...head, window, nothing_here: on }),
    );
  }

  /** Stretches that were played or read. Looking at a locked coding leaves no trace. */
  addCoverage(ranges: [number, number][]): void {
    if (this.readOnly || ranges.length === 0) return;
    const whole = ranges.map(([start, end]): [number, number] => [Math.floor(start), Math.ceil(end)]);
    void this.#do({ draw: draw.addCoverage(whole), seen: true }, (head) =>
      this.#client.call('coverage_add', { ...head, ranges: whole }),
    );
  }

  /** Whether proposed build-ups can be answered: those of a look are not the study's. */
  get answersBuildUps(): boolean {
    return !this.readOnly && this.lookCut === null;
  }

  /** The rupture was built from the members of a proposal, and from what was linked to it before. */
  confirmAccumulation(members: string[], rupture: string): void {
    const built = this.conflicts.get(rupture)?.built_from ?? [];
    const to = [...new Set([...built, ...members])].filter((id) => id !== rupture);
    if (this.answersBuildUps) this.changeConflict(rupture, { set: 'built-from', to });
  }

  dismissAccumulation(members: string[], on: boolean): void {
    if (!this.answersBuildUps) return;
    void this.#do({ draw: draw.dismissAccumulation(members, on) }, (head) =>
      this.#client.call('accumulation_dismiss', { ...head, members, dismissed: on }),
    );
  }

  /** What stands between this coding and its submission. Rejects with an ApiError. */
  async submitCheck(): Promise<SubmitCheck> {
    await this.settled();
    return this.#client.call('submit_check', { coding_id: this.id });
  }

  /** Submits and locks the coding; false when it was refused. */
  async submit(): Promise<boolean> {
    return (await this.#do({ draw: undrawn }, (head) => this.#client.call('coding_submit', head))) !== null;
  }

  /** Opens a submitted coding again; the reason is recorded. False when it was refused. */
  async reopen(reason: string): Promise<boolean> {
    const send = (head: Head) => this.#client.call('coding_reopen', { ...head, reason });
    return (await this.#put({ draw: undrawn }, send)) !== null;
  }

  /** What carrying over to the newest version of the transcript would do. Rejects with an ApiError. */
  async carryPreview(): Promise<CarryPreview> {
    await this.settled();
    return this.#client.call('carry_preview', { coding_id: this.id });
  }

  /** Carries the coding over; the session is opened anew then. False when it was refused. */
  async carry(version: number, flag: boolean): Promise<boolean> {
    const act = { draw: undrawn, needsAll: true };
    const send = (head: Head) => this.#client.call('coding_carry', { ...head, version, flag });
    return (await this.#do(act, send)) !== null;
  }

  /** It was carried over, or back: what is on the screen is another version's text. */
  get elsewhere(): boolean {
    return this.rest.transcript_version !== this.session.transcript.version;
  }

  /** Takes the last act back. Tells what to bring into view. It is about what was done before, or about nothing. */
  async undo(): Promise<Focus | null> {
    const act = { draw: undrawn, needsAll: true };
    return this.#step(await this.#do(act, (head) => this.#client.call('undo', head)));
  }

  async redo(): Promise<Focus | null> {
    const act = { draw: undrawn, needsAll: true };
    return this.#step(await this.#do(act, (head) => this.#client.call('redo', head)));
  }

  // Reading

  conflictOf(marker: MarkerView): ConflictView | null {
    return marker.conflict_id === null ? null : (this.conflicts.get(marker.conflict_id) ?? null);
  }

  /** The markers that show a conflict, by onset. */
  markersOf(conflict: ConflictView): MarkerView[] {
    return conflict.markers.map((id) => this.markers.get(id)).filter((marker) => marker !== undefined);
  }

  /** The answer to the look, where one is taken. */
  get look(): Look | null {
    return this.#look.seen;
  }

  /** The cut that is looked at; null shows the study's rule. */
  get lookCut(): number | null {
    return this.#look.cut;
  }

  get lookMovesExceptions(): boolean {
    return this.#look.moveExceptions;
  }

  /** Looks at another cut, or returns to the study's rule with null. No part of the study changes. */
  setLook(cut: number | null, moveExceptions?: boolean): void {
    this.#look.set(cut, moveExceptions);
  }

  /** Totals under the look or the study's rule; null where this person may not see them. */
  get totals(): TotalsView | null {
    return this.look?.totals ?? this.rest.totals;
  }

  get accumulations(): AccumulationView[] {
    return this.look?.accumulations ?? this.rest.accumulations ?? [];
  }

  /** Class and reasons under the look or the study's rule; null where this person may not see them. */
  verdictOf(conflictId: string): Verdict | null {
    return this.look?.verdicts[conflictId] ?? this.conflicts.get(conflictId)?.verdict ?? null;
  }

  /** What can be hurt of the relationship that a conflict is about; all of it where none is said. */
  elementsOf({ relationship }: ConflictView): Element[] {
    const of = this.session.elements.find((each) => each.relationship === (relationship ?? 'both'));
    return of?.elements ?? [];
  }

  shapeOf(conflict: ConflictView): Shape {
    return shapeOf(conflict);
  }

  fillOf(conflict: ConflictView): Fill {
    return fillOf(conflict, this.verdictOf(conflict.id));
  }

  familyOf(of: MarkerView | ConflictView): Hue {
    return 'code' in of ? hueOfMarker(of) : hueOfConflict(of);
  }

  // Within

  #locked(): boolean {
    return this.session.read_only || this.rest.status === 'submitted';
  }

  #seen(): number {
    const duration = this.session.transcript.duration_ms;
    const covered = this.rest.coverage.reduce((sum, [start, end]) => sum + (end - start), 0);
    return duration === 0 ? 0 : Math.min(1, covered / duration);
  }

  #actorOf(segment: SegmentView, allowed: Actor[]): Actor {
    const role =
      segment.kind === 'text' ? this.session.transcript.turns[segment.start.turn]?.role : undefined;
    if (role !== undefined && role !== 'other' && allowed.includes(role)) return role;
    return allowed[0] ?? 'patient';
  }

  #step(change: CodingChange | null): Focus | null {
    this.lastDone = change?.done ?? null;
    return change?.focus ?? null;
  }

  /** An act that a locked coding refuses before it is drawn. */
  #do(act: Unsent, send: (head: Head) => Promise<CodingChange>): Promise<CodingChange | null> {
    if (!this.readOnly) return this.#put(act, send);
    this.#fail({ code: 'locked', message: this.status === 'submitted' ? SUBMITTED : SOMEBODY_ELSES });
    return Promise.resolve(null);
  }

  #put(act: Unsent, send: (head: Head) => Promise<CodingChange>): Promise<CodingChange | null> {
    const head = { op: freshId(), coding_id: this.id };
    if (act.seen !== true) this.lastAct = head.op;
    return this.#outbox.put({
      op: head.op,
      send: () => send(head),
      draw: act.draw,
      makes: act.makes ?? [],
      needs: act.needs ?? [],
      needsAll: act.needsAll ?? false,
      seen: act.seen ?? false,
    });
  }

  #draw(act: Sent): void {
    act.draw(pageOver(this, act.touched));
  }

  #confirm(act: Sent, change: CodingChange): void {
    const { markers, conflicts } = this.#confirmed;
    for (const marker of change.markers) {
      markers.set(marker.id, marker);
      act.touched.markers.add(marker.id);
    }
    for (const id of change.removed_markers) {
      markers.delete(id);
      act.touched.markers.add(id);
    }
    for (const conflict of change.conflicts) {
      conflicts.set(conflict.id, conflict);
      act.touched.conflicts.add(conflict.id);
    }
    for (const id of change.removed_conflicts) {
      conflicts.delete(id);
      act.touched.conflicts.add(id);
    }
    this.#confirmed.rest = change.rest;
    this.#redraw([act]);
    this.#look.refresh();
  }

  #takeBack(acts: Sent[], error: ApiError): void {
    this.#redraw(acts);
    this.#fail(error);
  }

  #fail(error: ApiError): void {
    this.#options.report?.(error);
  }

  /** Shows what is confirmed wherever `acts` or unconfirmed ones drew, then draws the unconfirmed ones again. */
  #redraw(acts: Sent[]): void {
    const waiting = this.#outbox.acts;
    for (const { touched } of [...acts, ...waiting]) {
      for (const id of touched.markers) restore(this.markers, this.#confirmed.markers, id);
      for (const id of touched.conflicts) restore(this.conflicts, this.#confirmed.conflicts, id);
    }
    this.rest = this.#confirmed.rest;
    for (const act of waiting) this.#draw(act);
  }
}

interface Head {
  op: string;
  coding_id: string;
}

function restore<T>(shown: Map<string, T>, confirmed: Map<string, T>, id: string): void {
  const value = confirmed.get(id);
  if (value === undefined) shown.delete(id);
  else shown.set(id, value);
}

const byOnset = (a: MarkerView, b: MarkerView) =>
  a.start_ms - b.start_ms || a.end_ms - b.end_ms || (a.id < b.id ? -1 : 1);

const byConflictOnset = (a: ConflictView, b: ConflictView) =>
  (a.onset_ms ?? 0) - (b.onset_ms ?? 0) || (a.end_ms ?? 0) - (b.end_ms ?? 0) || (a.id < b.id ? -1 : 1);
