// Generated from the Rust types by `npm run gen`. Do not edit.

export type AccumulationRule = { count: number, within: Within, same?: Array<SameKey>, };

export type AccumulationView = { members: Array<string>, here: Array<string>, elsewhere: Array<string>, text: string, candidates: Array<string>, };

export type Actor = "patient" | "therapist" | "both";

export type AddCoverage = { op: string, coding_id: string, ranges: Array<[number, number]>, };

export type AddMarker = { op: string, coding_id: string, marker_id: string, conflict_id: string | null, segment: SegmentView, code: string, actor: Actor | null, answers: Array<string>, };

export type AddRater = { name: string, };

export type Addressed = "yes" | "no";

export type Anchor = { value: number, label: string, text?: string, };

export type ApiError = { code: ErrorCode, message: string, };

export type AppStart = { paths: Array<string>, };

export type AppStarted = { version: string, preferences: Preferences, recent: Array<RecentStudy>, study: StudyView | null, problem: ApiError | null, to_import: Array<string>, studies_folder: string, };

export type BackedUp = { path: string, };

export type CannotJudge = "unscored" | "ignore";

export type ChangeConflict = { op: string, coding_id: string, conflict_id: string, edit: ConflictEdit, };

export type ChangeMarker = { op: string, coding_id: string, marker_id: string, edit: MarkerEdit, conflict_id: string | null, };

export type ChoosePerson = { person: Person, };

export type Clarity = "clear" | "possible" | "faint";

export type Class = "rupture" | "strain" | "unscored";

export type ClassifiedCoding = { case: string, session: number, rater: string, purpose: Purpose, of_record: boolean, totals: TotalsView, conflicts: Array<ClassifiedConflict>, };

export type ClassifiedConflict = { id: string, class: Class, score: number | null, cut: number | null, reasons: Array<Reason>, };

export type Classify = { rule: Rule | null, case: string | null, session: number | null, rater: string | null, purpose: Purpose | null, };

export type ClassifyReport = { rule: Rule, codings: Array<ClassifiedCoding>, accumulations: Array<ProposedAccumulation>, };

export type ClockSource = "given" | "estimated";

export type Code = { key: string, name: string, short: string, letter: string, actors: Array<Actor>, unhelpful?: boolean, definition: string, examples: Array<string>, not_this: Array<string>, };

export type Codebook = { format: string, version: number, key: string, edition: number, name: string, description: string, licence: string, window_seconds: number, families: Array<Family>, scales: Array<Scale>, ratings: Array<RatingDefinition>, terms: Array<Term>, };

export type CodingAct = { op: string, coding_id: string, };

export type CodingChange = { operation_id: string, markers: Array<MarkerView>, removed_markers: Array<string>, conflicts: Array<ConflictView>, removed_conflicts: Array<string>, rest: CodingRest, focus: Focus | null, done: string | null, };

export type CodingItem = { id: string, rater: string, purpose: Purpose, status: Status, markers: number, seen: number, branch: string | null, };

export type CodingQuestion = { coding_id: string, };

export type CodingRest = { status: Status, notes: Array<Note>, session_ratings: { [key in string]: Score }, windows: Array<WindowRating>, coverage: Array<[number, number]>, totals: TotalsView | null, accumulations: Array<AccumulationView> | null, undo: string | null, redo: string | null, };

export type CodingView = { id: string, session_id: string, rater: string, purpose: Purpose, status: Status, markers: Array<MarkerView>, conflicts: Array<ConflictView>, earlier: Array<EarlierConflict>, rest: CodingRest, };

export type ColumnMap = { text: string | null, speaker: string | null, start: string | null, end: string | null, transcript: string | null, };

export type Combine = "mean" | "median" | "min" | "max" | "weighted";

export type CommitImport = { path: string, options: ImportOptions, case: string, session: number | null, };

export type Condition = { relationship?: Relationship, mode?: Mode, origin?: Origin, code?: string, actor?: Actor, };

