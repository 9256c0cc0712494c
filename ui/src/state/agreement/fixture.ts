// For tests: a comparison, units and a consensus as the core would send them, and a client that answers.
import type {
  AgreementOutcome,
  AgreementRow,
  ComparedUnit,
  ConflictView,
  ConsensusItem,
  ConsensusOverview,
  ConsensusView,
  ItemMember,
  MarkerView,
} from '$schemas/api';
import type { Client } from '../../api/client';

export type Answers = { [name in string]?: (request: never) => unknown };

/** A client that keeps what it was asked; what is not answered for is refused. */
export function clientOf(answers: Answers) {
  const calls: { name: string; request: Record<string, unknown> }[] = [];
  const client = {
    call: async (name: string, request: never) => {
      calls.push({ name, request });
      const answer = answers[name];
      if (answer === undefined) throw { code: 'unknown-command', message: `no answer for ${name}` };
      return answer(request);
    },
  } as Client;
  return { client, calls, named: (name: string) => calls.filter((each) => each.name === name) };
}

export const row = (id: string, what: Partial<AgreementRow> = {}): AgreementRow => ({
  id,
  line: 'detection',
  label: 'Detection',
  detail: 'κ, conflict or nothing',
  measurement: {
    statistic: 'cohen-kappa',
    level: 'nominal',
    pair: [],
    category: null,
    value: 0.6,
    se: null,
    interval: {
      low: 0.5,
      high: 0.7,
      confidence: 0.95,
      method: 'bootstrap over clusters',
      samples: 1000,
      clusters: 6,
    },
    units: 20,
    units_used: 18,
    raters: 2,
    missing: 2,
    reason: null,
    notes: [],
    fields: {},
  },
  words: 'moderate · Landis & Koch (1977)',
  help: 'Agreement beyond chance.',
  citation: 'Cohen (1960)',
  words_citation: '',
  ...what,
});

export const outcome = (what: Partial<AgreementOutcome> = {}): AgreementOutcome => ({
  choice: {
    compare: 'raters',
    cases: [],
    sessions: [],
    raters: [],
    unit: { kind: 'conflict' },
    value: { kind: 'class' },
    keep: { coded_once: false, unsubmitted: false, other_transcripts: false, other_codebooks: false },
    missing: 'components',
  },
  unit: 'conflict',
  value: 'strain or rupture',
  matching: 'any overlap',
  basis: {
    sessions: 2,
    cases: 1,
    raters: [
      { name: 'Lindt', codings: 2, conflicts: 4, markers: 5 },
      { name: 'Novak', codings: 2, conflicts: 3, markers: 4 },
    ],
    units: 20,
    missing: 2,
    matched: 3,
    unmatched: 1,
    cluster: 'session',
    clusters: 2,
    summary: '2 sessions · 2 raters',
    intervals: 'Intervals by resampling 2 sessions.',
  },
  left_out: [],
  warnings: [],
  changed: [],
  rows: [row('detection/cohen-kappa')],
  lowest: 0,
  heat_map: {
    statistic: 'α ordinal',
    raters: ['Lindt', 'Novak'],
    cells: [],
    sentence: 'Novak marks fewer.',
  },
  confusions: [],
  pairs: [],
  breakdowns: [],
  session_counts: [],
  case_splits: [],
  bias: [],
  drift: [],
  base_rates: [],
  needed: [],
  curve: null,
  sensitivity: [],
  disagreements: 2,
  sentence: 'Raters agreed (κ = .60).',
  ...what,
});

export const conflict = (id: string, what: Partial<ConflictView> = {}): ConflictView => ({
  id,
  markers: [],
  mode: 'confrontation',
  onset_ms: 1000,
  end_ms: 2000,
  significance: 3,
  factors: {},
  relationship: null,
  elements: [],
  origin: null,
  failed_care: null,
  painful_affect: null,
  addressed: null,
  settled: null,
  built_from: [],
  note: '',
  verdict: null,
  ...what,
});

export const marker = (id: string, what: Partial<MarkerView> = {}): MarkerView => ({
  id,
  segment: { kind: 'text', start: { turn: 0, unit: 0 }, end: { turn: 0, unit: 4 } },
  start_ms: 1000,
  end_ms: 2000,
  code: 'confrontation/complaint',
  kind: 'conflict',
  actor: 'patient',
  clarity: 'clear',
  discuss: false,
  note: '',
  conflict_id: null,
  answers: [],
  depth: null,
  strategy: null,
  ...what,
});

export const member = (rater: string, what: Partial<ItemMember> = {}): ItemMember => ({
  coding_id: `coding of ${rater}`,
  rater,
  marked: true,
  seen: true,
  conflict: null,
  markers: [],
  rating: null,
  window: null,
  ...what,
});

export const item = (id: string, what: Partial<ConsensusItem> = {}): ConsensusItem => ({
  id,
  kind: 'conflict',
  label: 'Complaint',
  start_ms: 1000,
  end_ms: 2000,
  turns: [0, 0],
  excerpt: 'I bring you these lists.',
  said: [{ turn: 0, role: 'patient', start_ms: 1000, text: 'I bring you these lists.' }],
  members: [
    member('Rater 1', { conflict: conflict(`${id} of 1`) }),
    member('Rater 2', { conflict: conflict(`${id} of 2`, { significance: 4 }) }),
  ],
  agreed: false,
  same_class: false,
  means: [{ of: 'significance', sum: 7, count: 2, kept: 4 }],
  settlement: null,
  ...what,
});

export const settled = (of: ConsensusItem): ConsensusItem => ({
  ...of,
  settlement: {
    choice: { kind: 'none' },
    rater: null,
    reason: '',
    present: '',
    at_ms: 0,
    means: [],
    conflict: null,
    markers: [],
    rating: null,
    window: null,
    outdated: false,
    sources: [],
    links_to_come: 0,
  },
});

export const view = (
  sessionId: string,
  items: ConsensusItem[],
  what: Partial<ConsensusView> = {},
): ConsensusView => ({
  session_id: sessionId,
  label: `Ada · ${sessionId}`,
  state: 'open',
  frozen_ms: 1,
  originals: [],
  items,
  settled: items.filter(({ settlement }) => settlement !== null).length,
  coding_id: null,
  record: null,
  undo: null,
  redo: null,
  focus: null,
  ...what,
});

export const overview = (views: ConsensusView[]): ConsensusOverview => ({
  sessions: views.map((each) => ({
    session_id: each.session_id,
    label: each.label,
    case_name: 'Ada',
    number: 1,
    raters: ['Lindt', 'Novak'],
    unsubmitted: [],
    state: each.state,
    frozen_ms: each.frozen_ms,
    changed: [],
    items: each.items.length,
    settled: each.settled,
    agreed: 0,
    coding_id: null,
    record: null,
  })),
  items: views.reduce((sum, each) => sum + each.items.length, 0),
  settled: views.reduce((sum, each) => sum + each.settled, 0),
  left_out: [],
});

/** A unit on which the first and second rater's conflicts of an item lie. */
export const unitOf = (sessionId: string, of: ConsensusItem): ComparedUnit => ({
  id: `${sessionId}:${of.id}`,
  session_id: sessionId,
  session: `Ada · ${sessionId}`,
  start_ms: of.start_ms,
  end_ms: of.end_ms,
  turns: [0, 0],
  excerpt: of.excerpt,
  difference: 0.5,
  says: of.members.map((each) => ({
    rater: each.rater,
    coding_id: each.coding_id,
    conflict_id: each.conflict?.id ?? null,
    value: 'strain',
    class: 'strain',
    score: 3,
    codes: [],
    names: [],
  })),
});
