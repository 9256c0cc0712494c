import { describe, expect, test } from 'vitest';
import type { CodingState } from './coding.svelte';
import { Judging, type JudgingOptions } from './judging.svelte';
import { FakeMarking, codingOf, confirmedCoding, silentClient } from './judging/fixture';

function judgingOf(coding: CodingState = codingOf(), options: JudgingOptions = {}) {
  const marking = new FakeMarking();
  const judging = new Judging(coding, marking, { chordOf: (id) => id, ...options });
  const type = (letters: string) => [...letters].map((letter) => judging.press(letter));
  const only = () => [...coding.conflicts.values()];
  return { coding, marking, judging, type, conflicts: only, markers: () => coding.sortedMarkers };
}

describe('a tag', () => {
  test('is three keystrokes: family, code, score', () => {
    const { judging, type, markers, conflicts } = judgingOf();
    expect(type('WM')).toEqual([true, true]);
    expect(markers()).toMatchObject([{ code: 'withdrawal/minimal-response', actor: 'patient' }]);
    expect(conflicts()).toMatchObject([{ significance: null, mode: 'withdrawal' }]);
    expect(judging.stage).toBe('score');
    type('4');
    expect(conflicts()).toMatchObject([{ significance: 4 }]);
    expect(judging.stage).toBe('idle');
  });

  test('is scored with 0 as "cannot judge", and a later digit corrects it', () => {
    const { type, conflicts } = judgingOf();
    type('CI0');
    expect(conflicts()[0]?.significance).toBe('cannot-judge');
    type('2');
    expect(conflicts()[0]?.significance).toBe(2);
  });

  test('holds on to the segment from the family’s letter on', () => {
    const { marking, type, markers } = judgingOf();
    marking.cursor = 1;
    type('W');
    marking.cursor = 2;
    type('M');
    expect(markers()[0]?.segment).toMatchObject({ start: { turn: 1 } });
  });

  test('takes every letter of a family’s codes for a code, and says when there is none', () => {
    const { judging, type, markers } = judgingOf();
    expect(type('CR')).toEqual([true, true]);
    expect(markers()[0]?.code).toBe('confrontation/therapist-criticises');
    type('HX');
    expect(judging.notice).toContain('no code with X');
    expect(judging.stage).toBe('code');
    expect(markers()).toHaveLength(1);
  });

  test('Esc steps back, and lets go of a segment that was only held for the tag', () => {
    const { judging, marking, type, markers } = judgingOf();
    type('W');
    expect(judging.press('Escape')).toBe(true);
    expect(judging.stage).toBe('idle');
    expect(marking.segment).toBeNull();
    expect(markers()).toHaveLength(0);
    expect(judging.press('Escape')).toBe(false);
  });

  test('does not ask for the score where the study scores later', () => {
    const { judging, type } = judgingOf(codingOf(), { scoresWithTag: () => false });
    type('WM');
    expect(judging.stage).toBe('idle');
  });

  test('another family’s letter instead of the score begins the next tag', () => {
    const { type, markers, conflicts } = judgingOf();
    type('WMCT3');
    expect(markers()).toHaveLength(2);
    expect(conflicts().map((each) => each.significance)).toEqual([null, 3]);
  });

  test('another marker selected ends the stage', () => {
    const { judging, marking, type, conflicts } = judgingOf();
    type('WM');
    marking.selectMarker(null);
    expect(judging.stage).toBe('idle');
    expect(judging.press('3')).toBe(false);
    expect(conflicts()[0]?.significance).toBeNull();
  });
});

