// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest';
import type { MarkerEdit, MarkerView, SegmentView } from '$schemas/api';
import { TickingClock } from './clock';
import { Player } from './player.svelte';
import { PASSING_MS, Selection } from './selection.svelte';

const FAMILY = '👩‍👩‍👧‍👦';
const TEXTS = ['Yeah. I mean, mostly.', `It ${FAMILY} was fine.`, '', 'It is not a big thing.', 'Mhm.'];
const TURNS = TEXTS.map((text, at) => ({
  role: 'patient' as const,
  speaker: '',
  text,
  start_ms: at * 1_000,
  end_ms: at * 1_000 + 900,
  estimated: false,
}));

const text = (startTurn: number, startUnit: number, endTurn: number, endUnit: number): SegmentView => ({
  kind: 'text',
  start: { turn: startTurn, unit: startUnit },
  end: { turn: endTurn, unit: endUnit },
});

const whole = (turn: number): SegmentView => text(turn, 0, turn, TEXTS[turn]?.length ?? 0);

function marker(id: string, segment: SegmentView, start_ms: number): MarkerView {
  return {
    id,
    segment,
    start_ms,
    end_ms: start_ms + 900,
    code: 'withdrawal/denial',
    kind: 'conflict',
    actor: 'patient',
    clarity: 'clear',
    discuss: false,
    note: '',
    conflict_id: `conflict of ${id}`,
    answers: [],
    depth: null,
    strategy: null,
  };
}

class Coding {
  readOnly = false;
  markers = new Map<string, MarkerView>();
  edits: [string, MarkerEdit][] = [];
  get sortedMarkers() {
    return [...this.markers.values()].sort((a, b) => a.start_ms - b.start_ms);
  }
  changeMarker(id: string, edit: MarkerEdit): void {
    this.edits.push([id, edit]);
  }
  add(...markers: MarkerView[]): void {
    for (const each of markers) this.markers.set(each.id, each);
  }
}

let film: { at: number; due: (() => void) | null };
let coding: Coding;
let player: Player;
let selection: Selection;
let revealed: [number, string | null][];

const press = (key: string, modifiers: Partial<KeyboardEvent> = {}) =>
  selection.pressInCaret({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    ...modifiers,
  });

/** A player whose time passes when told to. */
function played(durationMs: number): Player {
  const reel: typeof film = { at: 0, due: null };
  film = reel;
  const frames = {
    nowMs: () => reel.at,
    request: (callback: () => void) => {
      reel.due = callback;
      return 1;
    },
    cancel: () => (reel.due = null),
  };
  return new Player({ duration_ms: durationMs, turns: TURNS }, { clock: new TickingClock(frames) });
}

function pass(ms: number): void {
  for (let left = ms; left > 0; left -= 100) {
    film.at += 100;
    film.due?.();
  }
}

beforeEach(() => {
  coding = new Coding();
  player = played(5_000);
  selection = new Selection(coding, player, TURNS);
  revealed = [];
  selection.onReveal((turn, id) => revealed.push([turn, id]));
});

test('the cursor goes with the playing turn until it is moved, and again when playing goes on', () => {
  expect(selection.turn).toBe(0);
  player.seek(3_500);
  expect(selection.turn).toBe(3);
  selection.moveTurn(-2);
  expect(selection.turn).toBe(1);
  expect(selection.effective()).toEqual(whole(1));
  player.seek(4_500);
  expect(selection.turn).toBe(1);
  player.play();
  expect(selection.turn).toBe(4);
});

test('stays within the turns', () => {
  selection.moveTurn(-1);
  expect(selection.turn).toBe(0);
  selection.moveTurn(99);
  expect(selection.turn).toBe(4);
});

test('a turn in which nothing is said is marked by its time', () => {
  selection.selectTurn(2);
  expect(selection.effective()).toEqual({ kind: 'time', start_ms: 2_000, end_ms: 2_900 });
});

