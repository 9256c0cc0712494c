// The tag flow: a family's letter, a code's letter, a digit; and every further judgement by key. It decides what
// a key means now and acts on the coding. Stages never time out; Esc steps back. Nothing is drawn here.
import type {
  Code,
  ConflictView,
  Depth,
  Element,
  Family,
  MarkerView,
  Origin,
  Relationship,
  Score,
  SegmentView,
  Strategy,
} from '$schemas/api';
import { keys } from '../keys/dispatch.svelte';
import type { ActionId } from '../keys/map';
import type { CodingState } from './coding.svelte';
import { findCode, timesOf } from './coding/draw';
import { hintsOf, type Hint } from './judging/hints';
import { Joining } from './judging/joining';
import { answeredByDefault, conflictName, conflictsBefore, joinCandidates, shortName } from './judging/links';
import { press } from './judging/pressing';
import {
  ADDRESSED,
  CLARITIES,
  ELEMENTS,
  FACTORS,
  SETTLED,
  after,
  type FactorKey,
  type Stage,
} from './judging/stages';
import { nameOf } from './judging/words';
import { Windows } from './judging/windows.svelte';

export type { Hint, Stage };

/** What is marked next, and which marker is selected. */
export interface Marking {
  readonly markerId: string | null;
  readonly conflictId: string | null;
  /** The segment that was chosen; null: the cursor's turn. */
  segment: SegmentView | null;
  effective(): SegmentView;
  /** Holds on to what a tag marks now, however the playing goes on. */
  pin(): void;
  selectMarker(id: string | null): void;
}

export interface JudgingOptions {
  /** A conflict is scored with its tag; otherwise the digit is not asked for. */
  scoresWithTag?: () => boolean;
  chordOf?: (action: ActionId) => string;
  /** Told of what an act took away that the rater had said. */
  warn?: (words: string) => void;
  /** Told of what was done where nothing in view shows it. */
  tell?: (words: string) => void;
}