describe('a digit while something is chosen', () => {
  const stages: [string, (judging: Judging) => void, string[]][] = [
    ['elements', (judging) => judging.startElements(), ['0', '7', '8', '9']],
    ['relationship', (judging) => judging.startRelationship(), ['4', '5', '9']],
    ['origin', (judging) => judging.startOrigin(), ['7', '9']],
    ['join', (judging) => judging.startJoin(), ['0', '2', '4', '9']],
    ['factors', (judging) => judging.startFactors(), ['6', '9']],
  ];
  test.each(stages)('%s keeps the digits it does not know from the significance', (stage, start, unknown) => {
    const { judging, marking, type, conflicts } = judgingOf();
    type('WM2');
    marking.cursor = 2;
    type('CA3');
    start(judging);
    for (const digit of unknown) {
      expect(judging.press(digit)).toBe(true);
      expect(judging.notice).not.toBeNull();
      expect(judging.stage).toBe(stage);
    }
    expect(conflicts().map((each) => each.significance)).toEqual([2, 3]);
  });

  test.each(['relationship', 'elements', 'origin'] as const)('%s is chosen by number', (stage) => {
    const { judging, type, conflicts } = judgingOf();
    type('WM4');
    ({
      relationship: () => judging.startRelationship(),
      elements: () => judging.startElements(),
      origin: () => judging.startOrigin(),
    })[stage]();
    type('1');
    expect(conflicts()[0]).toMatchObject({ significance: 4 });
    expect(conflicts()[0]?.[stage]).toEqual(
      { relationship: 'alliance', elements: ['goals'], origin: 'technical-error' }[stage],
    );
  });

  test('depth and strategy know two, and nothing else', () => {
    const { judging, marking, type, markers } = judgingOf();
    marking.cursor = 3;
    type('RA');
    judging.startDepth();
    expect(type('31')).toEqual([true, true]);
    expect(judging.stage).toBe('strategy');
    expect(type('32')).toEqual([true, true]);
    expect(markers()).toMatchObject([{ depth: 'surface', strategy: 'expressive' }]);
  });
});

test('arrows point at codes, whose meaning then stands beside the work, and Enter tags', () => {
  const { judging, type, markers } = judgingOf();
  type('W');
  expect(judging.press('Enter')).toBe(false);
  judging.press('ArrowDown');
  judging.press('ArrowDown');
  const pointed = judging.pointed;
  expect(pointed?.key).toBe(judging.family?.codes[1]?.key);
  judging.press('Enter');
  expect(markers()).toMatchObject([{ code: pointed?.key }]);
  expect([judging.pointed, judging.family]).toEqual([null, null]);
});

test('a family that was chosen for another code goes when the stage lapses', () => {
  const { judging, marking, type } = judgingOf();
  type('WM2');
  judging.startRecode();
  type('C');
  expect(judging.family?.letter).toBe('C');
  marking.selectMarker(null);
  expect([judging.stage, judging.family]).toEqual(['idle', null]);
});

test('a window that holds marks is not "nothing here", an empty one is, and can be opened again', () => {
  const [warned, told]: [string[], string[]] = [[], []];
  const { coding, judging, type } = judgingOf(codingOf(), {
    warn: (words) => warned.push(words),
    tell: (words) => told.push(words),
  });
  type('WM2');
  judging.toggleNothingHere(15_000);
  expect([coding.rest.windows.length, warned.length]).toEqual([0, 1]);
  judging.toggleNothingHere(25_000);
  expect(coding.rest.windows).toMatchObject([{ start_ms: 20_000, nothing_here: true }]);
  judging.toggleNothingHere(25_000);
  expect(coding.rest.windows).toMatchObject([{ nothing_here: false }]);
  expect(told).toHaveLength(2);
});

describe('a repair', () => {
  test('answers nothing by itself while no conflict is selected, and takes no score', () => {
    const { judging, marking, type, markers, conflicts } = judgingOf();
    marking.cursor = 1;
    type('WM');
    marking.selectMarker(null);
    marking.cursor = 3;
    type('RA');
    expect(markers().find((marker) => marker.kind === 'repair')?.answers).toEqual([]);
    expect(judging.stage).toBe('idle');
    expect(judging.press('4')).toBe(false);
    expect(conflicts().map((each) => each.significance)).toEqual([null]);
  });

  test('answers the selected conflict before any other', () => {
    const { marking, type, markers, conflicts } = judgingOf();
    marking.cursor = 1;
    type('WM');
    const first = markers()[0];
    marking.cursor = 2;
    type('CA');
    marking.selectMarker(first?.id ?? null);
    marking.cursor = 3;
    type('RA');
    expect(markers().at(-1)?.answers).toEqual([conflicts()[0]?.id]);
  });

  test('does not answer a conflict that comes after it', () => {
    const { marking, type, markers } = judgingOf();
    marking.cursor = 3;
    type('WM');
    marking.cursor = 0;
    type('RA');
    expect(markers()[0]).toMatchObject({ kind: 'repair', answers: [] });
  });

  test('D sets depth, then strategy; Esc goes back from strategy to depth', () => {
    const { judging, marking, type, markers } = judgingOf();
    marking.cursor = 3;
    type('RA');
    judging.startDepth();
    type('2');
    expect(markers()[0]?.depth).toBe('underlying');
    judging.press('Escape');
    expect(judging.stage).toBe('depth');
    type('12');
    expect(markers()[0]).toMatchObject({ depth: 'surface', strategy: 'expressive' });
    expect(judging.stage).toBe('idle');
  });
});

