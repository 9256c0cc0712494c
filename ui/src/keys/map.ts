// THE table of keys: every action with its default chord, its words and its place in menus.
// Letters of families and codes come from the codebook and are not here.

export type KeyGroup =
  | 'Playing'
  | 'Moving'
  | 'Segment'
  | 'Judging'
  | 'Markers'
  | 'Coding'
  | 'Threshold'
  | 'Agreement'
  | 'Settling'
  | 'Study'
  | 'Window';

export interface KeyAction {
  id: string;
  /** Default chord; empty: no key, but a menu and a palette entry. */
  chord: string;
  /** Further chords that cannot be changed. */
  also?: readonly string[];
  label: string;
  group: KeyGroup;
  /** Works while typing in a text field. */
  inText?: boolean;
  /** Works in dialogs of the open coding, such as the session ratings. */
  inCodingDialog?: boolean;
  /** Not offered in the palette: it only makes sense as a key. */
  keyOnly?: boolean;
}

/** Raters with a key of their own, in the order in which they stand beside a disagreement. */
export const RATERS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

export const ACTIONS = [
  { id: 'player.toggle', chord: 'Space', label: 'Play or pause', group: 'Playing' },
  {
    id: 'player.toggleAnywhere',
    chord: 'Ctrl+Space',
    label: 'Play or pause, wherever the focus is',
    group: 'Playing',
    inText: true,
    keyOnly: true,
  },
  { id: 'player.back', chord: 'ArrowLeft', label: 'Back 2 seconds', group: 'Playing' },
  { id: 'player.forward', chord: 'ArrowRight', label: 'Forward 2 seconds', group: 'Playing' },
  { id: 'player.backLong', chord: 'Shift+ArrowLeft', label: 'Back 10 seconds', group: 'Playing' },
  { id: 'player.forwardLong', chord: 'Shift+ArrowRight', label: 'Forward 10 seconds', group: 'Playing' },
  { id: 'player.backSecond', chord: 'Ctrl+ArrowLeft', label: 'Back 1 second', group: 'Playing' },
  { id: 'player.forwardSecond', chord: 'Ctrl+ArrowRight', label: 'Forward 1 second', group: 'Playing' },
  { id: 'player.backFrame', chord: 'Alt+ArrowLeft', label: 'Back one frame', group: 'Playing' },
  { id: 'player.forwardFrame', chord: 'Alt+ArrowRight', label: 'Forward one frame', group: 'Playing' },
  { id: 'player.slower', chord: ',', label: 'Slower', group: 'Playing' },
  { id: 'player.faster', chord: '.', label: 'Faster', group: 'Playing' },
  { id: 'player.loop', chord: 'L', label: 'Loop the segment', group: 'Playing' },
  { id: 'player.follow', chord: 'Y', label: 'Return to the playing turn', group: 'Playing' },

  { id: 'turn.previous', chord: 'ArrowUp', label: 'Previous turn', group: 'Moving' },
  { id: 'turn.next', chord: 'ArrowDown', label: 'Next turn', group: 'Moving' },
  { id: 'marker.next', chord: 'Tab', label: 'Next marker', group: 'Moving' },
  { id: 'marker.previous', chord: 'Shift+Tab', label: 'Previous marker', group: 'Moving' },
  { id: 'app.search', chord: '/', label: 'Search the codebook', group: 'Moving' },
  { id: 'app.nextRegion', chord: 'F6', label: 'Next part of the window', group: 'Moving', inText: true },

  {
    id: 'turn.extendPrevious',
    chord: 'Shift+ArrowUp',
    label: 'Extend the segment by the turn before',
    group: 'Segment',
  },
  {
    id: 'turn.extendNext',
    chord: 'Shift+ArrowDown',
    label: 'Extend the segment by the next turn',
    group: 'Segment',
  },
  { id: 'caret.enter', chord: 'Enter', label: 'Select words in the turn', group: 'Segment' },
  { id: 'segment.in', chord: 'I', label: 'Segment starts at the playhead', group: 'Segment' },
  { id: 'segment.out', chord: 'O', label: 'Segment ends at the playhead', group: 'Segment' },
  { id: 'segment.whole', chord: 'Ctrl+A', label: 'Segment is the whole session', group: 'Segment' },
  { id: 'segment.clear', chord: 'Escape', label: 'Leave the segment', group: 'Segment', keyOnly: true },

  { id: 'judging.join', chord: 'G', label: 'Join to the conflict before', group: 'Judging' },
  { id: 'judging.part', chord: 'Shift+G', label: 'Part the marker from its conflict', group: 'Judging' },
  {
    id: 'judging.factors',
    chord: 'F',
    label: 'Factors: intensity, centrality, endangerment',
    group: 'Judging',
  },
  { id: 'judging.actor', chord: 'P', label: 'Actor', group: 'Judging' },
  { id: 'judging.relationship', chord: 'A', label: 'Relationship that is hurt', group: 'Judging' },
  { id: 'judging.elements', chord: 'E', label: 'Elements of the relationship', group: 'Judging' },
  { id: 'judging.origin', chord: 'Shift+O', label: 'Origin', group: 'Judging' },
  { id: 'judging.addressed', chord: 'U', label: 'Addressed', group: 'Judging' },
  { id: 'judging.settled', chord: 'S', label: 'Settled', group: 'Judging' },
  { id: 'judging.depth', chord: 'D', label: 'Depth and strategy of a repair', group: 'Judging' },

  { id: 'judging.recode', chord: 'M', label: 'Change the code', group: 'Markers' },
  { id: 'judging.clarity', chord: 'K', label: 'Clarity', group: 'Markers' },
  { id: 'judging.discuss', chord: 'B', label: 'Flag to discuss', group: 'Markers' },
  { id: 'judging.note', chord: 'N', label: 'Note on this moment', group: 'Markers' },
  { id: 'bounds.startEarlier', chord: '[', label: 'Start a word earlier', group: 'Markers' },
  { id: 'bounds.startLater', chord: '{', label: 'Start a word later', group: 'Markers' },
  { id: 'bounds.endLater', chord: ']', label: 'End a word later', group: 'Markers' },
  { id: 'bounds.endEarlier', chord: '}', label: 'End a word earlier', group: 'Markers' },
  { id: 'marker.delete', chord: 'Delete', also: ['Backspace'], label: 'Delete the marker', group: 'Markers' },

  { id: 'edit.undo', chord: 'Ctrl+Z', label: 'Undo', group: 'Coding', inCodingDialog: true },
  {
    id: 'edit.redo',
    chord: 'Ctrl+Shift+Z',
    also: ['Ctrl+Y'],
    label: 'Redo',
    group: 'Coding',
    inCodingDialog: true,
  },
  { id: 'coding.nothingHere', chord: 'Shift+N', label: 'Nothing here in this window', group: 'Coding' },
  { id: 'coding.windowSheet', chord: 'Shift+W', label: 'Rate this window', group: 'Coding' },
  { id: 'coding.ratings', chord: 'Ctrl+R', label: 'Session ratings', group: 'Coding' },
  { id: 'coding.submit', chord: 'Ctrl+Enter', label: 'Submit the coding', group: 'Coding' },
  { id: 'coding.reopen', chord: '', label: 'Reopen the submitted coding', group: 'Coding' },
  { id: 'coding.next', chord: 'Ctrl+ArrowDown', label: 'Next session', group: 'Coding' },
  { id: 'coding.export', chord: '', label: 'Export this coding as a file', group: 'Coding' },
  { id: 'coding.import', chord: '', label: 'Import codings', group: 'Coding' },
  { id: 'look.return', chord: '', label: 'Return to the study’s rule', group: 'Coding' },

  { id: 'agreement.agreed', chord: 'Ctrl+Shift+A', label: 'Settle all that agree', group: 'Agreement' },
  { id: 'agreement.names', chord: '', label: 'Hide or show names', group: 'Agreement' },
  {
    id: 'agreement.sessions',
    chord: '',
    label: 'Consensus and coding of record, by session',
    group: 'Agreement',
  },
  { id: 'agreement.consensus', chord: '', label: 'Open the consensus of this session', group: 'Agreement' },
  { id: 'agreement.play', chord: '', label: 'Play the disagreement', group: 'Agreement' },
  { id: 'agreement.again', chord: 'F5', label: 'Compute again', group: 'Agreement' },
  { id: 'agreement.cancel', chord: '', label: 'Stop computing', group: 'Agreement' },
  { id: 'agreement.copyText', chord: '', label: 'Copy the table as text', group: 'Agreement' },
  { id: 'agreement.copyCsv', chord: '', label: 'Copy the table as CSV', group: 'Agreement' },
  { id: 'agreement.copyApa', chord: '', label: 'Copy the sentence for a paper', group: 'Agreement' },
  { id: 'agreement.report', chord: 'Ctrl+P', label: 'Write the report', group: 'Agreement' },

  { id: 'threshold.lower', chord: '[', label: 'Lower the cut', group: 'Threshold' },
  { id: 'threshold.higher', chord: ']', label: 'Raise the cut', group: 'Threshold' },
  { id: 'threshold.revert', chord: '', label: 'Return to the saved rule', group: 'Threshold' },
  { id: 'threshold.save', chord: 'Ctrl+S', label: 'Save the rule', group: 'Threshold' },
  { id: 'threshold.lock', chord: '', label: 'Lock the rule', group: 'Threshold' },
  { id: 'threshold.import', chord: '', label: 'Import a rule', group: 'Threshold' },
  { id: 'threshold.export', chord: '', label: 'Export the rule', group: 'Threshold' },

  { id: 'settling.next', chord: 'ArrowRight', label: 'Next disagreement', group: 'Settling' },
  { id: 'settling.previous', chord: 'ArrowLeft', label: 'Disagreement before', group: 'Settling' },
  ...RATERS.map((place) => ({
    id: `settling.take${place}` as const,
    chord: String(place),
    label: `Take the ${place}${place === 1 ? 'st' : place === 2 ? 'nd' : place === 3 ? 'rd' : 'th'} rater’s`,
    group: 'Settling' as const,
    keyOnly: true,
  })),
  { id: 'settling.mean', chord: 'M', label: 'Take the mean', group: 'Settling' },
  { id: 'settling.edit', chord: 'E', label: 'Settle otherwise', group: 'Settling' },
  { id: 'settling.none', chord: 'X', label: 'Settle as nothing', group: 'Settling' },
  { id: 'settling.ruling', chord: 'R', label: 'Write a ruling', group: 'Settling' },

  { id: 'study.import', chord: 'Ctrl+I', label: 'Import transcripts', group: 'Study' },
  { id: 'study.export', chord: 'Ctrl+E', label: 'Export codings', group: 'Study' },
  { id: 'recording.link', chord: '', label: 'Link a recording', group: 'Study' },
  { id: 'recording.edit', chord: '', label: 'Recording of this session', group: 'Study' },
  { id: 'recording.tap', chord: '', label: 'Tap times to the recording', group: 'Study' },
  { id: 'study.person', chord: '', label: 'Change who codes', group: 'Study' },
  { id: 'study.settings', chord: '', label: 'Study settings', group: 'Study' },
  { id: 'study.tryMasked', chord: '', label: 'Try the sample masked', group: 'Study' },
  { id: 'study.showClasses', chord: '', label: 'Show classes in the sample again', group: 'Study' },
  { id: 'study.verify', chord: '', label: 'Verify the study', group: 'Study' },
  { id: 'study.backup', chord: '', label: 'Back the study up', group: 'Study' },
  { id: 'study.open', chord: 'Ctrl+O', label: 'Open a study', group: 'Study' },
  { id: 'study.new', chord: '', label: 'New study', group: 'Study' },
  { id: 'study.sample', chord: '', label: 'Open the sample study', group: 'Study' },
  { id: 'study.close', chord: 'Alt+Home', label: 'Close the study, to the start screen', group: 'Study' },

  { id: 'screen.coding', chord: 'Alt+1', label: 'Coding', group: 'Window', inText: true },
  { id: 'screen.agreement', chord: 'Alt+2', label: 'Agreement', group: 'Window', inText: true },
  { id: 'screen.threshold', chord: 'Alt+3', label: 'Threshold', group: 'Window', inText: true },
  {
    id: 'app.palette',
    chord: 'Ctrl+K',
    label: 'Command palette',
    group: 'Window',
    inText: true,
    keyOnly: true,
  },
  { id: 'app.keys', chord: '?', label: 'Keys that work here', group: 'Window' },
  { id: 'app.menu', chord: 'F10', label: 'Menu', group: 'Window', inText: true, keyOnly: true },
  { id: 'app.preferences', chord: 'Ctrl+,', label: 'Preferences', group: 'Window' },
  {
    id: 'app.larger',
    chord: 'Ctrl++',
    also: ['Ctrl+='],
    label: 'Larger text',
    group: 'Window',
    inText: true,
  },
  { id: 'app.smaller', chord: 'Ctrl+-', label: 'Smaller text', group: 'Window', inText: true },
  { id: 'app.usualSize', chord: 'Ctrl+0', label: 'Usual text size', group: 'Window', inText: true },
] as const satisfies readonly KeyAction[];