export type ConflictEdit = { "set": "significance", "to": Score | null } | { "set": "intensity", "to": Score | null } | { "set": "centrality", "to": Score | null } | { "set": "endangerment", "to": Score | null } | { "set": "relationship", "to": Relationship | null } | { "set": "elements", "to": Array<Element> } | { "set": "origin", "to": Origin | null } | { "set": "failed-care", "to": FailedCare | null } | { "set": "painful-affect", "to": PainfulAffect | null } | { "set": "addressed", "to": Addressed | null } | { "set": "settled", "to": Settled | null } | { "set": "built-from", "to": Array<string> } | { "set": "note", "to": string };

export type ConflictView = { id: string, markers: Array<string>, mode: Mode, onset_ms: number | null, end_ms: number | null, significance: Score | null, factors: Factors, relationship: Relationship | null, elements: Array<Element>, origin: Origin | null, failed_care: FailedCare | null, painful_affect: PainfulAffect | null, addressed: Addressed | null, settled: Settled | null, built_from: Array<string>, note: string, verdict: Verdict | null, };

export type DeleteMarker = { op: string, coding_id: string, marker_id: string, };

export type DeleteNote = { op: string, coding_id: string, note_id: string, };

export type Depth = "surface" | "underlying";

export type DismissAccumulation = { op: string, coding_id: string, members: Array<string>, dismissed: boolean, };

export type EarlierConflict = { id: string, session_label: string, code: string, onset_ms: number | null, significance: Score | null, class: Class | null, };

export type Element = "goals" | "tasks" | "working-bond" | "realism" | "genuineness" | "personal-bond";

export type ErrorCode = "unknown-command" | "bad-request" | "no-study" | "not-found" | "not-allowed" | "locked" | "open-elsewhere" | "newer-file" | "not-a-study" | "damaged" | "passphrase" | "disk-full" | "read-only" | "file" | "format" | "conflict" | "internal";

export type ExportCoding = { coding_id: string, path: string, };

export type FactorValues = { intensity?: number, centrality?: number, endangerment?: number, };

export type Factors = { intensity: Score | null, centrality: Score | null, endangerment: Score | null, };

export type FailedCare = "yes" | "no" | "unclear";

export type Family = { key: string, name: string, kind: FamilyKind, letter: string, description: string, codes: Array<Code>, };

export type FamilyKind = "conflict" | "repair" | "other";

export type Focus = { "kind": "marker", marker_id: string, } | { "kind": "conflict", conflict_id: string, } | { "kind": "moment", at_ms: number, } | { "kind": "session-ratings" };

export type ImportCoding = { path: string, as_recoding: boolean, };

export type ImportOptions = { format: string | null, encoding: string | null, columns: ColumnMap | null, speakers: { [key in string]: Role }, merge_gap_ms: number | null, };

export type ImportPreview = { format: string, formats: Array<string>, encoding: string, encoding_certain: boolean, encodings: Array<string>, columns: Array<string>, mapping: ColumnMap | null, merge_gap_ms: number | null, transcripts: Array<TranscriptPreview>, warnings: Array<ImportWarning>, suggested_case: string, suggested_session: number, };

export type ImportWarning = { line: number | null, column: number | null, text: string, };

export type Imported = { sessions: Array<ImportedSession>, warnings: Array<ImportWarning>, study: StudyView, };

export type ImportedCoding = { coding_id: string, already_there: boolean, messages: Array<string>, };

export type ImportedSession = { session_id: string, case: string, number: number, turns: number, };

export type JoinConflicts = { op: string, coding_id: string, keep: string, join: string, };

export type Look = { verdicts: { [key in string]: Verdict }, totals: TotalsView, accumulations: Array<AccumulationView>, };

export type MarkerEdit = { "set": "code", "to": string } | { "set": "actor", "to": Actor } | { "set": "clarity", "to": Clarity } | { "set": "discuss", "to": boolean } | { "set": "note", "to": string } | { "set": "segment", "to": SegmentView } | { "set": "answers", "to": Array<string> } | { "set": "depth", "to": Depth | null } | { "set": "strategy", "to": Strategy | null };

export type MarkerView = { id: string, segment: SegmentView, start_ms: number, end_ms: number, code: string, kind: FamilyKind, actor: Actor, clarity: Clarity, discuss: boolean, note: string, conflict_id: string | null, answers: Array<string>, depth: Depth | null, strategy: Strategy | null, };

export type MaskingView = { classes: boolean, totals: boolean, case_and_number: boolean, brief: boolean, };

export type Material = "video" | "audio" | "transcript";