describe('judging', () => {
  test('factors take three digits', () => {
    const { judging, type, conflicts } = judgingOf();
    type('WM');
    judging.startFactors();
    expect(judging.hint()[0]).toEqual({ key: '1–5', label: 'intensity' });
    type('403');
    expect(conflicts()[0]?.factors).toEqual({ intensity: 4, centrality: 'cannot-judge', endangerment: 3 });
    expect(judging.stage).toBe('idle');
    expect(conflicts()[0]?.significance).toBeNull();
  });

  test('relationship by its letter, elements by their numbers, settled in a circle', () => {
    const { judging, type, conflicts } = judgingOf();
    type('WM');
    judging.startRelationship();
    type('R');
    judging.startElements();
    type('46');
    type('4');
    judging.press('Escape');
    for (const settled of ['yes', 'no', 'cannot-tell', null]) {
      judging.cycleSettled();
      expect(conflicts()[0]?.settled).toBe(settled);
    }
    expect(conflicts()[0]).toMatchObject({ relationship: 'real', elements: ['personal-bond'] });
  });

  test('elements fit the relationship and keep their numbers; what was set before stays and is named', () => {
    const { judging, type, conflicts } = judgingOf();
    type('WM');
    judging.startElements();
    type('1');
    judging.press('Escape');
    judging.setRelationship('real');
    expect(conflicts()[0]?.elements).toEqual(['goals']);
    const offered = () => judging.elements.map(({ element, digit, fits }) => [digit, element, fits]);
    expect(offered()).toEqual([
      [1, 'goals', false],
      [4, 'realism', true],
      [5, 'genuineness', true],
      [6, 'personal-bond', true],
    ]);
    judging.startElements();
    expect(judging.hint().map(({ key }) => key)).toEqual(['1', '4', '5', '6', 'Esc']);
    judging.press('2');
    expect([conflicts()[0]?.elements, judging.notice]).toEqual([['goals'], expect.stringContaining('fits')]);
    type('16');
    expect(conflicts()[0]?.elements).toEqual(['personal-bond']);
    expect(judging.elements).toHaveLength(3);
  });

  test('the actor stays among those that the code allows', () => {
    const { judging, type, markers } = judgingOf();
    type('WM');
    judging.cycleActor();
    expect(markers()[0]?.actor).toBe('patient');
    expect(judging.notice).toContain('only of the patient');
  });

  test('recoding keeps the segment and the score', () => {
    const { judging, marking, type, markers, conflicts } = judgingOf();
    marking.cursor = 2;
    type('WM4');
    marking.cursor = 0;
    judging.startRecode();
    type('CA');
    expect(markers()).toMatchObject([
      { code: 'confrontation/complaint-about-activities', segment: { start: { turn: 2 } } },
    ]);
    expect(conflicts()).toMatchObject([{ significance: 4 }]);
  });

  test('what belongs to a conflict says so on a repair', () => {
    const { judging, marking, type } = judgingOf();
    marking.cursor = 3;
    type('RA');
    judging.startFactors();
    expect(judging.stage).toBe('idle');
    expect(judging.notice).toContain('repair');
  });
});