test('extends over several turns and back again, from where it began', () => {
  selection.selectTurn(1);
  selection.extendTurn(1);
  selection.extendTurn(1);
  expect(selection.segment).toEqual(text(1, 0, 3, TEXTS[3]?.length ?? 0));
  expect(selection.turn).toBe(3);
  selection.extendTurn(-1);
  selection.extendTurn(-1);
  selection.extendTurn(-1);
  expect(selection.segment).toEqual(text(0, 0, 1, TEXTS[1]?.length ?? 0));
});

test('text is taken in whole characters, in either direction, and not from empty edges', () => {
  selection.setText({ turn: 1, unit: 5 }, { turn: 0, unit: 6 });
  expect(selection.segment).toEqual(text(0, 6, 1, 3 + FAMILY.length));
  selection.setText({ turn: 0, unit: TEXTS[0]?.length ?? 0 }, { turn: 3, unit: 0 });
  expect(selection.segment).toEqual(whole(1));
  const before = selection.segment;
  selection.setText({ turn: 1, unit: 2 }, { turn: 1, unit: 2 });
  expect(selection.segment).toEqual(before);
});

test('a chosen segment stays while it plays on', () => {
  selection.setText({ turn: 0, unit: 0 }, { turn: 0, unit: 4 });
  player.seek(4_000);
  player.play();
  expect(selection.effective()).toEqual(text(0, 0, 0, 4));
  expect(selection.turn).toBe(0);
});

test('pinning holds on to the turn that was playing', () => {
  player.seek(1_100);
  player.play();
  selection.pin();
  player.seek(4_000);
  expect(selection.effective()).toEqual(whole(1));
});

test('in and out at the playhead make a stretch of time, in either order', () => {
  player.seek(1_200);
  selection.setIn();
  expect(selection.inMs).toBe(1_200);
  player.seek(3_100);
  selection.setOut();
  expect(selection.segment).toEqual({ kind: 'time', start_ms: 1_200, end_ms: 3_100 });
  player.seek(2_000);
  selection.setIn();
  expect(selection.segment).toEqual({ kind: 'time', start_ms: 2_000, end_ms: 3_100 });
  selection.clear();
  player.seek(3_400);
  selection.setOut();
  expect(selection.segment).toEqual({ kind: 'time', start_ms: 3_000, end_ms: 3_400 });
  selection.setWhole();
  expect(selection.effectiveStretch()).toEqual({ startMs: 0, endMs: 5_000 });
});

test('leaves one thing after the other', () => {
  selection.setText({ turn: 0, unit: 0 }, { turn: 0, unit: 4 });
  selection.enterCaret();
  expect(selection.clear()).toBe(true);
  expect(selection.caret).toBeNull();
  expect(selection.segment).not.toBeNull();
  expect(selection.clear()).toBe(true);
  expect(selection.segment).toBeNull();
  expect(selection.turn).toBe(0);
  expect(selection.clear()).toBe(true);
  expect(selection.attached).toBe(true);
  expect(selection.clear()).toBe(false);
});

test('the caret goes by characters and words, across turns, and selects with Shift', () => {
  selection.selectTurn(0);
  selection.enterCaret();
  expect(press('Tab')).toBe(false);
  press('ArrowRight', { ctrlKey: true });
  expect(selection.caret?.at).toEqual({ turn: 0, unit: 4 });
  press('ArrowRight', { shiftKey: true });
  press('ArrowRight', { shiftKey: true, ctrlKey: true });
  expect(selection.segment).toEqual(text(0, 4, 0, 7));
  press('ArrowLeft');
  expect(selection.caret).toEqual({ at: { turn: 0, unit: 4 }, anchor: null });
  expect(selection.segment).toBeNull();
  press('End', { shiftKey: true });
  press('ArrowRight', { shiftKey: true });
  for (let times = 0; times < 4; times += 1) press('ArrowRight', { shiftKey: true });
  expect(selection.segment).toEqual(text(0, 4, 1, 3 + FAMILY.length));
  expect(selection.turn).toBe(1);
  press('Home');
  press('ArrowLeft');
  expect(selection.caret?.at).toEqual({ turn: 0, unit: TEXTS[0]?.length });
  press('ArrowDown');
  expect(selection.caret?.at.turn).toBe(1);
  press('End', { ctrlKey: true });
  press('ArrowRight');
  expect(selection.caret?.at).toEqual({ turn: 4, unit: 4 });
  selection.clear();
  expect(press('ArrowRight')).toBe(false);
});