export type Mode = "withdrawal" | "confrontation" | "mixed" | "none";

export type NewStudy = { path: string, name: string, };

export type Note = { id: string, at_ms: number, text: string, };

export type Nothing = Record<string, never>;

export type OpenSession = { session_id: string, coding_id?: string, purpose?: Purpose, };

export type Origin = "technical-error" | "failure-of-humanness" | "resistance-or-transference" | "mismatch" | "mixed" | "unclear";

export type Override = { when: Condition, cut: number, };

export type PainfulAffect = "shown" | "inferred" | "not-seen";

export type PartMarker = { op: string, coding_id: string, marker_id: string, conflict_id: string, };

export type Permissions = { lead: boolean, classes: boolean, totals: boolean, case_and_number: boolean, };

export type Person = { "kind": "lead" } | { "kind": "rater", rater_id: string, };

export type Place = { turn: number, unit: number, };

export type Preferences = { theme: Theme, scale: number, keys: { [key in string]: string }, rewind_on_resume_s: number, plain_rendering: boolean, };

export type PreviewImport = { path: string, options: ImportOptions, };

export type ProposedAccumulation = { members: Array<string>, case: string, rater: string, uncoded_between: Array<number>, reasons: Array<Reason>, };

export type Purpose = "production" | "training" | "recoding" | "expert" | "consensus";

export type PutNote = { op: string, coding_id: string, note_id: string, at_ms: number, text: string, };

export type RaterView = { id: string, name: string, };

export type RatingDefinition = { key: string, name: string, group: string, per: Array<RatingScope>, provisional?: boolean, question: string, anchors: Array<Anchor>, };

export type RatingScope = "session" | "window";

export type RealRule = "severity" | "definition";

export type Reason = { kind: string, text: string, };

export type RecentStudy = { path: string, name: string, opened_ms: number, present: boolean, };

export type Relationship = "alliance" | "real" | "both";

export type ReopenCoding = { op: string, coding_id: string, reason: string, };

export type Role = "patient" | "therapist" | "other";

export type Rule = { name: string, score: ScoreSource, cut: number, overrides?: Array<Override>, floors?: FactorValues, cannot_judge?: CannotJudge, real?: RealRule, tended?: Tended, accumulation?: AccumulationRule, };

export type RulePreset = { name: string, rule: Rule, };

export type SameKey = "relationship" | "mode";

export type Scale = { key: string, name: string, question: string, anchors: Array<Anchor>, };

export type Score = 1 | 2 | 3 | 4 | 5 | "cannot-judge";

export type ScoreSource = { "from": "significance", } | { "from": "factors", combine: Combine, weights?: FactorValues, };

export type ScoringMoment = "with-tag" | "after-window" | "at-end";

export type SegmentView = { "kind": "text", start: Place, end: Place, } | { "kind": "time", start_ms: number, end_ms: number, } | { "kind": "whole" };

export type SessionItem = { id: string, label: string, case_name: string | null, number: number | null, of: number | null, state: SessionState, markers: number, seen: number, turns: number, duration_ms: number, codings: Array<CodingItem>, };

export type SessionState = "new" | "open" | "submitted";

export type SessionView = { session: SessionItem, transcript: TranscriptView, coding: CodingView, read_only: boolean, position_ms: number, window_ms: number, brief: string | null, };

export type SetNothingHere = { op: string, coding_id: string, window: [number, number], nothing_here: boolean, };

export type SetPosition = { session_id: string, at_ms: number, };

export type SetRating = { op: string, coding_id: string, key: string, window: [number, number] | null, score: Score | null, };

export type SetRule = { rule: Rule, };

export type SetSettings = { settings: StudySettingsView, };

export type Settled = "yes" | "no" | "cannot-tell";

export type SpeakerPreview = { name: string, role: Role, turns: number, };

export type Status = "open" | "submitted";

export type Strategy = "immediate" | "expressive";

export type StudyPath = { path: string, passphrase: string | null, };

export type StudySettingsView = { name: string, shown_to_raters: MaskingView, material: Material, window_seconds: number, scoring: ScoringMoment, };

