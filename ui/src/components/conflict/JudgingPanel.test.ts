// @vitest-environment jsdom
import { flushSync, mount, tick, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CodingRest, Verdict } from '$schemas/api';
import type { App } from '../../state/app.svelte';
import type { CodingState } from '../../state/coding.svelte';
import type { Judging } from '../../state/judging.svelte';
import { codingOf, turn } from '../../state/judging/fixture';
import { Player } from '../../state/player.svelte';
import type { Selection } from '../../state/selection.svelte';
import { Toasts } from '../../state/toasts.svelte';
import Frame from './fixture/Frame.svelte';

let close: (() => void) | undefined;
afterEach(() => close?.());
beforeEach(() => {
  // jsdom lays nothing out.
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
});

const clock = { play() {}, pause() {}, seek() {}, rate: 1, now: 0, playing: false, onchange: null };

function shown(coding: CodingState) {
  const player = new Player(coding.session.transcript, { clock });
  let parts: { judging: Judging; selection: Selection } | undefined;
  let leave: (() => void)[] = [];
  const app = {
    dialog: null,
    lead: false,
    onLeaving: (then: () => void) => {
      leave = [...leave, then];
      return () => (leave = leave.filter((each) => each !== then));
    },
    toasts: new Toasts(),
  } as unknown as App;
  const onready = (ready: { judging: Judging; selection: Selection }) => (parts = ready);
  const frame = mount(Frame, { target: document.body, props: { app, coding, player, onready } });
  close = () => void unmount(frame);
  flushSync();
  if (parts === undefined) throw new Error('the panel did not come up');
  const find = (css: string) => document.querySelector<HTMLElement>(css);
  const click = (css: string) => {
    const element = find(css);
    if (element === null) throw new Error(`nothing to click: ${css}`);
    element.click();
    flushSync();
  };
  const select = (markerId: string) => {
    parts?.selection.selectMarker(markerId);
    flushSync();
  };
  const leaves = () => leave.forEach((each) => each());
  return { ...parts, find, click, select, leaves };
}

const rupture: Verdict = {
  class: 'rupture',
  score: 4,
  cut: 3,
  reasons: [
    { kind: 'score_at_or_above_cut', of: 'significance', score: 4, cut: 3, text: 'significance 4 ≥ cut 3' },
  ],
};

function withVerdict(verdict: Verdict | null, rest: Partial<CodingRest> = {}) {
  const coding = codingOf({ rest });
  const made = coding.addMarker(turn(1), 'withdrawal/minimal-response');
  const conflict = coding.conflicts.get(made.conflictId ?? '');
  if (conflict !== undefined) coding.conflicts.set(conflict.id, { ...conflict, significance: 4, verdict });
  return { coding, ...made };
}

