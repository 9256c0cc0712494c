// A small session and a core that answers when a test says so. For tests only.
import type {
  ApiError,
  Codebook,
  CodingChange,
  CodingRest,
  ConflictView,
  MarkerView,
  SessionView,
} from '$schemas/api';
import type { Client } from '../../api/client';

const code = (key: string, letter: string, actors: ('patient' | 'therapist')[]) => ({
  key,
  name: key,
  short: key,
  letter,
  actors,
  definition: '',
  examples: [],
  not_this: [],
});

export const codebook: Codebook = {
  format: 'sunder-codebook',
  version: 1,
  key: 'test',
  edition: 1,
  name: 'Test',
  description: '',
  licence: '',
  window_seconds: 300,
  families: [
    {
      key: 'withdrawal',
      name: 'Withdrawal',
      kind: 'conflict',
      letter: 'W',
      description: '',
      codes: [
        code('withdrawal/denial', 'D', ['patient']),
        code('withdrawal/silence', 'S', ['patient', 'therapist']),
      ],
    },
    {
      key: 'repair-therapist',
      name: 'Repair',
      kind: 'repair',
      letter: 'R',
      description: '',
      codes: [code('repair-therapist/apologises', 'A', ['therapist'])],
    },
  ],
  scales: [],
  ratings: [],
  terms: [],
};

export const rest = (change: Partial<CodingRest> = {}): CodingRest => ({
  status: 'open',
  transcript_version: 1,
  notes: [],
  session_ratings: {},
  windows: [],
  coverage: [],
  totals: null,
  accumulations: [],
  undo: null,
  redo: null,
  ...change,
});

export const marker = (id: string, change: Partial<MarkerView> = {}): MarkerView => ({
  id,
  segment: { kind: 'text', start: { turn: 0, unit: 0 }, end: { turn: 0, unit: 5 } },
  start_ms: 0,
  end_ms: 10_000,
  code: 'withdrawal/denial',
  kind: 'conflict',
  actor: 'patient',
  clarity: 'clear',
  discuss: false,
  note: '',
  conflict_id: `${id}-conflict`,
  answers: [],
  depth: null,
  strategy: null,
  ...change,
});

export const conflict = (id: string, change: Partial<ConflictView> = {}): ConflictView => ({
  id,
  markers: [],
  mode: 'withdrawal',
  onset_ms: 0,
  end_ms: 10_000,
  significance: null,
  factors: { intensity: null, centrality: null, endangerment: null },
  relationship: null,
  elements: [],
  origin: null,
  failed_care: null,
  painful_affect: null,
  addressed: null,
  settled: null,
  built_from: [],
  note: '',
  verdict: { class: 'unscored', score: null, cut: 3, reasons: [] },
  ...change,
});

interface Content {
  markers?: MarkerView[];
  conflicts?: ConflictView[];
  rest?: CodingRest;
  readOnly?: boolean;
}

/** A session of three turns of ten seconds: patient, therapist, patient. */
export const session = (content: Content = {}): SessionView => ({
  session: {
    id: 'session',
    label: 'Ada · 1',
    case_name: 'Ada',
    number: 1,
    of: 1,
    state: 'open',
    markers: 0,
    seen: 0,
    turns: 3,
    duration_ms: 30_000,
    recorded: false,
    codings: [],
  },
  recording: null,
  transcript: {
    version: 1,
    newer: null,
    clock: 'given',
    duration_ms: 30_000,
    turns: (['patient', 'therapist', 'patient'] as const).map((role, index) => ({
      role,
      speaker: role,
      text: 'Hello there.',
      start_ms: index * 10_000,
      end_ms: (index + 1) * 10_000,
      estimated: false,
    })),
  },
  coding: {
    id: 'coding',
    session_id: 'session',
    rater: 'R1',
    purpose: 'production',
    status: content.rest?.status ?? 'open',
    markers: content.markers ?? [],
    conflicts: content.conflicts ?? [],
    earlier: [],
    rest: content.rest ?? rest(),
  },
  read_only: content.readOnly ?? false,
  position_ms: 0,
  window_ms: 300_000,
  brief: null,
  elements: [
    { relationship: 'alliance', elements: ['goals', 'tasks', 'working-bond'] },
    { relationship: 'real', elements: ['realism', 'genuineness', 'personal-bond'] },
    {
      relationship: 'both',
      elements: ['goals', 'tasks', 'working-bond', 'realism', 'genuineness', 'personal-bond'],
    },
  ],
  rulings: [],
  look: null,
});

export const change = (what: Partial<CodingChange> = {}): CodingChange => ({
  operation_id: 'op',
  markers: [],
  removed_markers: [],
  conflicts: [],
  removed_conflicts: [],
  rest: rest(),
  focus: null,
  done: null,
  ...what,
});

export interface Call {
  name: string;
  request: Record<string, unknown>;
  answer: (reply: unknown) => Promise<void>;
  refuse: (error: ApiError) => Promise<void>;
}

/** A core that keeps every call until the test answers it. */
export class HeldClient implements Client {
  readonly calls: Call[] = [];

  call = ((name: string, request: Record<string, unknown>) =>
    new Promise<unknown>((resolve, reject) => {
      this.calls.push({
        name,
        request,
        answer: (reply) => {
          resolve(reply);
          return turn();
        },
        refuse: (error) => {
          reject(error as unknown as Error);
          return turn();
        },
      });
    })) as Client['call'];

  get last(): Call {
    const call = this.calls.at(-1);
    if (call === undefined) throw new Error('nothing was called');
    return call;
  }
}

/** Lets what waits on a promise go on. */
export const turn = async (): Promise<void> => {
  for (let step = 0; step < 8; step += 1) await Promise.resolve();
};