export type StudyView = { id: string, name: string, path: string, sample: boolean, person: Person, person_name: string, may: Permissions, raters: Array<RaterView>, settings: StudySettingsView, codebook: Codebook, codebook_reference: string, rule: Rule | null, rule_locked: boolean, presets: Array<RulePreset>, sessions: Array<SessionItem>, cases: Array<string>, };

export type SubmitCheck = { unseen: Array<UnseenStretch>, unscored: Array<string>, unrated: Array<string>, to_discuss: Array<string>, };

export type TakeLook = { coding_id: string, cut: number, move_exceptions: boolean, };

export type Tended = { by: TendedBy, unless_score?: number, };

export type TendedBy = "surface" | "immediate" | "either" | "both";

export type Term = { key: string, name: string, text: string, };

export type Theme = "system" | "light" | "dark";

export type TotalsView = { conflicts: number, ruptures: number, strains: number, unscored: number, ruptures_built_from: number, accumulations_proposed: number, markers: number, };

export type TranscriptPreview = { key: string | null, turns: number, duration_ms: number, clock: ClockSource, speakers: Array<SpeakerPreview>, first_turns: Array<TurnView>, };

export type TranscriptView = { version: number, clock: ClockSource, duration_ms: number, turns: Array<TurnView>, };

export type TurnView = { role: Role, speaker: string, text: string, start_ms: number, end_ms: number, estimated: boolean, };

export type UnseenStretch = { start_ms: number, end_ms: number, first_turn: number | null, last_turn: number | null, };

export type Verdict = { class: Class, score: number | null, cut: number | null, reasons: Array<Reason>, };

export type Verified = { sound: boolean, operations: number, streams: number, findings: Array<VerifyFinding>, };

export type VerifyFinding = { what: string, id: string | null, };

export type WindowRating = { start_ms: number, end_ms: number, nothing_here?: boolean, ratings: { [key in string]: Score }, };

export type Within = { "minutes": number } | { "sessions": number };

/** Every command with its request and its reply. */
export interface Commands {
  app_start: { request: AppStart; reply: AppStarted };
  preferences_set: { request: Preferences; reply: Preferences };
  study_open: { request: StudyPath; reply: StudyView };
  study_new: { request: NewStudy; reply: StudyView };
  study_sample: { request: Nothing; reply: StudyView };
  study_close: { request: Nothing; reply: Nothing };
  study_view: { request: Nothing; reply: StudyView };
  person_choose: { request: ChoosePerson; reply: StudyView };
  rater_add: { request: AddRater; reply: StudyView };
  settings_set: { request: SetSettings; reply: StudyView };
  rule_set: { request: SetRule; reply: StudyView };
  study_verify: { request: Nothing; reply: Verified };
  study_backup: { request: Nothing; reply: BackedUp };
  session_open: { request: OpenSession; reply: SessionView };
  position_set: { request: SetPosition; reply: Nothing };
  marker_add: { request: AddMarker; reply: CodingChange };
  marker_change: { request: ChangeMarker; reply: CodingChange };
  marker_delete: { request: DeleteMarker; reply: CodingChange };
  marker_part: { request: PartMarker; reply: CodingChange };
  conflict_change: { request: ChangeConflict; reply: CodingChange };
  conflict_join: { request: JoinConflicts; reply: CodingChange };
  note_put: { request: PutNote; reply: CodingChange };
  note_delete: { request: DeleteNote; reply: CodingChange };
  rating_set: { request: SetRating; reply: CodingChange };
  nothing_here_set: { request: SetNothingHere; reply: CodingChange };
  coverage_add: { request: AddCoverage; reply: CodingChange };
  accumulation_dismiss: { request: DismissAccumulation; reply: CodingChange };
  submit_check: { request: CodingQuestion; reply: SubmitCheck };
  coding_submit: { request: CodingAct; reply: CodingChange };
  coding_reopen: { request: ReopenCoding; reply: CodingChange };
  undo: { request: CodingAct; reply: CodingChange };
  redo: { request: CodingAct; reply: CodingChange };
  look: { request: TakeLook; reply: Look };
  import_preview: { request: PreviewImport; reply: ImportPreview };
  import_commit: { request: CommitImport; reply: Imported };
  coding_import: { request: ImportCoding; reply: ImportedCoding };
  coding_export: { request: ExportCoding; reply: Nothing };
  classify: { request: Classify; reply: ClassifyReport };
}