export type ActionId = (typeof ACTIONS)[number]['id'];

export const actionOf = (id: ActionId): KeyAction => ACTIONS.find((each) => each.id === id) ?? ACTIONS[0];

export const GROUPS: readonly KeyGroup[] = [
  'Playing',
  'Moving',
  'Segment',
  'Judging',
  'Markers',
  'Coding',
  'Threshold',
  'Agreement',
  'Settling',
  'Study',
  'Window',
];

type Overrides = { readonly [key in string]?: string };

/** The chord of an action, as this machine has it. */
export const chordOf = (id: ActionId, overrides: Overrides): string => overrides[id] ?? actionOf(id).chord;

/** Groups whose actions are there on one screen only: another screen's may have the same keys. */
const SCREENS: { readonly [Group in KeyGroup]?: 'coding' | 'threshold' | 'agreement' } = {
  Playing: 'coding',
  Segment: 'coding',
  Judging: 'coding',
  Markers: 'coding',
  Threshold: 'threshold',
  Settling: 'agreement',
};

const meet = (one: KeyGroup, other: KeyGroup): boolean =>
  SCREENS[one] === undefined || SCREENS[other] === undefined || SCREENS[one] === SCREENS[other];

/**
 * Every chord with its actions, as this machine has them: of several, those of different screens, the one that works
 * is meant. An action's own chord goes before another's further one.
 */