describe('the panel', () => {
  test('tags and scores by mouse alone', () => {
    const coding = codingOf();
    const { selection, click, find } = shown(coding);
    selection.selectTurn(2);
    click('[data-family="confrontation"]');
    click('[data-code="confrontation/complaint-about-activities"]');
    click('[data-testid="score-4"]');
    expect(coding.sortedMarkers).toMatchObject([
      { code: 'confrontation/complaint-about-activities', segment: { start: { turn: 2 } } },
    ]);
    expect(coding.sortedConflicts).toMatchObject([{ significance: 4 }]);
    expect(find('[data-testid="score-4"]')?.getAttribute('aria-pressed')).toBe('true');
    click('[data-testid="score-4"]');
    expect(coding.sortedConflicts).toMatchObject([{ significance: null }]);
  });

  test('teaches while nothing is marked, and lists what is', () => {
    const { find, click } = shown(codingOf());
    expect(document.body.textContent).toContain('Most turns hold nothing');
    click('[data-family="withdrawal"]');
    click('[data-code="withdrawal/denial"]');
    expect(find('[data-testid="list-item"]')?.textContent).toContain('denial');
  });

  test('rows far down the list are drawn when they are walked to', () => {
    const coding = codingOf();
    const [, far] = [1, 2].map((at) => coding.addMarker(turn(at), 'withdrawal/denial').conflictId ?? '');
    const conflict = coding.conflicts.get(far ?? '');
    if (conflict !== undefined) coding.conflicts.set(conflict.id, { ...conflict, onset_ms: 3_000_000 });
    const { find } = shown(coding);
    const rows = () => [...document.querySelectorAll<HTMLElement>('[data-testid="list-item"]')];
    expect(rows()).toHaveLength(1);
    expect([...document.querySelectorAll<HTMLElement>('ul.group')].map(({ style }) => style.height)).toEqual([
      '',
      '1.8125rem',
    ]);
    find('[data-testid="list-item"]')?.focus();
    rows()[0]?.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true, cancelable: true }));
    expect(rows()).toHaveLength(2);
    expect(document.activeElement).toBe(rows()[1]);
  });

  test('says the class with every reason', () => {
    const { coding, markerId } = withVerdict(rupture);
    const { select, find } = shown(coding);
    select(markerId);
    expect(find('[data-testid="verdict"]')?.textContent).toMatch(/Rupture\s+significance 4 ≥ cut 3/);
  });

  test('shows a masked rater no class, neither in words nor in the mark', () => {
    const { coding, markerId } = withVerdict(null);
    const { select, find } = shown(coding);
    select(markerId);
    expect(find('[data-testid="conflict-card"]')).not.toBeNull();
    expect(find('[data-testid="verdict"]')).toBeNull();
    expect(find('[data-testid="conflict-card"] .mark.filled')).toBeNull();
    expect(document.body.textContent).not.toMatch(/rupture|strain/i);
  });

  test('asks about care where the real relationship is hurt', () => {
    const { coding, markerId, conflictId } = withVerdict(null);
    const { select, find, click } = shown(coding);
    select(markerId);
    expect(find('[aria-label="Painful feelings"]')).toBeNull();
    click('[aria-label="Relationship that is hurt"] [data-value="real"]');
    click('[aria-label="Painful feelings"] [data-value="inferred"]');
    expect(coding.conflicts.get(conflictId ?? '')).toMatchObject({
      relationship: 'real',
      painful_affect: 'inferred',
    });
  });

  test('offers elements of the relationship that is hurt, and shows one set before that is not', () => {
    const { coding, markerId, conflictId } = withVerdict(null);
    coding.changeConflict(conflictId ?? '', { set: 'elements', to: ['tasks'] });
    coding.changeConflict(conflictId ?? '', { set: 'relationship', to: 'real' });
    const { select, judging, find } = shown(coding);
    select(markerId);
    expect(find('[aria-label="Elements"]')?.textContent).toContain('tasks (does not fit)');
    judging.startElements();
    flushSync();
    const offered = [...document.querySelectorAll('[aria-label="Elements"] [data-value]')];
    expect(offered.map((each) => each.textContent?.trim())).toEqual([
      '2tasks (does not fit)',
      '4realism',
      '5genuineness',
      '6personal bond',
    ]);
  });

  test('takes the focus when the card that had it makes room for the codebook', async () => {
    const coding = codingOf();
    const { markerId } = coding.addMarker(turn(1), 'withdrawal/denial');
    const panel = shown(coding);
    panel.select(markerId);
    const button = panel.find('[data-card] button[aria-label="To discuss"]');
    button?.focus();
    button?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    panel.judging?.leave();
    await vi.waitFor(() => expect(document.activeElement).not.toBe(button));
    expect(panel.find('[data-card]')).toBeNull();
    expect(panel.find('[data-testid="conflict-card"]')?.closest<HTMLElement>('.judgement')?.inert).toBe(true);
    expect(document.activeElement).toBe(panel.find('[data-judging]'));
  });

  test('who walks on from the codebook to the lists is done with choosing', () => {
    const { judging, find } = shown(codingOf());
    judging.press('W');
    flushSync();
    expect(judging.stage).toBe('code');
    find('[data-testid="ratings"]')?.focus();
    flushSync();
    expect(judging.stage).toBe('idle');
    expect(find('[data-testid="ratings"]')).toBe(document.activeElement);
  });

  test('a search is over when a marker is judged', () => {
    const coding = codingOf();
    const { markerId } = coding.addMarker(turn(1), 'withdrawal/denial');
    const { select, find, judging } = shown(coding);
    const field = find('.codebook input') as HTMLInputElement;
    field.value = 'denial';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    select(markerId);
    judging.leave();
    flushSync();
    expect(field.value).toBe('');
  });

  test('gives digits to the row that has the focus', () => {
    const { coding, markerId, conflictId } = withVerdict(null);
    const { select, find } = shown(coding);
    select(markerId);
    const bar = find('[aria-label="Centrality"] button');
    bar?.focus();
    bar?.dispatchEvent(new KeyboardEvent('keydown', { key: '2', bubbles: true, cancelable: true }));
    expect(coding.conflicts.get(conflictId ?? '')).toMatchObject({
      significance: 4,
      factors: { centrality: 2 },
    });
  });

  test('changes nothing in a submitted coding, and offers no way to', () => {
    const { coding, markerId } = withVerdict(null);
    coding.rest = { ...coding.rest, status: 'submitted' };
    const { select, find } = shown(coding);
    select(markerId);
    expect(find('[data-testid="score-2"]')?.hasAttribute('disabled')).toBe(true);
    expect(find('[data-testid="submit"]')).toBeNull();
    const enabled = [
      ...document.querySelectorAll('[data-testid="conflict-card"] .rows button:not(:disabled)'),
    ];
    expect(enabled).toEqual([]);
  });

  test('a repair shows what it answers, and can be unlinked', () => {
    const coding = codingOf();
    const conflict = coding.addMarker(turn(1), 'withdrawal/denial');
    const repair = coding.addMarker(turn(3), 'repair-therapist/apologises', {
      answers: [conflict.conflictId ?? ''],
    });
    const { select, find, click } = shown(coding);
    select(repair.markerId);
    expect(find('[aria-label="Answers"]')?.textContent).toContain('denial');
    click('[aria-label="Unlink denial"]');
    expect(coding.markers.get(repair.markerId)?.answers).toEqual([]);
  });
});

