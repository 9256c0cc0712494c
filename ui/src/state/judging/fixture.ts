// For tests: a short session with the built-in codebook, its coding over a client that confirms by the drawing,
// and a selection that a test can set.
import { SvelteMap } from 'svelte/reactivity';
import type {
  Codebook,
  CodingChange,
  CodingRest,
  ConflictView,
  MarkerView,
  SegmentView,
  SessionView,
  TurnView,
} from '$schemas/api';
import builtIn from '../../../../src-tauri/crates/domain/codebooks/sunder-1.json';
import type { Client, CommandName, Reply, Request } from '../../api/client';
import { session } from '../coding/fixture';
import { CodingState } from '../coding.svelte';
import type { Marking } from '../judging.svelte';

export const codebook = builtIn as unknown as Codebook;

const TURNS: [TurnView['role'], string][] = [
  ['therapist', 'Did you write the evenings down?'],
  ['patient', 'Yeah. I mean, mostly. It was fine.'],
  ['patient', 'I bring you these lists every week and you look at them for two minutes.'],
  ['therapist', 'I think I have been hurrying past what the lists cost you.'],
];

const REST: CodingRest = {
  status: 'open',
  transcript_version: 1,
  notes: [],
  session_ratings: {},
  windows: [],
  coverage: [],
  totals: null,
  accumulations: null,
  undo: null,
  redo: null,
};

interface Given {
  rest?: Partial<CodingRest>;
  readOnly?: boolean;
  conflicts?: ConflictView[];
}

/** Turns of ten seconds each, in windows of twenty. */
export function sessionOf(given: Given = {}): SessionView {
  const rest = { ...REST, ...given.rest };
  const turns = TURNS.map(([role, text], at) => ({
    role,
    speaker: role.charAt(0).toUpperCase(),
    text,
    start_ms: at * 10_000,
    end_ms: (at + 1) * 10_000,
    estimated: false,
  }));
  return {
    session: {
      id: 'session',
      label: 'Ada · 3',
      case_name: 'Ada',
      number: 3,
      of: 4,
      state: rest.status === 'submitted' ? 'submitted' : 'open',
      markers: 0,
      seen: 0,
      turns: turns.length,
      duration_ms: 40_000,
      recorded: false,
      codings: [],
    },
    recording: null,
    transcript: { version: 1, newer: null, clock: 'given', duration_ms: 40_000, turns },
    coding: {
      id: 'coding',
      session_id: 'session',
      rater: 'R1',
      purpose: 'production',
      status: rest.status,
      markers: [],
      conflicts: given.conflicts ?? [],
      earlier: [],
      rest,
    },
    read_only: given.readOnly ?? false,
    position_ms: 0,
    window_ms: 20_000,
    brief: null,
    elements: session().elements,
    rulings: [],
    look: null,
  };
}

export interface Called {
  name: CommandName;
  request: unknown;
}

/** A client that notes every call and never answers: what is drawn stays drawn. */
export function silentClient(): Client & { called: Called[] } {
  const called: Called[] = [];
  return {
    called,
    call<Name extends CommandName>(name: Name, request: Request<Name>): Promise<Reply<Name>> {
      called.push({ name, request });
      return new Promise(() => undefined);
    },
  };
}

export const codingOf = (given: Given = {}, client: Client = silentClient()) =>
  new CodingState(client, sessionOf(given), codebook);

/** The whole of one turn. */
export const turn = (at: number): SegmentView => ({
  kind: 'text',
  start: { turn: at, unit: 0 },
  end: { turn: at, unit: TURNS[at]?.[1].length ?? 0 },
});

/** A selection as a test sets it: a cursor's turn, and the marker selected last. */
export class FakeMarking implements Marking {
  cursor = 1;
  segment: SegmentView | null = null;
  readonly #selected = new SvelteMap<'marker' | 'conflict', string | null>();

  get markerId(): string | null {
    return this.#selected.get('marker') ?? null;
  }

  get conflictId(): string | null {
    return this.#selected.get('conflict') ?? null;
  }

  effective(): SegmentView {
    return this.segment ?? turn(this.cursor);
  }

  pin(): void {
    this.segment ??= this.effective();
  }

  selectMarker(id: string | null): void {
    this.#selected.set('marker', id);
    this.segment = null;
  }
}

/** A reply that changes nothing but `rest`. */
export const changeOf = (rest: Partial<CodingRest> = {}): CodingChange => ({
  operation_id: 'operation',
  markers: [],
  removed_markers: [],
  conflicts: [],
  removed_conflicts: [],
  rest: { ...REST, ...rest },
  focus: null,
  done: null,
});

interface Drawn {
  markers: ReadonlyMap<string, MarkerView>;
  conflicts: ReadonlyMap<string, ConflictView>;
}

/** A client that confirms what was drawn, and takes it back on undo: a core that does as it is told. */
export class EchoClient implements Client {
  readonly called: Called[] = [];
  /** Set once the coding is there. */
  coding: Drawn | null = null;
  #done: Drawn[] = [{ markers: new Map(), conflicts: new Map() }];

  call<Name extends CommandName>(name: Name, request: Request<Name>): Promise<Reply<Name>> {
    this.called.push({ name, request });
    const before = this.#done.at(-1);
    if (name === 'undo') this.#done.pop();
    else if (this.coding !== null) {
      this.#done.push({ markers: new Map(this.coding.markers), conflicts: new Map(this.coding.conflicts) });
    }
    const now = this.#done.at(-1);
    return Promise.resolve({
      ...changeOf({ undo: `step ${this.#done.length}` }),
      markers: [...(now?.markers.values() ?? [])],
      conflicts: [...(now?.conflicts.values() ?? [])],
      removed_markers: missing(before?.markers, now?.markers),
      removed_conflicts: missing(before?.conflicts, now?.conflicts),
    } as Reply<Name>);
  }
}

const missing = (before?: ReadonlyMap<string, unknown>, now?: ReadonlyMap<string, unknown>) =>
  [...(before?.keys() ?? [])].filter((id) => now?.has(id) !== true);

/** A coding whose every act is confirmed. */
export function confirmedCoding() {
  const client = new EchoClient();
  const coding = codingOf({}, client);
  client.coding = coding;
  return { client, coding };
}