export function chordTable(overrides: Overrides): Map<string, ActionId[]> {
  const table = new Map<string, ActionId[]>();
  const add = (chord: string, id: ActionId) => table.set(chord, [...(table.get(chord) ?? []), id]);
  for (const action of ACTIONS) {
    const chord = chordOf(action.id, overrides);
    if (chord !== '') add(chord, action.id);
  }
  const own = new Set(table.keys());
  for (const action of ACTIONS as readonly KeyAction[]) {
    for (const chord of action.also ?? []) if (!own.has(chord)) add(chord, action.id as ActionId);
  }
  return table;
}

export interface Clash {
  chord: string;
  /** Labels of what wants it. */
  labels: string[];
}

/**
 * Chords that two actions want that one screen has, or that a family's letter and an action of coding want.
 * `families` are the families' letters with their names.
 */
export function clashes(overrides: Overrides, families: { letter: string; name: string }[] = []): Clash[] {
  const wanted = new Map<string, { label: string; group: KeyGroup }[]>();
  const want = (chord: string, label: string, group: KeyGroup) =>
    wanted.set(chord, [...(wanted.get(chord) ?? []), { label, group }]);
  for (const { letter, name } of families) want(letter, `Tag: ${name}`, 'Judging');
  for (const { id, label, group } of ACTIONS) {
    const chord = chordOf(id, overrides);
    if (chord !== '') want(chord, label, group);
  }
  return [...wanted].flatMap(([chord, all]) => {
    const labels = all
      .filter((one) => all.some((other) => other !== one && meet(one.group, other.group)))
      .map(({ label }) => label);
    return labels.length > 1 ? [{ chord, labels }] : [];
  });
}