export class Judging {
  /** What the next key means. A stage ends when another marker is selected. */
  readonly stage: Stage = $derived(this.#stage());
  /** The family whose codes are offered. */
  readonly family: Family | null = $derived(this.#offered());
  /** The code that is pointed at, with its meaning beside the work. */
  pointed: Code | null = $state.raw(null);
  /** Which of the three factors the next digit scores. */
  factor = $state(0);
  /** Why a key did nothing, in words. */
  notice: string | null = $state(null);
  /** What was just done, in words, for who does not see it. */
  said = $state('');
  /** Counts requests to write a note on what is selected, or on the moment. */
  noteAsked = $state(0);
  /** Parts of the card that are unfolded. */
  readonly unfolded = $state({ more: false, marker: false });
  readonly windows: Windows;

  /** The marker that further keys are about: the one made last, or selected. */
  readonly marker: MarkerView | null = $derived(this.#activeMarker());
  readonly conflict: ConflictView | null = $derived(this.#activeConflict());
  /** The codebook stands in the panel instead of the card. */
  readonly browsing: boolean = $derived(
    this.stage === 'code' || this.stage === 'recode' || (this.marker === null && this.conflict === null),
  );
  /** Conflicts to choose from while joining. */
  readonly joinable: ConflictView[] = $derived(this.#joinable());

  #set: Stage = $state('idle');
  #family: Family | null = $state.raw(null);
  /** The marker that the stage is about. */
  #about: string | null = $state(null);
  readonly #coding: CodingState;
  readonly #marking: Marking;
  readonly #options: JudgingOptions;
  readonly #joining: Joining;
  /** The segment was pinned by choosing a family, and is let go with it. */
  #pinned = false;

  constructor(coding: CodingState, marking: Marking, options: JudgingOptions = {}) {
    this.#coding = coding;
    this.#marking = marking;
    this.#options = options;
    this.#joining = new Joining(coding, marking, (words) => options.tell?.(words));
    this.windows = new Windows(coding);
  }

  get readOnly(): boolean {
    return this.#coding.readOnly;
  }

  // Keys

  /** Takes a plain key by its name (`W`, `3`, `Escape`); true when it meant something here. */
  press(key: string): boolean {
    this.notice = null;
    return key === 'Escape' ? this.back() : press(this, this.#coding.codebook.families, key);
  }

  /** Steps back by one stage. False when there is nothing to step back from. */
  back(): boolean {
    this.notice = null;
    if (this.stage === 'idle') return false;
    if (this.stage === 'recode' && this.family !== null) this.#offer(null);
    else if (this.stage === 'factors' && this.factor > 0) this.factor -= 1;
    else if (this.stage === 'strategy') this.#go('depth');
    else {
      if (this.#pinned) this.#marking.segment = null;
      this.#rest();
    }
    return true;
  }

  /** What the next key does. */
  hint(): Hint[] {
    const chordOf = this.#options.chordOf ?? ((id: ActionId) => keys.chordOf(id));
    return hintsOf({
      stage: this.stage,
      family: this.family,
      factor: this.factor,
      codebook: this.#coding.codebook,
      marker: this.marker,
      mayJoin: this.conflict !== null && conflictsBefore(this.#coding, this.conflict).length > 0,
      chord: (action) => chordOf(`judging.${action}`),
      joinable: this.joinable.map((each) => ({ name: conflictName(this.#coding, each) })),
      elements: this.elements,
    });
  }

  // Tagging

  /** Offers the codes of a family for the segment, or for the marker that is being recoded. */
  chooseFamily(family: Family): boolean {
    if (!this.#mayChange()) return true;
    if (this.stage !== 'recode' && this.stage !== 'code') this.#rest();
    this.#offer(family);
    if (this.stage === 'recode') return true;
    if (this.#marking.segment === null) {
      this.#marking.pin();
      this.#pinned = true;
    }
    this.#go('code');
    return true;
  }

  /** Points at the code after or before the one pointed at. */
  point(by: 1 | -1): true {
    const codes = this.family?.codes ?? [];
    const here = codes.findIndex((code) => code.key === this.pointed?.key);
    const next = here < 0 && by < 0 ? codes.length - 1 : here + by;
    this.pointed = codes[Math.max(0, Math.min(next, codes.length - 1))] ?? null;
    return true;
  }

  /** Marks the segment with a code, or recodes the marker when that was asked for. */
  tag(code: Code): void {
    if (this.stage === 'recode') {
      this.#rest();
      this.#onMarker({ set: 'code', to: code.key });
      if (!this.readOnly) this.said = `Now ${code.name}.`;
      return;
    }
    this.#rest();
    if (!this.#mayChange()) return;
    const segment = this.#marking.effective();
    const isRepair = findCode(this.#coding.codebook, code.key)?.family.kind === 'repair';
    const { startMs } = timesOf(segment, this.#coding.session.transcript);
    const answers = isRepair ? answeredByDefault(startMs, this.conflict) : [];
    const made = this.#coding.addMarker(segment, code.key, { answers });
    this.#marking.selectMarker(made.markerId);
    this.said = `Marked: ${code.name}.`;
    if (made.conflictId !== null && (this.#options.scoresWithTag?.() ?? true)) this.#go('score');
  }

  /** Chooses another code for the marker, whose segment and judgements stay. */
  startRecode(): void {
    if (!this.#needMarker() || !this.#mayChange()) return;
    this.#offer(null);
    this.#go('recode');
  }

  // Judging the conflict

  /** Scores the significance; the same score again takes it back. */
  score(score: Score | null): void {
    this.#rest();
    this.#onConflict({ set: 'significance', to: score });
    if (score !== null && !this.readOnly) this.said = `Significance ${nameOf(String(score))}.`;
  }

  startFactors(): void {
    if (!this.#needConflict() || !this.#mayChange()) return;
    this.factor = 0;
    this.#go('factors');
  }

  /** Scores one factor; while the three are asked for, goes on to the next one. */
  setFactor(factor: FactorKey, score: Score | null): void {
    this.#onConflict({ set: factor, to: score });
    if (this.stage !== 'factors') return;
    this.factor = FACTORS.indexOf(factor) + 1;
    if (this.factor >= FACTORS.length) this.#rest();
  }

  startRelationship(): void {
    this.#start('relationship');
  }

  setRelationship(to: Relationship | null): void {
    this.#rest();
    this.#onConflict({ set: 'relationship', to });
  }

  setOrigin(to: Origin | null): void {
    this.#rest();
    this.#onConflict({ set: 'origin', to });
  }

  startElements(): void {
    this.#start('elements');
  }

  startOrigin(): void {
    this.#start('origin');
  }

  /** The elements to choose among, each with its number, which is always the same: those of the relationship, and those that are set. */
  get elements(): { element: Element; digit: number; fits: boolean }[] {
    const { conflict } = this;
    if (conflict === null) return [];
    const fitting = this.#coding.elementsOf(conflict);
    return ELEMENTS.map((element, at) => ({
      element,
      digit: at + 1,
      fits: fitting.includes(element),
    })).filter(({ element, fits }) => fits || conflict.elements.includes(element));
  }

  toggleElement(element: Element): void {
    const chosen = this.conflict?.elements ?? [];
    const to = ELEMENTS.filter((each) => (each === element) !== chosen.includes(each));
    this.#onConflict({ set: 'elements', to });
  }

  cycleAddressed(): void {
    const { conflict } = this;
    if (!this.#needConflict() || conflict === null) return;
    this.#onConflict({ set: 'addressed', to: after(ADDRESSED, conflict.addressed, null) });
  }

  cycleSettled(): void {
    const { conflict } = this;
    if (!this.#needConflict() || conflict === null) return;
    this.#onConflict({ set: 'settled', to: after(SETTLED, conflict.settled, null) });
  }

  // Judging the marker

  /** Goes on to the next actor that the code allows. */
  cycleActor(): void {
    const { marker } = this;
    if (!this.#needMarker() || marker === null) return;
    const allowed = this.actorsOf(marker);
    const next = after(allowed, marker.actor, 'first');
    if (next === undefined || next === marker.actor)
      this.notice = `This code is only of the ${marker.actor}.`;
    else this.#onMarker({ set: 'actor', to: next });
  }

  /** The actors that a marker's code allows. */
  actorsOf(marker: MarkerView) {
    return findCode(this.#coding.codebook, marker.code)?.code.actors ?? [marker.actor];
  }

  cycleClarity(): void {
    const { marker } = this;
    if (!this.#needMarker() || marker === null) return;
    this.#onMarker({ set: 'clarity', to: after(CLARITIES, marker.clarity, 'first') ?? 'clear' });
  }

  toggleDiscuss(): void {
    const { marker } = this;
    if (!this.#needMarker() || marker === null) return;
    this.#onMarker({ set: 'discuss', to: !marker.discuss });
  }

  /** Depth, then strategy, of a repair. */
  startDepth(): void {
    if (this.marker?.kind !== 'repair')
      this.notice = 'Depth and strategy belong to a repair: select one first.';
    else if (this.#mayChange()) this.#go('depth');
  }

  /** Scores the depth of a repair, and asks for its strategy. */
  setDepth(to: Depth | null): void {
    this.#go('strategy');
    this.#onMarker({ set: 'depth', to });
  }

  setStrategy(to: Strategy | null): void {
    this.#rest();
    this.#onMarker({ set: 'strategy', to });
  }

  askNote(): void {
    if (this.#mayChange()) this.noteAsked += 1;
  }

  /** Deletes the marker, and selects nothing. */
  remove(): void {
    const { marker } = this;
    if (!this.#needMarker() || marker === null || !this.#mayChange()) return;
    this.#rest();
    this.#marking.selectMarker(null);
    this.#coding.deleteMarker(marker.id);
    this.said = `Deleted: ${shortName(this.#coding, marker.code)}.`;
  }

  /** Selects nothing, so that the codebook comes back. */
  leave(): void {
    this.#rest();
    this.#marking.selectMarker(null);
  }

  /** Nothing was seen in the window of this moment, or something was after all. A window with marks is no such window. */
  toggleNothingHere(nowMs: number): void {
    const window = this.windows.at(nowMs);
    if (window === null || !this.#mayChange()) return;
    const on = !(this.windows.ratedOf(window)?.nothing_here ?? false);
    if (on && this.windows.holdsMarks(window)) {
      this.notice = `You have marked something in window ${window.number}.`;
      this.#options.warn?.(`You have marked something in window ${window.number}: it is not “nothing here”.`);
      return;
    }
    this.#coding.setNothingHere([window.startMs, window.endMs], on);
    this.#options.tell?.(
      on ? `Nothing here: window ${window.number}.` : `Window ${window.number} is open again.`,
    );
  }

  // Joining and parting

  /** Joins the conflict to the one before; right after that, offers the others to choose from. */
  join(): void {
    const { conflict } = this;
    if (!this.#needConflict() || conflict === null || !this.#mayChange()) return;
    if (this.#joining.justMade(conflict)) {
      this.#go('join');
      return;
    }
    const markerId = this.marker?.id ?? null;
    this.#rest();
    this.#joined(this.#joining.toTheOneBefore(conflict, markerId));
  }

  /** Offers the conflicts that this one can be joined to. */
  startJoin(): void {
    this.#joining.forget();
    this.#start('join');
  }

  async chooseJoin(target: string): Promise<void> {
    const { conflict, marker } = this;
    if (conflict === null || !this.#mayChange()) return;
    this.#go('idle');
    this.#joined(await this.#joining.to(conflict, target, marker?.id ?? null));
  }

  /** Parts the marker into a conflict of its own. */
  part(markerId: string | null = this.marker?.id ?? null): void {
    const marker = markerId === null ? undefined : this.#coding.markers.get(markerId);
    const conflict = marker === undefined ? null : this.#coding.conflictOf(marker);
    if (marker === undefined || conflict === null || conflict.markers.length < 2) {
      this.notice = 'This marker is the only one of its conflict: there is nothing to part it from.';
      return;
    }
    if (!this.#mayChange()) return;
    this.#rest();
    this.#coding.partMarker(marker.id);
    this.#marking.selectMarker(marker.id);
  }

  // Within

  #start(stage: Stage): void {
    if (this.#needConflict() && this.#mayChange()) this.#go(this.stage === stage ? 'idle' : stage);
  }

  #go(stage: Stage): void {
    this.#set = stage;
    this.#about = this.marker?.id ?? null;
  }

  #rest(): void {
    this.#go('idle');
    this.#pinned = false;
    this.#offer(null);
    this.factor = 0;
  }

  #joined(refusal: string | null): void {
    this.notice = refusal;
    if (refusal === null) this.said = 'Joined.';
  }

  #offer(family: Family | null): void {
    this.#family = family;
    this.pointed = null;
  }

  #onConflict(edit: Parameters<CodingState['changeConflict']>[1]): void {
    if (this.conflict !== null && this.#mayChange()) this.#coding.changeConflict(this.conflict.id, edit);
  }

  #onMarker(edit: Parameters<CodingState['changeMarker']>[1]): void {
    if (this.marker !== null && this.#mayChange()) this.#coding.changeMarker(this.marker.id, edit);
  }

  #mayChange(): boolean {
    if (!this.readOnly) return true;
    this.notice =
      this.#coding.status === 'submitted'
        ? 'This coding is submitted. Reopen it to change it.'
        : 'This coding can be looked at, not changed.';
    return false;
  }

  #needMarker(): boolean {
    if (this.marker !== null) return true;
    this.notice = 'Select a marker first: Tab goes to the next one.';
    return false;
  }

  #needConflict(): boolean {
    if (this.conflict !== null) return true;
    this.notice =
      this.marker === null
        ? 'Select a conflict first: Tab goes to the next marker.'
        : 'This belongs to a conflict; the selected marker is a repair.';
    return false;
  }

  #stage(): Stage {
    return this.#set === 'code' || this.#about === (this.marker?.id ?? null) ? this.#set : 'idle';
  }

  #offered(): Family | null {
    return this.stage === 'code' || this.stage === 'recode' ? this.#family : null;
  }

  #joinable(): ConflictView[] {
    return this.stage === 'join' && this.conflict !== null ? joinCandidates(this.#coding, this.conflict) : [];
  }

  #activeMarker(): MarkerView | null {
    const { markerId, conflictId } = this.#marking;
    if (markerId !== null) return this.#coding.markers.get(markerId) ?? null;
    const conflict = conflictId === null ? undefined : this.#coding.conflicts.get(conflictId);
    const first = conflict?.markers[0];
    return first === undefined ? null : (this.#coding.markers.get(first) ?? null);
  }

  #activeConflict(): ConflictView | null {
    return this.marker === null ? null : this.#coding.conflictOf(this.marker);
  }
}