test('the caret never stops inside a character', () => {
  selection.selectTurn(0);
  selection.enterCaret();
  for (let times = 0; times < 5; times += 1) press('ArrowRight');
  press('ArrowDown');
  expect(selection.caret?.at).toEqual({ turn: 1, unit: 3 });
});

test('markers come in the order of their onset, round and round, from where the cursor stands', () => {
  coding.add(marker('b', whole(3), 3_000), marker('a', whole(0), 0), marker('c', whole(4), 4_000));
  selection.selectTurn(1);
  selection.nextMarker(1);
  expect(selection.markerId).toBe('b');
  expect(selection.conflictId).toBe('conflict of b');
  expect(selection.turn).toBe(3);
  selection.nextMarker(1);
  selection.nextMarker(1);
  expect(selection.markerId).toBe('a');
  selection.nextMarker(-1);
  expect(selection.markerId).toBe('c');
  expect(revealed).toContainEqual([3, 'b']);
  selection.selectTurn(1);
  selection.nextMarker(-1);
  expect(selection.markerId).toBe('a');
});

test('a selected marker is what the next tag marks, as long as the cursor stands on it', () => {
  coding.add(marker('a', text(0, 6, 1, 2), 0));
  selection.selectMarker('a');
  expect(selection.effective()).toEqual(text(0, 6, 1, 2));
  selection.moveTurn(3);
  expect(selection.markerId).toBeNull();
  expect(selection.effective()).toEqual(whole(3));
});

test('a tag made in passing does not hold the cursor back', () => {
  player.seek(1_100);
  player.play();
  coding.add(marker('a', whole(1), 1_000));
  selection.selectMarker('a');
  player.seek(3_200);
  expect(selection.markerId).toBe('a');
  expect(selection.effective()).toEqual(whole(3));
});

test('a marker that playing has left is let go, after the time for its digit', () => {
  player = played(60_000);
  selection = new Selection(coding, player, TURNS);
  coding.add(marker('a', whole(1), 1_000));
  player.seek(1_100);
  player.play();
  selection.selectMarker('a');
  pass(PASSING_MS);
  expect(selection.markerId).toBe('a');
  pass(1_000);
  expect(selection.markerId).toBeNull();
});

test('a marker is let go as well when the cursor stood on it, the view following, and not while it is worked on', () => {
  player = played(60_000);
  selection = new Selection(coding, player, TURNS);
  coding.add(marker('a', whole(1), 1_000));
  let working = true;
  selection.keepWhile(() => working);
  player.play();
  selection.selectMarker('a');
  player.following = false;
  pass(2 * PASSING_MS);
  player.following = true;
  pass(2 * PASSING_MS);
  expect(selection.markerId).toBe('a');
  working = false;
  pass(PASSING_MS + 1_000);
  expect(selection.markerId).toBeNull();
  expect(selection.attached).toBe(true);
});

test('a seek away lets the marker go that was made in passing, a small step does not', () => {
  player = played(60_000);
  selection = new Selection(coding, player, TURNS);
  coding.add(marker('a', whole(1), 1_000));
  player.seek(1_100);
  player.play();
  selection.selectMarker('a');
  player.pause();
  player.nudge(2_000);
  expect(selection.markerId).toBe('a');
  player.seek(40_000);
  expect(selection.markerId).toBeNull();
});

test.each<SegmentView>([{ kind: 'time', start_ms: 1_000, end_ms: 2_500 }, { kind: 'whole' }])(
  'the next tag does not land on %j again when playing has gone on',
  (segment) => {
    coding.add(marker('a', segment, segment.kind === 'time' ? segment.start_ms : 0));
    selection.selectMarker('a');
    player.seek(2_400);
    player.play();
    expect(selection.markerId).toBe('a');
    pass(1_000);
    expect(selection.effective()).toEqual(whole(3));
    selection.pin();
    expect(selection.segment).toEqual(whole(3));
  },
);