describe('a proposed build-up', () => {
  function proposed(count: number) {
    const coding = codingOf();
    const [strain, later] = [turn(0), turn(2)].map(
      (at) => coding.addMarker(at, 'withdrawal/denial').conflictId,
    );
    const proposals = Array.from({ length: count }, (_, at) => ({
      members: [strain ?? '', `elsewhere ${at}`],
      here: [strain ?? ''],
      elsewhere: ['Ada · 2'],
      text: '2 unaddressed strains, a build-up?',
      candidates: [later ?? ''],
    }));
    coding.rest = { ...coding.rest, accumulations: proposals };
    const panel = shown(coding);
    flushSync();
    const answer = async (word: string) => {
      const buttons = [...document.querySelectorAll<HTMLElement>('[data-testid="build-up-item"] button')];
      const button = buttons.find((each) => each.textContent?.includes(word));
      button?.focus();
      button?.click();
      flushSync();
      await tick();
    };
    return { ...panel, coding, later, answer };
  }
  const focused = () => document.activeElement;

  test('that is dismissed gives the focus to the next one, and after the last to the panel', async () => {
    const { answer } = proposed(2);
    await answer('dismiss');
    expect(focused()?.textContent).toBe('confirm…');
    await answer('dismiss');
    expect(focused()?.hasAttribute('data-judging')).toBe(true);
  });

  test('asks for the rupture with the focus on the first, and goes on at its card', async () => {
    const { answer, coding, later, find } = proposed(1);
    await answer('confirm…');
    expect(focused()?.textContent).toContain('denial');
    await answer('not now');
    expect(focused()?.textContent).toBe('confirm…');
    await answer('confirm…');
    await answer('denial');
    expect(coding.conflicts.get(later ?? '')?.built_from).toHaveLength(2);
    expect(focused()).toBe(find('[data-judging]'));
  });
});

describe('a note that is being written', () => {
  function written() {
    const coding = codingOf();
    const [first, second] = [turn(1), turn(2)].map((at) =>
      coding.addMarker(at, 'withdrawal/minimal-response'),
    );
    const panel = shown(coding);
    panel.judging.unfolded.more = true;
    panel.select(first?.markerId ?? '');
    const field = panel.find('[data-card] [data-note]') as HTMLTextAreaElement;
    field.value = 'She looks away.';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    const noteOf = (made: typeof first) => coding.conflicts.get(made?.conflictId ?? '')?.note;
    return { ...panel, first, second, noteOf };
  }

  test('is kept when the session is left', () => {
    const { leaves, noteOf, first } = written();
    expect(noteOf(first)).toBe('');
    leaves();
    expect(noteOf(first)).toBe('She looks away.');
  });

  test('stays with its conflict when another one is selected', () => {
    const { select, noteOf, first, second } = written();
    select(second?.markerId ?? '');
    expect([noteOf(first), noteOf(second)]).toEqual(['She looks away.', '']);
  });
});