describe('joining', () => {
  async function threeConflicts() {
    const { client, coding } = confirmedCoding();
    const flow = judgingOf(coding);
    for (const [cursor, tag] of [
      [0, 'WM2'],
      [1, 'WT3'],
      [2, 'CA4'],
    ] as const) {
      flow.marking.cursor = cursor;
      for (const key of tag) {
        flow.type(key);
        await coding.settled();
      }
    }
    return { ...flow, client };
  }

  test('goes to the conflict before, and parts again', async () => {
    const { coding, judging, conflicts } = await threeConflicts();
    const [, second] = conflicts();
    judging.join();
    await coding.settled();
    expect(judging.conflict?.id).toBe(second?.id);
    expect(judging.conflict?.markers).toHaveLength(2);
    judging.part();
    await coding.settled();
    expect(conflicts()).toHaveLength(3);
    expect(judging.conflict?.markers).toHaveLength(1);
  });

  test('the same key again chooses another conflict, and the first one is as it was', async () => {
    const { coding, judging, conflicts, client } = await threeConflicts();
    const [first, second, third] = conflicts().map((each) => each.id);
    judging.join();
    await coding.settled();
    judging.join();
    expect(judging.stage).toBe('join');
    const choice = judging.joinable.findIndex((each) => each.id === first);
    judging.press(String(choice + 1));
    await new Promise((done) => setTimeout(done));
    await coding.settled();
    expect(conflicts().map((each) => each.id)).toEqual([first, second]);
    expect(coding.conflicts.get(second ?? '')).toMatchObject({ significance: 3 });
    expect(coding.conflicts.get(first ?? '')?.markers).toHaveLength(2);
    expect(judging.conflict?.id).toBe(first);
    expect(client.called.slice(-2).map(({ name }) => name)).toEqual(['undo', 'conflict_join']);
    expect(client.called.at(-1)?.request).toMatchObject({ keep: first, join: third });
  });

  test('after undo the key joins again instead of offering others', async () => {
    const { coding, judging, marking, conflicts, client } = await threeConflicts();
    const marker = judging.marker?.id ?? null;
    judging.join();
    await coding.settled();
    await coding.undo();
    marking.selectMarker(marker);
    expect(conflicts()).toHaveLength(3);
    judging.join();
    await coding.settled();
    expect(judging.stage).toBe('idle');
    expect(conflicts()).toHaveLength(2);
    expect(client.called.slice(-2).map(({ name }) => name)).toEqual(['undo', 'conflict_join']);
  });

  test('an edit after the join, however it was made, lets the join stand', async () => {
    const { coding, judging } = await threeConflicts();
    judging.join();
    await coding.settled();
    coding.changeConflict(judging.conflict?.id ?? '', { set: 'addressed', to: 'no' });
    await coding.settled();
    judging.join();
    expect(judging.stage).toBe('idle');
  });

  test('says which of two significances it has', async () => {
    const told: string[] = [];
    const { coding } = confirmedCoding();
    const { judging, marking, type } = judgingOf(coding, { tell: (words) => told.push(words) });
    type('WM2');
    marking.cursor = 2;
    type('CA4');
    judging.join();
    await coding.settled();
    await new Promise((done) => setTimeout(done));
    expect(told).toEqual(['Joined: significance is 2 now. Apart they had 2 and 4.']);
  });

  test('says so where there is no conflict before', () => {
    const { judging, type } = judgingOf();
    type('WM3');
    judging.join();
    expect(judging.notice).toContain('no conflict before');
  });
});

describe('a coding that may not be changed', () => {
  test.each([
    [{ rest: { status: 'submitted' as const } }, 'submitted'],
    [{ readOnly: true }, 'looked at'],
  ])('refuses the tag and says why', (given, words) => {
    const client = silentClient();
    const { judging, type, markers } = judgingOf(codingOf(given, client));
    expect(type('W')).toEqual([true]);
    expect(judging.stage).toBe('idle');
    expect(judging.notice).toContain(words);
    expect(markers()).toHaveLength(0);
    expect(client.called).toEqual([]);
  });
});

describe('the strip of keys', () => {
  test('offers families, then the family’s codes', () => {
    const { judging, type } = judgingOf();
    expect(judging.hint().map(({ key, label }) => `${key} ${label}`)).toEqual([
      'W withdrawal',
      'C confrontation',
      'H failure of care',
      'R T repair',
    ]);
    type('H');
    expect(judging.hint()).toContainEqual({ key: 'B', label: 'bland response' });
  });

  test('every family’s codes have letters of their own', () => {
    for (const family of codingOf().codebook.families) {
      const letters = family.codes.map((code) => code.letter);
      expect(new Set(letters).size).toBe(letters.length);
    }
  });
});