test('a stretch of time is marked again while the cursor stands on it, the whole session never', () => {
  const stretch: SegmentView = { kind: 'time', start_ms: 1_000, end_ms: 2_500 };
  coding.add(marker('a', stretch, 1_000));
  selection.selectMarker('a');
  expect(selection.effective()).toEqual(stretch);
  coding.add(marker('b', { kind: 'whole' }, 0));
  selection.selectMarker('b');
  expect(selection.effective()).toEqual(whole(0));
});

test('words that are cut in half are taken whole', () => {
  selection.setWords({ turn: 3, unit: 13 }, { turn: 3, unit: 4 });
  expect(selection.segment).toEqual(text(3, 3, 3, 15));
  selection.setWords({ turn: 0, unit: 5 }, { turn: 1, unit: 1 });
  expect(selection.segment).toEqual(text(0, 6, 1, 2));
});

test('bounds of the selected marker move by words, across turns, never past each other', () => {
  coding.add(marker('a', text(0, 6, 0, 12), 0));
  selection.selectMarker('a');
  selection.moveBounds('start', 'earlier');
  selection.moveBounds('start', 'later');
  selection.moveBounds('end', 'later');
  selection.moveBounds('end', 'earlier');
  expect(coding.edits.map(([, edit]) => edit.to)).toEqual([
    text(0, 0, 0, 12),
    text(0, 8, 0, 12),
    text(0, 6, 0, 20),
    text(0, 6, 0, 7),
  ]);
  coding.edits = [];
  coding.add(marker('a', text(1, 0, 1, 2), 1_000));
  expect(selection.moveBounds('start', 'later')).toBe(false);
  expect(coding.edits).toEqual([]);
});

test.each<[SegmentView, 'start' | 'end', 'earlier' | 'later', SegmentView]>([
  [text(1, 0, 1, 2), 'start', 'earlier', text(0, 14, 1, 2)],
  [whole(1), 'end', 'later', text(1, 0, 3, 2)],
  [text(1, 0, 3, 2), 'end', 'earlier', whole(1)],
  [text(0, 14, 1, 2), 'start', 'later', text(1, 0, 1, 2)],
  [
    { kind: 'time', start_ms: 500, end_ms: 2_000 },
    'start',
    'earlier',
    { kind: 'time', start_ms: 0, end_ms: 2_000 },
  ],
  [
    { kind: 'time', start_ms: 500, end_ms: 4_500 },
    'end',
    'later',
    { kind: 'time', start_ms: 500, end_ms: 5_000 },
  ],
])('the bounds of %j: its %s %s makes %j', (from, bound, direction, to) => {
  coding.add(marker('a', from, 0));
  selection.selectMarker('a');
  expect(selection.moveBounds(bound, direction)).toBe(true);
  expect(coding.edits).toEqual([['a', { set: 'segment', to }]]);
});

test.each<[SegmentView, 'start' | 'end', 'earlier' | 'later']>([
  [whole(0), 'start', 'earlier'],
  [whole(4), 'end', 'later'],
  [whole(4), 'end', 'earlier'],
  [{ kind: 'whole' }, 'start', 'later'],
  [{ kind: 'time', start_ms: 0, end_ms: 900 }, 'end', 'earlier'],
])('the bounds of %j cannot move: %s %s', (from, bound, direction) => {
  coding.add(marker('a', from, 0));
  selection.selectMarker('a');
  expect(selection.moveBounds(bound, direction)).toBe(false);
  expect(coding.edits).toEqual([]);
});

test('without a marker the chosen segment moves, and a locked coding keeps its bounds', () => {
  selection.selectTurn(0);
  selection.moveBounds('end', 'earlier');
  expect(selection.segment).toEqual(text(0, 0, 0, 12));
  coding.add(marker('a', whole(0), 0));
  coding.readOnly = true;
  selection.selectMarker('a');
  expect(selection.moveBounds('end', 'earlier')).toBe(false);
  expect(coding.edits).toEqual([]);
});
