// Generated from the Rust types by `npm run gen`. Do not edit.

/**
 * When unaddressed strains are proposed as an accumulation (S6).
 */
export type AccumulationRule = { 
/**
 * At least this many strains; 2 or more.
 */
count: number, within: BuildUpWindow, same?: Array<SameKey>, };

/**
 * Unaddressed strains that may have built up; a person confirms or dismisses.
 */
export type AccumulationView = { members: Array<ConflictId>, 
/**
 * Members that lie in the open session.
 */
here: Array<ConflictId>, 
/**
 * Labels of the other sessions that members lie in.
 */
elsewhere: Array<string>, 
/**
 * `3 unaddressed strains, a build-up?`
 */
text: string, 
/**
 * Ruptures of this session that start after the last member and could have been built from it.
 */
candidates: Array<ConflictId>, };

/**
 * Who does it.
 */
export type Actor = "patient" | "therapist" | "both";

/**
 * Adds stretches that were played or read.
 */
export type AddCoverage = { op: OperationId, coding_id: CodingId, ranges: Array<[number, number]>, };

/**
 * Marks a segment. Ids are made by the caller, so that the mark can be drawn before it is confirmed.
 */
export type AddMarker = { op: OperationId, coding_id: CodingId, marker_id: MarkerId, 
/**
 * The conflict of its own that a conflict marker starts with; not used for repairs.
 */
conflict_id: ConflictId | null, segment: SegmentView, code: CodeKey, 
/**
 * Default: the speaker of the first turn, or the code's only actor.
 */
actor: Actor | null, 
/**
 * For a repair: the conflicts it answers.
 */
answers: Array<ConflictId>, };

export type AddRater = { name: string, };

export type AddRuling = { op: OperationId, entry: string, text: string, passage: PassageChoice | null, };

/**
 * Did anyone take it up?
 */
export type Addressed = "yes" | "no";

export type AgreedOn = "everything" | "class";

/**
 * What the numbers stand on.
 */
export type AgreementBasis = { sessions: number, cases: number, raters: Array<ComparedRater>, units: number, missing: number, 
/**
 * Units that two or more raters marked, and that one alone did.
 */
matched: number, unmatched: number, 
/**
 * `case` or `session`.
 */
cluster: string, clusters: number, 
/**
 * `24 sessions · 3 raters · 3 stretches unseen`.
 */
summary: string, 
/**
 * `Intervals by resampling 24 sessions.`
 */
intervals: string, };

/**
 * What to compare. What is empty does not restrict.
 */
export type AgreementChoice = { compare: Compare, 
/**
 * What the compared codings were made for; production where nothing is said.
 */
purpose?: Purpose, cases: Array<string>, sessions: Array<SessionId>, raters: Array<RaterId>, unit: UnitChoice, value: ValueChoice, 
/**
 * The rule for classes; the study's own where absent.
 */
rule?: Rule, keep: Keep, 
/**
 * 1,000 resamples, percentile, 95 % where absent.
 */
interval?: IntervalChoice, missing: MissingChoice, };

export type AgreementJob = { job_id: number, };

/**
 * What can be chosen, and what is chosen at first.
 */
export type AgreementOptions = { units: Array<UnitOption>, values: Array<ValueOption>, sessions: Array<SessionOption>, raters: Array<RaterView>, missing: Array<MissingOption>, recodings: number, experts: number, first: AgreementChoice, };

/**
 * Everything about one comparison.
 */
export type AgreementOutcome = { choice: AgreementChoice, 
/**
 * `conflict`.
 */
unit: string, 
/**
 * `strain or rupture · Significance 3 and above`.
 */
value: string, 
/**
 * `any overlap`; empty where nothing is matched.
 */
matching: string, basis: AgreementBasis, left_out: Array<LeftOut>, warnings: Array<string>, 
/**
 * Codings that have changed since.
 */
changed: Array<ChangedCoding>, 
/**
 * All raters together.
 */
rows: Array<AgreementRow>, 
/**
 * Where the scale begins that all coefficients are drawn on; it ends at 1.
 */
lowest: number, heat_map: HeatMap, 
/**
 * One table for each pair.
 */
confusions: Array<Confusion>, 
/**
 * Each pair alone, in the order of `confusions`.
 */
pairs: Array<BreakdownLine>, breakdowns: Array<Breakdown>, 
/**
 * Counts per session: conflicts, ruptures, strains, each family.
 */
session_counts: Array<BreakdownLine>, 
/**
 * The counts again: between cases, and between the sessions of a case.
 */
case_splits: Array<CaseSplit>, bias: Array<RaterBias>, drift: Array<DriftLine>, base_rates: Array<BaseRate>, needed: Array<SessionsNeeded>, curve: ThresholdCurve | null, sensitivity: Array<SensitivityLine>, 
/**
 * Units on which raters differ.
 */
disagreements: number, 
/**
 * What a paper would say.
 */
sentence: string, };

/**
 * How far a job is.
 */
export type AgreementProgress = { job_id: number, state: JobState, 
/**
 * 0 to 1.
 */
done: number, 
/**
 * What is being done, in words.
 */
doing: string, 
/**
 * When it is done.
 */
outcome: AgreementOutcome | null, 
/**
 * When it failed.
 */
problem: ApiError | null, };

/**
 * A row of the table.
 */
export type AgreementRow = { 
/**
 * Stable within an outcome: `detection/cohen-kappa`.
 */
id: string, line: Line, 
/**
 * `Detection`.
 */
label: string, 
/**
 * `κ, conflict or nothing, per window`.
 */
detail: string, measurement: MeasurementView, 
/**
 * `substantial · Landis & Koch 1977`, or why no word is given.
 */
words: string, 
/**
 * What the coefficient says, in plain words.
 */
help: string, 
/**
 * Where its formula is from.
 */
citation: string, 
/**
 * Where the word is from; empty without one.
 */
words_citation: string, };

export type AgreementUnitPage = { total: number, units: Array<ComparedUnit>, };

/**
 * Which units to list: of one pair, of one cell of its table, or all on which raters differ.
 */
export type AgreementUnits = { job_id: number, 
/**
 * Place in `confusions`.
 */
pair?: number, 
/**
 * Row and column of the pair's table.
 */
cell?: [number, number], 
/**
 * Only units on which the raters differ.
 */
differing: boolean, from: number, limit: number, 
/**
 * Raters are called Rater 1, Rater 2 …
 */
hide_names: boolean, };

/**
 * What one value of a scale means.
 */
export type Anchor = { 
/**
 * 1 to 5.
 */
value: number, label: string, text?: string, };

/**
 * What happened, to what, and what to do about it. Never words of a transcript.
 */
export type ApiError = { code: ErrorCode, message: string, };

/**
 * A start, with the paths of studies and transcripts that the program was given.
 */
export type AppStart = { paths: Array<string>, };

/**
 * What the window needs first.
 */
export type AppStarted = { version: string, preferences: Preferences, recent: Array<RecentStudy>, 
/**
 * The study that is open: the one given, the last one, or at first start the sample.
 */
study: StudyView | null, 
/**
 * The session that was last open in it on this machine, so that the window need not ask for it.
 */
session: SessionView | null, 
/**
 * Why the study that should be open is not.
 */
problem: ApiError | null, 
/**
 * Transcript files the program was started with, waiting to be imported.
 */
to_import: Array<string>, 
/**
 * Where a new study is suggested to be kept.
 */
studies_folder: string, };

export type AskAgreementOptions = { 
/**
 * Raters as Rater 1, Rater 2 …
 */
hide_names: boolean, };

export type BackedUp = { path: string, };

export type BaseRate = { rater: string, category: string, positives: number, units: number, 
/**
 * 0 to 1.
 */
rate: number, 
/**
 * `rare: under 5 %`.
 */
warning: string | null, };

/**
 * By code, family, session, case, or rater.
 */
export type Breakdown = { by: string, label: string, lines: Array<BreakdownLine>, 
/**
 * Why some of its lines have no interval; empty where that is not so.
 */
note: string, };

/**
 * One part of the data, measured alone.
 */
export type BreakdownLine = { key: string, label: string, units: number, 
/**
 * How often it was marked, by all raters together.
 */
positives: number, rows: Array<AgreementRow>, };

/**
 * How close together the members of an accumulation lie. Exactly one of the two.
 */
export type BuildUpWindow = { "minutes": number } | { "sessions": number };

/**
 * What "cannot judge" does to a factor.
 */
export type CannotJudge = "unscored" | "ignore";

export type CarryCoding = { op: OperationId, coding_id: CodingId, 
/**
 * The version that was previewed.
 */
version: number, 
/**
 * Uncertain markers are flagged "to discuss".
 */
flag: boolean, };

/**
 * What carrying a coding over would do; nothing is written yet.
 */
export type CarryPreview = { 
/**
 * The session as this person may know it: `Ada · 3`, or its code.
 */
session: string, from_version: number, to_version: number, 
/**
 * How many markers the coding has.
 */
markers: number, 
/**
 * How many stand elsewhere in the new version.
 */
moved: number, 
/**
 * Turns start at other times: windows, notes and what was seen keep theirs.
 */
times_moved: boolean, 
/**
 * In the order of the session.
 */
uncertain: Array<UncertainMarker>, };

export type CaseResults = { case: string, figures: ResultsFigures, 
/**
 * By number; numbers may have gaps.
 */
sessions: Array<SessionResults>, };

/**
 * How much of the variance between sessions lies between cases.
 */
export type CaseSplit = { label: string, cases: number, sessions: number, 
/**
 * 0 to 1; the rest lies between the sessions of a case.
 */
between: number | null, 
/**
 * Why it cannot be told.
 */
reason: string | null, words: string, };

export type CellConflicts = { total: number, conflicts: Array<ThresholdConflict>, };

export type ChangeConflict = { op: OperationId, coding_id: CodingId, conflict_id: ConflictId, edit: ConflictEdit, };

export type ChangeMarker = { op: OperationId, coding_id: CodingId, marker_id: MarkerId, edit: MarkerEdit, 
/**
 * Needed when the new code makes a repair into a conflict.
 */
conflict_id: ConflictId | null, };

/**
 * A coding that is not any more what the numbers were computed from.
 */
export type ChangedCoding = { 
/**
 * `Ada · 3`.
 */
session: string, rater: string, since: ChangedSince, 
/**
 * What it means for the numbers.
 */
words: string, };

export type ChangedSince = "frozen" | "compared" | "erased";

/**
 * How an item was settled.
 */
export type Choice = { "kind": "agreed" } | { "kind": "take", coding_id: CodingId, } | { "kind": "mean" } | { "kind": "edit", 
/**
 * The original whose links it keeps; absent where the lead said what it links to.
 */
links_of?: CodingId, } | { "kind": "none" };

export type ChoosePerson = { person: Person, };

/**
 * How visible it is; not how much it matters.
 */
export type Clarity = "clear" | "possible" | "faint";

/**
 * What a conflict is under a rule.
 */
export type Class = "rupture" | "strain" | "unscored";

export type ClassCounts = { ruptures: number, strains: number, unscored: number, };

/**
 * Conflicts that were one thing under the base rule and are another now.
 */
export type ClassMove = { from: Class, to: Class, conflicts: number, 
/**
 * Of them withdrawal, confrontation, mixed, no mode.
 */
modes: [number, number, number, number], };

/**
 * Conflicts per hour that was coded.
 */
export type ClassRates = { conflicts: number, ruptures: number, strains: number, unscored: number, };

export type ClassRepair = { class: Class, times: RepairTimes, };

export type ClassifiedCoding = { case: string, session: number, rater: string, purpose: Purpose, 
/**
 * This coding is what counts for its session in results.
 */
of_record: boolean, totals: TotalsView, conflicts: Array<ClassifiedConflict>, };

export type ClassifiedConflict = { id: ConflictId, class: Class, score: number | null, cut: number | null, reasons: Array<Reason>, };

/**
 * Which codings to classify; absent means all of production.
 */
export type Classify = { rule: Rule | null, case: string | null, session: number | null, rater: string | null, purpose: Purpose | null, };

export type ClassifyReport = { rule: Rule, codings: Array<ClassifiedCoding>, accumulations: Array<ProposedAccumulation>, 
/**
 * Sessions whose coding of record is fixed, for the lead; where it is not, raters stand side by side above.
 */
sessions?: Array<SessionOfRecord>, };

/**
 * How many conflicts a clause decided, and as what.
 */
export type ClauseCount = { clause: DecidedBy, conflicts: number, };

/**
 * Where the times of a transcript come from.
 */
export type ClockSource = "given" | "estimated";

/**
 * One entry of the codebook.
 */
export type Code = { key: CodeKey, name: string, 
/**
 * Shown where space is short, such as the margin.
 */
short: string, 
/**
 * One letter A–Z, unique within the family.
 */
letter: string, actors: Array<Actor>, 
/**
 * A response that does harm rather than repair.
 */
unhelpful?: boolean, definition: string, examples: Array<string>, 
/**
 * What looks like it and is not.
 */
not_this: Array<string>, };

/**
 * A code's key that never changes: `family/code`.
 */
export type CodeKey = string;

/**
 * A codebook as a file that a lab can copy and edit; never changed in place.
 */
export type Codebook = { 
/**
 * Always `sunder-codebook`.
 */
format: string, 
/**
 * Version of the format: 1.
 */
version: number, 
/**
 * With the edition it names the codebook: `sunder@1`.
 */
key: string, edition: number, name: string, description: string, licence: string, 
/**
 * Length of a window, in seconds.
 */
window_seconds: number, families: Array<Family>, scales: Array<Scale>, ratings: Array<RatingDefinition>, terms: Array<Term>, };

export type CodingAct = { op: OperationId, coding_id: CodingId, };

/**
 * What one confirmed act changed. Confirmed means durable.
 */
export type CodingChange = { operation_id: OperationId, markers: Array<MarkerView>, removed_markers: Array<MarkerId>, conflicts: Array<ConflictView>, removed_conflicts: Array<ConflictId>, rest: CodingRest, 
/**
 * Set by undo and redo.
 */
focus: Focus | null, 
/**
 * What was undone or redone, in words.
 */
done: string | null, };

/**
 * One rater's pass over one session.
 */
export type CodingId = string;

/**
 * Somebody's coding of a session, as the lead's list names it.
 */
export type CodingItem = { id: CodingId, rater: string, purpose: Purpose, status: Status, markers: number, 
/**
 * Share of the session that was played or read, 0 to 1.
 */
seen: number, 
/**
 * It is what counts for its session in results.
 */
of_record?: boolean, 
/**
 * Set for the shorter of two branches that met.
 */
branch: string | null, };

/**
 * A coding file before it is taken in: what it is, and what would come with it.
 */
export type CodingPreview = { case: string, session: number, rater: string, purpose: Purpose, perspective: Perspective, status: Status, codebook: string, 
/**
 * How many codings the file holds; what stands above is the first one's.
 */
codings: number, 
/**
 * Of all of them.
 */
markers: number, conflicts: number, 
/**
 * All are there already and equal: importing changes nothing.
 */
already_there: boolean, 
/**
 * What the study does not have yet and gets with it, in words.
 */
new: Array<string>, 
/**
 * What is odd, in words.
 */
warnings: Array<string>, };

export type CodingQuestion = { coding_id: CodingId, };

/**
 * The small parts of a coding, sent whole with every change.
 */
export type CodingRest = { status: Status, 
/**
 * The version it stands on; another one than before once it was carried over, or back: open the session anew.
 */
transcript_version: number, notes: Array<Note>, session_ratings: { [key in string]: Score }, windows: Array<WindowRating>, 
/**
 * Stretches played or read, ms, ends exclusive.
 */
coverage: Array<[number, number]>, 
/**
 * Absent where the person may not see totals.
 */
totals: TotalsView | null, 
/**
 * Absent where the person may not see classes.
 */
accumulations: Array<AccumulationView> | null, 
/**
 * What undo would take back, in words; absent when there is nothing.
 */
undo: string | null, redo: string | null, };

export type CodingView = { id: CodingId, session_id: SessionId, 
/**
 * Empty where a lead reads a transcript that nobody has coded.
 */
rater: string, purpose: Purpose, status: Status, markers: Array<MarkerView>, conflicts: Array<ConflictView>, earlier: Array<EarlierConflict>, rest: CodingRest, };

/**
 * Which column holds what, by name.
 */
export type ColumnMap = { text: string | null, speaker: string | null, start: string | null, end: string | null, transcript: string | null, };

/**
 * How the three factors become one score.
 */
export type Combine = "mean" | "median" | "min" | "max" | "weighted";

export type CommitImport = { path: string, options: ImportOptions, 
/**
 * `{transcript_id}` makes one case of each transcript.
 */
case: string, 
/**
 * Number of the first session; default: the next free one.
 */
session: number | null, 
/**
 * As new versions of transcripts that are there; codings stay with the version they were made on.
 */
new_version: boolean, };

/**
 * Whose codings are set against each other.
 */
export type Compare = "raters" | "recoding" | "expert";

/**
 * The conflicts of a cell.
 */
export type CompareCell = { source: ThresholdSource, one: Rule, other: Rule, row: Class, column: Class, from: number, limit: number, };

/**
 * Two rules over the same conflicts.
 */
export type CompareRules = { source: ThresholdSource, one: Rule, other: Rule, };

export type ComparedRater = { name: string, codings: number, conflicts: number, markers: number, };

/**
 * One unit with what each rater said, the largest difference first.
 */
export type ComparedUnit = { id: string, session_id: SessionId, 
/**
 * `Ada · 3`.
 */
session: string, start_ms: number, end_ms: number, 
/**
 * First turn and last turn, where it lies in turns.
 */
turns: [number, number] | null, 
/**
 * Words of those turns, cut short.
 */
excerpt: string, 
/**
 * 0 none to 1 the whole scale.
 */
difference: number, says: Array<RaterSays>, };

/**
 * Which conflicts an override is for. All that is named must hold.
 */
export type Condition = { relationship?: Relationship, mode?: Mode, origin?: Origin, 
/**
 * Some conflict marker of the conflict has this code.
 */
code?: CodeKey, 
/**
 * Some conflict marker of the conflict has this actor.
 */
actor?: Actor, };

/**
 * One thing about a conflict; null takes it back.
 */
export type ConflictEdit = { "set": "significance", "to": Score | null } | { "set": "intensity", "to": Score | null } | { "set": "centrality", "to": Score | null } | { "set": "endangerment", "to": Score | null } | { "set": "relationship", "to": Relationship | null } | { "set": "elements", "to": Array<Element> } | { "set": "origin", "to": Origin | null } | { "set": "failed-care", "to": FailedCare | null } | { "set": "painful-affect", "to": PainfulAffect | null } | { "set": "addressed", "to": Addressed | null } | { "set": "settled", "to": Settled | null } | { "set": "built-from", "to": Array<ConflictId> } | { "set": "note", "to": string };

/**
 * One event that is judged.
 */
export type ConflictId = string;

export type ConflictView = { id: ConflictId, 
/**
 * Its markers, by onset.
 */
markers: Array<MarkerId>, mode: Mode, onset_ms: number | null, end_ms: number | null, significance: Score | null, factors: Factors, relationship: Relationship | null, elements: Array<Element>, origin: Origin | null, failed_care: FailedCare | null, painful_affect: PainfulAffect | null, addressed: Addressed | null, settled: Settled | null, built_from: Array<ConflictId>, note: string, 
/**
 * Absent where the person may not see classes.
 */
verdict: Verdict | null, };

/**
 * What two raters made of the same units. A cell opens its units with `agreement_units`.
 */
export type Confusion = { 
/**
 * Whose values the rows are, whose the columns.
 */
pair: [string, string], categories: Array<string>, 
/**
 * Row by row.
 */
counts: Array<Array<number>>, units: number, 
/**
 * Units that one of the two has not seen or not submitted; in no cell.
 */
missing: number, };

export type ConsensusAct = { op: OperationId, session_id: SessionId, hide_names: boolean, };

/**
 * One thing to settle.
 */
export type ConsensusItem = { 
/**
 * Its name within the session.
 */
id: string, kind: ItemKind, 
/**
 * What is rated, for ratings; else the names of the codes.
 */
label: string, start_ms: number, end_ms: number, 
/**
 * First and last turn, where it lies in turns.
 */
turns: [number, number] | null, 
/**
 * Words of those turns, cut short.
 */
excerpt: string, 
/**
 * Those turns, the first few of them; none for ratings.
 */
said: Array<SaidTurn>, 
/**
 * One for each original, in their order.
 */
members: Array<ItemMember>, 
/**
 * All originals have it and say the same.
 */
agreed: boolean, 
/**
 * All originals have it, of one class under the study's rule. For what has no class as `agreed`.
 */
same_class: boolean, 
/**
 * What "mean" would make of the scores.
 */
means: Array<StatedMean>, settlement: SettlementView | null, };

/**
 * A marker of the lead's own.
 */
export type ConsensusMarker = { segment: SegmentView, code: CodeKey, actor: Actor, clarity: Clarity, note: string, 
/**
 * Conflicts of consensus codings; absent: what the marker that it starts from answers.
 */
answers?: Array<ConflictId>, depth: Depth | null, strategy: Strategy | null, };

/**
 * Every session that two raters or more have coded, or whose codings are frozen.
 */
export type ConsensusOverview = { sessions: Array<ConsensusSummary>, items: number, settled: number, 
/**
 * What was left out when the codings were frozen, in words.
 */
left_out: Array<string>, };

export type ConsensusQuestion = { session_id: SessionId, 
/**
 * Raters are called Rater 1, Rater 2 …
 */
hide_names: boolean, };

export type ConsensusState = "not-opened" | "open" | "submitted";

/**
 * Where one session stands.
 */
export type ConsensusSummary = { session_id: SessionId, 
/**
 * `Ada · 3`.
 */
label: string, case_name: string, number: number, 
/**
 * Who coded it for production.
 */
raters: Array<string>, 
/**
 * Raters whose coding is not submitted.
 */
unsubmitted: Array<string>, state: ConsensusState, 
/**
 * When its codings were frozen, Unix ms.
 */
frozen_ms: number | null, 
/**
 * Raters whose coding is not any more what was frozen.
 */
changed: Array<string>, 
/**
 * Things to settle, those of them that are settled, and those left that all originals agree on.
 */
items: number, settled: number, agreed: number, 
/**
 * The consensus, once something is settled.
 */
coding_id: CodingId | null, record: RecordView | null, };

/**
 * A session's originals, and all there is to settle, by onset; ratings come last.
 */
export type ConsensusView = { session_id: SessionId, label: string, state: ConsensusState, frozen_ms: number | null, originals: Array<OriginalView>, items: Array<ConsensusItem>, settled: number, 
/**
 * The consensus, once something is settled.
 */
coding_id: CodingId | null, record: RecordView | null, 
/**
 * What undo would take back, in words.
 */
undo: string | null, redo: string | null, 
/**
 * The item to look at after an undo or redo.
 */
focus: string | null, };

export type CopiedText = { text: string, };

export type CopyAgreement = { job_id: number, form: CopyForm, hide_names: boolean, };

export type CopyForm = "text" | "csv" | "apa";

/**
 * Agreement under one cut.
 */
export type CurvePoint = { cut: number, specific_rupture: Estimate, specific_strain: Estimate, kappa: Estimate, ac1: Estimate, alpha: Estimate, 
/**
 * Share of units that are a rupture, over all raters.
 */
rupture_rate: number, strain_rate: number, units: number, };

/**
 * Which clause of the rule decided.
 */
export type DecidedBy = "definition" | "missing" | "floor" | "tended" | "override" | "cut";

export type DeleteMarker = { op: OperationId, coding_id: CodingId, marker_id: MarkerId, };

export type DeleteNote = { op: OperationId, coding_id: CodingId, note_id: NoteId, };

/**
 * How deep a repair attempt goes.
 */
export type Depth = "surface" | "underlying";

export type DismissAccumulation = { op: OperationId, coding_id: CodingId, members: Array<ConflictId>, dismissed: boolean, };

/**
 * Why a carried segment must be looked at.
 */
export type Doubt = "lost" | "changed" | "speaker" | "repeated" | "times";

export type DriftLine = { rater: string, points: Array<DriftPoint>, 
/**
 * Change of the difference from the others per 30 days.
 */
slope: Estimate, words: string, };

/**
 * A session by the day on which it was coded.
 */
export type DriftPoint = { session: string, at_ms: number, difference: number, agreement: number | null, };

/**
 * A conflict of an earlier session of the same rater and case, for linking.
 */
export type EarlierConflict = { id: ConflictId, 
/**
 * `Ada · 2`, or the neutral code.
 */
session_label: string, code: CodeKey, onset_ms: number | null, significance: Score | null, 
/**
 * Absent where the person may not see classes.
 */
class: Class | null, };

export type EditRuling = { op: OperationId, ruling_id: RulingId, text: string, };

/**
 * Which part of the working alliance or of the real relationship. The two bonds are never merged.
 */
export type Element = "goals" | "tasks" | "working-bond" | "realism" | "genuineness" | "personal-bond";

/**
 * What went wrong, in the few ways that a caller can tell apart.
 */
export type ErrorCode = "unknown-command" | "bad-request" | "no-study" | "not-found" | "not-allowed" | "locked" | "open-elsewhere" | "newer-file" | "not-a-study" | "damaged" | "passphrase" | "disk-full" | "read-only" | "file" | "format" | "exists" | "conflict" | "internal";

/**
 * A figure with its limits.
 */
export type Estimate = { value: number | null, low: number | null, high: number | null, };

/**
 * Outcomes were set against a rule that was not locked.
 */
export type ExplorationView = { at_ms: number, 
/**
 * The rule's name.
 */
rule: string, };

/**
 * What goes out, and where to.
 */
export type ExportChoice = { form: ExportForm, 
/**
 * A file, or for a form of several files a folder.
 */
path: string, case: string | null, session: number | null, rater: string | null, 
/**
 * Absent: production, and what else counts for a session.
 */
purpose: Purpose | null, 
/**
 * What was said goes out too.
 */
words: boolean, };

export type ExportCoding = { coding_id: CodingId, path: string, };

/**
 * The form that codings go out in.
 */
export type ExportForm = "csv" | "tsv" | "xlsx" | "r" | "spss" | "json" | "eaf" | "qdpx" | "qdc" | "textgrid" | "sdis";

/**
 * A form that can be chosen.
 */
export type ExportFormView = { form: ExportForm, name: string, 
/**
 * What it is for, in one sentence.
 */
about: string, 
/**
 * What the one file ends in; absent where it is a folder.
 */
extension: string | null, 
/**
 * Why this person cannot have it; absent where they can.
 */
refused: string | null, };

export type ExportJob = { job_id: number, };

/**
 * What an export can be of.
 */
export type ExportOptions = { forms: Array<ExportFormView>, 
/**
 * A name for file or folder, without ending.
 */
suggested: string, 
/**
 * The folder of the study.
 */
folder: string, 
/**
 * Empty where cases are hidden from this person.
 */
cases: Array<string>, raters: Array<string>, 
/**
 * Purposes of codings that are there.
 */
purposes: Array<Purpose>, 
/**
 * Classes, cuts and reasons go out.
 */
classes: boolean, };

export type ExportProgress = { job_id: number, state: JobState, 
/**
 * 0 to 1.
 */
done: number, 
/**
 * In words.
 */
doing: string, exported: Exported | null, problem: ApiError | null, };

/**
 * Writes a rule as it stands on the screen, saved or not.
 */
export type ExportRule = { rule: Rule, path: string, };

/**
 * What was written.
 */
export type Exported = { path: string, files: number, codings: number, conflicts: number, markers: number, };

/**
 * The three factors of significance (S3).
 */
export type Factor = "intensity" | "centrality" | "endangerment";

/**
 * A number for some of the three factors: floors, or weights.
 */
export type FactorValues = { intensity?: number, centrality?: number, endangerment?: number, };

/**
 * The three factors, each 1 to 5, "cannot judge", or not given.
 */
export type Factors = { intensity?: Score | null, centrality?: Score | null, endangerment?: Score | null, };

/**
 * First part of the definition of a rupture of the real relationship (S13).
 */
export type FailedCare = "yes" | "no" | "unclear";

/**
 * Codes that belong together and share a key on the keyboard.
 */
export type Family = { key: string, name: string, kind: FamilyKind, 
/**
 * One letter A–Z, unique within the codebook.
 */
letter: string, description: string, codes: Array<Code>, };

/**
 * What a family's markers are.
 */
export type FamilyKind = "conflict" | "repair" | "other";

export type FigureForm = "svg" | "png";

export type FileKind = { kind: ImportKind, };

export type FindRecording = { session_id: SessionId, path: string, };

/**
 * What to bring into view after an undo or redo.
 */
export type Focus = { "kind": "marker", marker_id: MarkerId, } | { "kind": "conflict", conflict_id: ConflictId, } | { "kind": "moment", at_ms: number, } | { "kind": "session-ratings" };

/**
 * Rater by rater.
 */
export type HeatCell = { row: number, column: number, estimate: Estimate, 
/**
 * Units that both have a value for.
 */
units: number, sessions: number, 
/**
 * Why there is no value.
 */
reason: string | null, };

export type HeatMap = { 
/**
 * `α ordinal`.
 */
statistic: string, raters: Array<string>, cells: Array<HeatCell>, 
/**
 * `Okafor marks 22 % fewer ruptures than the other two; no drift over time.`
 */
sentence: string, };

export type ImportCoding = { path: string, as_recoding: boolean, };

/**
 * What a JSON file is.
 */
export type ImportKind = "transcript" | "coding";

/**
 * What the user set; absent is guessed.
 */
export type ImportOptions = { format: string | null, encoding: string | null, columns: ColumnMap | null, 
/**
 * The tiers to read, by name; none: those that hold the speakers' words.
 */
tiers: Array<string>, speakers: { [key in string]: Role }, 
/**
 * Of turns that name nobody: empty leaves them so, one role is that of all of them, several take turns.
 */
unnamed: Array<Role>, merge_gap_ms: number | null, 
/**
 * Cues are not joined after the end of a sentence.
 */
merge_by_sentence: boolean, 
/**
 * What is replaced by what, one entry a line: `Anna = Ada`.
 */
pseudonyms: string, 
/**
 * A file of such lines, which come before those that are typed.
 */
pseudonym_file: string | null, };

export type ImportOutcomes = { path: string, columns: OutcomeColumns, 
/**
 * Who saw it so, where the table does not say.
 */
perspective: Perspective | null, 
/**
 * A score that is there already and differs is replaced; else it is refused.
 */
replace: boolean, };

export type ImportPath = { path: string, };

export type ImportPreview = { format: string, 
/**
 * Formats that can be chosen instead.
 */
formats: Array<string>, encoding: string, encoding_certain: boolean, encodings: Array<string>, 
/**
 * Column names of a table; empty otherwise.
 */
columns: Array<string>, mapping: ColumnMap | null, 
/**
 * The published collection whose headings a table has: `annomi`, `daic-woz`.
 */
preset: string | null, 
/**
 * All tiers of annotations, of a file that has any.
 */
tiers: Array<TierPreview>, 
/**
 * Gap in force for merging a speaker's consecutive cues; absent when they are not merged.
 */
merge_gap_ms: number | null, transcripts: Array<TranscriptPreview>, pseudonyms: PseudonymPreview, warnings: Array<ImportWarning>, 
/**
 * Case and session number guessed from the file's name or the study.
 */
suggested_case: string, suggested_session: number, };

export type ImportRule = { path: string, };

export type ImportWarning = { line: number | null, column: number | null, text: string, };

export type Imported = { sessions: Array<ImportedSession>, warnings: Array<ImportWarning>, study: StudyView, };

export type ImportedCoding = { coding_id: CodingId, 
/**
 * It was there already and is equal; of a file with several codings, every one.
 */
already_there: boolean, 
/**
 * What was made or is odd, in words.
 */
messages: Array<string>, 
/**
 * How many codings the file holds; the first is the one named.
 */
codings: number, };

export type ImportedOutcomes = { added: number, replaced: number, 
/**
 * There already, with the same score.
 */
already: number, 
/**
 * Cells without a score.
 */
empty: number, 
/**
 * What the scores are called.
 */
names: Array<string>, };

export type ImportedSession = { session_id: SessionId, case: string, number: number, 
/**
 * Of the transcript, from 1.
 */
version: number, turns: number, };

/**
 * How intervals are found: by resampling, always with the same seed.
 */
export type IntervalChoice = { 
/**
 * 0 for none.
 */
samples: number, seed: number, method: IntervalMethod, 
/**
 * Between 0 and 1, such as 0.95.
 */
confidence: number, };

export type IntervalMethod = "percentile" | "bca";

export type IntervalView = { low: number | null, high: number | null, confidence: number, 
/**
 * `bootstrap over clusters`.
 */
method: string, samples: number | null, clusters: number | null, };

/**
 * What kind of thing is settled.
 */
export type ItemKind = "conflict" | "marker" | "session-rating" | "window";

/**
 * What one original has to an item.
 */
export type ItemMember = { coding_id: CodingId, rater: string, 
/**
 * Whether it has anything there.
 */
marked: boolean, 
/**
 * Whether at least half of the stretch was played or read.
 */
seen: boolean, 
/**
 * For a conflict.
 */
conflict: ConflictView | null, markers: Array<MarkerView>, 
/**
 * For a session rating.
 */
rating: Score | null, 
/**
 * For a window.
 */
window: WindowRating | null, };

/**
 * One original's part in an item.
 */
export type ItemSource = { coding_id: CodingId, 
/**
 * The conflict's or marker's id; a rating's key; a window's start in ms.
 */
id: string, };

export type JobState = "reading" | "computing" | "done" | "cancelled" | "failed";

/**
 * Joins `join` into `keep`: its markers move, the higher scores stay, what `keep` does not say is taken from `join`.
 */
export type JoinConflicts = { op: OperationId, coding_id: CodingId, keep: ConflictId, join: ConflictId, };

/**
 * What is left out unless it is asked for.
 */
export type Keep = { 
/**
 * Sessions that one rater alone coded. Only reliability can use them.
 */
coded_once: boolean, unsubmitted: boolean, 
/**
 * Codings of another version of the transcript; they are compared by time.
 */
other_transcripts: boolean, 
/**
 * Codings made with another edition of the codebook.
 */
other_codebooks: boolean, };

export type KeepLook = { look: KeptLook | null, };

export type KeepPseudonyms = { path: string, pseudonyms: string, };

/**
 * A look at another cut as this machine keeps it; never the study's rule.
 */
export type KeptLook = { cut: number, move_exceptions: boolean, };

/**
 * What somebody had open last on this machine.
 */
export type LastOpened = { session_id: SessionId, coding_id: CodingId, };

/**
 * What was left out, and the choice that would take it in.
 */
export type LeftOut = { 
/**
 * `unsubmitted`, `coded-once`, `other-transcript`, `other-codebook`, `branch`, `unseen`, `not-rated`.
 */
kind: string, count: number, 
/**
 * `3 codings are not submitted.`
 */
words: string, 
/**
 * `Ada · 3, Novak`: which.
 */
which: Array<string>, 
/**
 * The member of `keep` that takes it in.
 */
keep: string | null, };

/**
 * The lines that always stand together, and what stands beside them.
 */
export type Line = "detection" | "judgement" | "combined" | "category" | "reliability" | "spans";

export type LinkRecording = { path: string, target: RecordingTarget, offset_ms: number, };

/**
 * Locks a rule for good. Who and why are kept with it and printed with results.
 */
export type LockRule = { rule_id: RuleId, by: string, reason: string, };

/**
 * Who locked a rule, when and why.
 */
export type LockView = { at_ms: number, by: string, reason: string, };

export type Look = { verdicts: { [key in ConflictId]: Verdict }, 
/**
 * Absent where the person may not see totals.
 */
totals: TotalsView | null, accumulations: Array<AccumulationView>, };

/**
 * One thing about a marker.
 */
export type MarkerEdit = { "set": "code", "to": CodeKey } | { "set": "actor", "to": Actor } | { "set": "clarity", "to": Clarity } | { "set": "discuss", "to": boolean } | { "set": "note", "to": string } | { "set": "segment", "to": SegmentView } | { "set": "answers", "to": Array<ConflictId> } | { "set": "depth", "to": Depth | null } | { "set": "strategy", "to": Strategy | null };

/**
 * One marked place.
 */
export type MarkerId = string;

export type MarkerView = { id: MarkerId, segment: SegmentView, 
/**
 * When the segment starts and ends on the session's clock.
 */
start_ms: number, end_ms: number, code: CodeKey, kind: FamilyKind, actor: Actor, clarity: Clarity, discuss: boolean, note: string, conflict_id: ConflictId | null, answers: Array<ConflictId>, depth: Depth | null, strategy: Strategy | null, };

/**
 * What raters see while they code for production. All `false` is masked, the default.
 */
export type MaskingView = { classes: boolean, totals: boolean, case_and_number: boolean, brief: boolean, };

/**
 * What the rater saw and heard.
 */
export type Material = "video" | "audio" | "transcript";

/**
 * One coefficient, as the command line prints it.
 */
export type MeasurementView = { statistic: string, level: string | null, 
/**
 * Two raters, or `mean` alone.
 */
pair: Array<string>, category: string | null, value: number | null, se: number | null, 
/**
 * What to show: resampled where there is such an interval, else the published one.
 */
interval: IntervalView | null, units: number, units_used: number, raters: number, missing: number, 
/**
 * Why there is no value.
 */
reason: string | null, notes: Array<string>, 
/**
 * Further figures, such as precision and recall.
 */
fields: { [key in string]: number }, };

/**
 * What intraclass correlations make of units that some raters did not code. All other coefficients use every pair
 * of values.
 */
export type MissingChoice = "components" | "listwise";

/**
 * What a rule needed and did not find.
 */
export type MissingField = "significance" | "intensity" | "centrality" | "endangerment" | "failed_care" | "painful_affect";

export type MissingOption = { missing: MissingChoice, label: string, help: string, };

/**
 * How a conflict shows.
 */
export type Mode = "withdrawal" | "confrontation" | "mixed" | "none";

export type ModeShare = { mode: Mode, counts: ClassCounts, };

export type NewStudy = { path: string, name: string, };

/**
 * A free note on a moment.
 */
export type Note = { id: NoteId, at_ms: number, text: string, };

/**
 * One free note on a moment.
 */
export type NoteId = string;

/**
 * A request that says nothing.
 */
export type Nothing = Record<symbol, never>;

/**
 * How what is done unasked stands. The window hears it as the event `notice`, once for each new trouble, and once
 * when that is over.
 */
export type Notice = { about: NoticeAbout, 
/**
 * What happened and what to do, to be shown. Never words of a transcript. Absent where all is well again.
 */
trouble: ApiError | null, };

/**
 * What the trouble is about.
 */
export type NoticeAbout = "saving" | "check" | "backup";

/**
 * Freezes the codings of sessions as they stand: what is compared and settled from then on.
 */
export type OpenConsensus = { op: OperationId, 
/**
 * Empty: every session that two raters or more have coded for production.
 */
sessions: Array<SessionId>, 
/**
 * Also sessions that were frozen before: as their codings stand now.
 */
anew: boolean, 
/**
 * Codings that are not submitted are frozen as well; they are left out otherwise.
 */
unsubmitted: boolean, };

/**
 * Opens a session: one's own coding, or (for the lead) the coding named.
 */
export type OpenSession = { session_id: SessionId, coding_id?: CodingId, purpose?: Purpose, };

/**
 * One operation of the log.
 */
export type OperationId = string;

/**
 * Where it comes from.
 */
export type Origin = "technical-error" | "failure-of-humanness" | "resistance-or-transference" | "mismatch" | "mixed" | "unclear";

export type OriginalState = "unchanged" | "changed" | "erased";

/**
 * A coding as it was frozen.
 */
export type OriginalView = { coding_id: CodingId, rater: string, 
/**
 * Status when it was frozen.
 */
status: Status, state: OriginalState, conflicts: number, markers: number, };

/**
 * Headings of a table; absent: recognised by their usual names.
 */
export type OutcomeColumns = { case: string | null, session: string | null, perspective: string | null, 
/**
 * What the score is called, in a table with one score a row.
 */
name: string | null, 
/**
 * The one score of a row.
 */
score: string | null, 
/**
 * Columns that each hold the scores of their heading; empty: in a table without a score column, all others.
 */
scores: Array<string>, };

export type OutcomeList = { outcomes: Array<OutcomeView>, explorations: Array<ExplorationView>, };

export type OutcomeView = { case: string, 
/**
 * Absent: of the case as a whole.
 */
session: number | null, name: string, perspective: Perspective, score: number, };

/**
 * An exception: another cut for some conflicts. The last one that matches wins.
 */
export type Override = { when: Condition, cut: number, };

/**
 * Second part of the definition of a rupture of the real relationship (S13).
 */
export type PainfulAffect = "shown" | "inferred" | "not-seen";

/**
 * Parts a marker from its conflict into an unscored one of its own.
 */
export type PartMarker = { op: OperationId, coding_id: CodingId, marker_id: MarkerId, conflict_id: ConflictId, };

export type PassageChoice = { session_id: SessionId, segment: SegmentView, };

/**
 * A turn's part in a passage.
 */
export type PassageTurn = { role: Role, text: string, };

/**
 * Where a ruling comes from.
 */
export type PassageView = { words: Array<PassageTurn>, 
/**
 * Absent, with what follows, where the person may not know the session.
 */
session_id: SessionId | null, label: string | null, segment: SegmentView | null, };

/**
 * What this person may see and do; the api enforces it, the interface only follows.
 */
export type Permissions = { lead: boolean, 
/**
 * Class, rule and cut.
 */
classes: boolean, 
/**
 * Totals and "of n".
 */
totals: boolean, 
/**
 * Case and session number; a neutral code stands for them otherwise.
 */
case_and_number: boolean, };

/**
 * Who is at the screen.
 */
export type Person = { "kind": "lead" } | { "kind": "rater", rater_id: RaterId, };

/**
 * Who judges.
 */
export type Perspective = "observer" | "patient" | "therapist";

/**
 * A place in the text: turn and UTF-16 unit, both from 0.
 */
export type Place = { turn: number, unit: number, };

/**
 * Asks how far a job is.
 */
export type PollAgreement = { job_id: number, 
/**
 * Raters as Rater 1, Rater 2 … in all that it came to.
 */
hide_names: boolean, };

/**
 * How this machine likes it; never part of a study.
 */
export type Preferences = { theme: Theme, 
/**
 * Size of text in percent, 80 to 200.
 */
scale: number, 
/**
 * Action to chord, for keys that were changed.
 */
keys: { [key in string]: string }, 
/**
 * Seconds to go back when playing goes on after a pause.
 */
rewind_on_resume_s: number, 
/**
 * Draw without the graphics card's buffers: less memory, needed by some drivers. Takes effect at the next start.
 */
plain_rendering: boolean, };

/**
 * The rule to look with, and the one that its changes are told against.
 */
export type PrepareThreshold = { source: ThresholdSource, rule: Rule, base: Rule, 
/**
 * Exceptions move along when the cut is dragged.
 */
move_exceptions: boolean, };

export type PreviewImport = { path: string, options: ImportOptions, };

export type ProposedAccumulation = { members: Array<ConflictId>, case: string, rater: string, 
/**
 * Numbers of sessions between the first and the last member that this rater has not coded.
 */
uncoded_between: Array<number>, reasons: Array<Reason>, };

/**
 * One place where a pseudonym is put in.
 */
export type PseudonymHit = { 
/**
 * The name of the transcript, where the file holds several.
 */
transcript: string | null, 
/**
 * From 1; absent for the name of a speaker or of the transcript.
 */
turn: number | null, before: string, found: string, replaced: string, after: string, };

/**
 * What a list of pseudonyms does to a file.
 */
export type PseudonymPreview = { 
/**
 * Entries of the list.
 */
entries: number, 
/**
 * Every hit; after ten thousand the rest is only counted.
 */
hits: Array<PseudonymHit>, more: number, 
/**
 * Lines of entries that found nothing, in the file of the list and among those that are typed.
 */
unused_in_file: Array<number>, unused_typed: Array<number>, };

/**
 * What the coding was made for; only production codings count unless others are asked for by name.
 */
export type Purpose = "production" | "training" | "recoding" | "expert" | "consensus";

export type PutNote = { op: OperationId, coding_id: CodingId, note_id: NoteId, at_ms: number, text: string, };

/**
 * How one rater differs from the others on the units they share.
 */
export type RaterBias = { rater: string, 
/**
 * `ruptures`, `conflicts`, `significance`.
 */
of: string, own: number, others: number, 
/**
 * Own minus others, per unit.
 */
difference: Estimate, 
/**
 * Own over others; absent where the others have none.
 */
ratio: number | null, units: number, words: string, };

/**
 * One person who codes.
 */
export type RaterId = string;

/**
 * What one rater said of a unit.
 */
export type RaterSays = { rater: string, coding_id: CodingId, 
/**
 * The conflict that decided, where there is one.
 */
conflict_id: ConflictId | null, 
/**
 * The category or number in words; `not seen` where it is missing.
 */
value: string, class: Class | null, score: number | null, codes: Array<CodeKey>, 
/**
 * Names of the codes.
 */
names: Array<string>, };

export type RaterView = { id: RaterId, name: string, };

/**
 * A rating that the codebook asks for at the end of a session, or per window.
 */
export type RatingDefinition = { key: string, name: string, group: string, per: Array<RatingScope>, 
/**
 * Evidence that an observer can judge this is still thin.
 */
provisional?: boolean, question: string, 
/**
 * Five, for 1 to 5 in this order.
 */
anchors: Array<Anchor>, };

/**
 * What a rating is given for.
 */
export type RatingScope = "session" | "window";

/**
 * Reads the codings, a little with each call; `anew` begins again.
 */
export type ReadResults = { anew: boolean, choice: ResultsChoice, };

/**
 * Reads the codings, a little with each call; `anew` begins again.
 */
export type ReadThreshold = { anew: boolean, };

/**
 * What decides for conflicts of the real relationship (S13).
 */
export type RealRule = "severity" | "definition";

/**
 * One reason: kind and numbers for programs, a sentence for people.
 */
export type Reason = { text: string, } & ({ "kind": "definition_met", failed_care: FailedCare, painful_affect: PainfulAffect, } | { "kind": "definition_not_met", failed_care: FailedCare, painful_affect: PainfulAffect, } | { "kind": "missing_score", field: MissingField, cannot_judge: boolean, } | { "kind": "below_floor", factor: Factor, value: number, floor: number, } | { "kind": "tended", repair: RepairKind, score: number, unless_score: number, } | { "kind": "override", index: number, cut: number, } | { "kind": "score_at_or_above_cut", of: ScoreName, score: number, cut: number, } | { "kind": "score_below_cut", of: ScoreName, score: number, cut: number, } | { "kind": "estimated_clock", minutes: number, });

/**
 * A study that was open on this machine before.
 */
export type RecentStudy = { path: string, name: string, opened_ms: number, 
/**
 * The file is where it was.
 */
present: boolean, };

/**
 * What counts in results for a session that several people coded.
 */
export type RecordChoice = { "kind": "consensus" } | { "kind": "mean" } | { "kind": "rater", rater_id: RaterId, } | { "kind": "random", seed: number, };

/**
 * The coding of record, as the lead fixed it.
 */
export type RecordView = { choice: RecordChoice, 
/**
 * The rater named or drawn.
 */
rater: string | null, 
/**
 * When it was fixed, Unix ms.
 */
fixed_ms: number, 
/**
 * `consensus`, `mean of raters`, `R. Novak`, `R. Novak (drawn, seed 7)`.
 */
words: string, };

export type RecordingJob = { job_id: number, };

/**
 * How far a file was read, and what came of it.
 */
export type RecordingProgress = { job_id: number, state: JobState, 
/**
 * 0 to 1.
 */
done: number, 
/**
 * When it is done: the session that has the recording.
 */
session_id: SessionId | null, 
/**
 * When it is done and something is odd.
 */
warning: string | null, 
/**
 * When a waveform is done.
 */
waveform: Waveform | null, 
/**
 * When it failed.
 */
problem: ApiError | null, };

export type RecordingQuestion = { session_id: SessionId, };

/**
 * Whether the file of a recording is where it was linked, or found.
 */
export type RecordingState = "there" | "missing" | "changed";

/**
 * What a recording is linked to.
 */
export type RecordingTarget = { "kind": "session", session_id: SessionId, } | { "kind": "new", case: string, number?: number, };

/**
 * The recording of a session.
 */
export type RecordingView = { state: RecordingState, 
/**
 * Where it plays, as long as the study is open; absent where its file is not there, or there is no window.
 */
url: string | null, 
/**
 * There is a picture, and this person may see it.
 */
video: boolean, duration_ms: number, 
/**
 * Where it begins on the session's clock, ms; negative where it began before.
 */
offset_ms: number, 
/**
 * The file as it was linked; absent for raters, whom its name may tell the case.
 */
file: string | null, };

/**
 * What is hurt.
 */
export type Relationship = "alliance" | "real" | "both";

/**
 * Which elements can be hurt where a relationship is.
 */
export type RelationshipElements = { relationship: Relationship, elements: Array<Element>, };

/**
 * Without a relationship: conflicts of which it is not set.
 */
export type RelationshipShare = { relationship: Relationship | null, counts: ClassCounts, };

export type RemoveRuling = { op: OperationId, ruling_id: RulingId, };

export type ReopenCoding = { op: OperationId, coding_id: CodingId, reason: string, };

/**
 * Repair attempts, by who makes them.
 */
export type RepairCounts = { therapist: number, patient: number, both: number, 
/**
 * Of all of them: linked to a conflict that they answer.
 */
answering: number, };

/**
 * Which kind of repair attempt made a settled conflict a strain.
 */
export type RepairKind = "surface" | "immediate" | "both";

/**
 * When conflicts of a class were answered by a repair attempt: from the conflict's onset to that of the first attempt at
 * or after it in the same session.
 */
export type RepairTimes = { 
/**
 * Answered in the session in which they arose.
 */
in_session: number, 
/**
 * Answered in another session only.
 */
elsewhere: number, 
/**
 * No attempt answers them.
 */
unanswered: number, 
/**
 * Of those answered in their session: how many have a time, and its middle and mean, in ms.
 */
timed: number, median_ms: number | null, mean_ms: number | null, 
/**
 * Times that rest on an estimated clock.
 */
estimated: number, };

/**
 * One self-contained page with everything.
 */
export type ReportAgreement = { job_id: number, path: string, hide_names: boolean, 
/**
 * Words of the transcript beside the disagreements.
 */
with_words: boolean, };

export type ResultsChoice = { 
/**
 * Else the study's own.
 */
rule: Rule | null, 
/**
 * Only of this case.
 */
case: string | null, 
/**
 * What was said, with the conflicts of the lists.
 */
with_text: boolean, 
/**
 * As many conflicts of each list at most; all of them where nothing is said.
 */
limit: number | null, };

/**
 * A conflict of a list, with the way to its place.
 */
export type ResultsConflict = { id: ConflictId, session_id: SessionId, coding_id: CodingId, case: string, session: number, coder: string, of_record: boolean, onset_ms: number | null, 
/**
 * Short name of its first marker's code.
 */
name: string, codes: Array<CodeKey>, class: Class, score: number | null, mode: Mode, relationship: Relationship | null, origin: Origin | null, 
/**
 * Why it stands in the list, in words.
 */
why: Array<string>, 
/**
 * What was said there; only where it was asked for.
 */
excerpt: string | null, };

/**
 * Counts of one coding, or of one coding of each of several sessions.
 */
export type ResultsFigures = { 
/**
 * How many sessions.
 */
sessions: number, totals: TotalsView, 
/**
 * Hours that were coded.
 */
hours: number, 
/**
 * Absent where no time was coded.
 */
per_hour: ClassRates | null, modes: Array<ResultsPart>, actors: Array<ResultsPart>, relationships: Array<ResultsPart>, addressed: Array<ResultsPart>, settled: Array<ResultsPart>, repairs: RepairCounts, time_to_repair: Array<ClassRepair>, };

export type ResultsList = { total: number, conflicts: Array<ResultsConflict>, };

/**
 * Conflicts that share a value; their counts add up to all conflicts.
 */
export type ResultsPart = { 
/**
 * The value's word in files; `not-set` where nobody said.
 */
key: string, counts: ClassCounts, };

export type ResultsReading = { 
/**
 * 0 to 1; 1 when everything is read.
 */
done: number, 
/**
 * Given once everything is read.
 */
report: ResultsReport | null, };

export type ResultsReport = { rule: Rule, 
/**
 * Set where the rule is one that the study has locked.
 */
locked: LockView | null, 
/**
 * The coding of record first, where any is fixed; then the raters of the sessions where it is not.
 */
sources: Array<ResultsSource>, 
/**
 * Conflicts that nobody took up: of the real relationship first, then of both; ruptures before strains.
 */
unaddressed: ResultsList, 
/**
 * Worth a look, not wrong: origin and response do not seem to fit.
 */
worth_a_look: ResultsList, 
/**
 * What is missing, and what to keep in mind.
 */
notes: Array<string>, };

/**
 * One coding of each session; sources are never added up.
 */
export type ResultsSource = { 
/**
 * `coding of record`, or a person's name.
 */
words: string, of_record: boolean, figures: ResultsFigures, cases: Array<CaseResults>, };

/**
 * Who speaks, as far as the study is concerned.
 */
export type Role = "patient" | "therapist" | "other";

/**
 * A named rule. `name`, `score` and `cut` are required; the rest may be absent.
 */
export type Rule = { name: string, score: ScoreSource, 
/**
 * A score at or above it is a rupture.
 */
cut: number, overrides?: Array<Override>, 
/**
 * A factor below its floor makes a strain.
 */
floors?: FactorValues, cannot_judge?: CannotJudge, real?: RealRule, tended?: Tended, accumulation?: AccumulationRule, };

/**
 * Classes under one rule (rows) and the other (columns), each rupture, strain, unscored.
 */
export type RuleComparison = { source: string, cells: [[number, number, number], [number, number, number], [number, number, number]], };

/**
 * One named rule of a study.
 */
export type RuleId = string;

export type RuleList = { rules: Array<RuleView>, };

export type RulePreset = { name: string, rule: Rule, };

export type RuleVersionView = { version: number, saved_ms: number, rule: Rule, };

/**
 * Versions of one rule, oldest first.
 */
export type RuleVersions = { versions: Array<RuleVersionView>, };

export type RuleView = { id: RuleId, rule: Rule, 
/**
 * How often it was saved as something else, counted from 1.
 */
version: number, 
/**
 * When this version was saved, Unix ms.
 */
saved_ms: number, 
/**
 * It is the study's rule.
 */
of_study: boolean, locked: LockView | null, };

/**
 * One ruling of the lead on an entry of the codebook.
 */
export type RulingId = string;

/**
 * What the lead decided about an entry of the codebook; every rater sees it from then on.
 */
export type RulingView = { id: RulingId, 
/**
 * Key of a code, a family or a rating.
 */
entry: string, text: string, at_ms: number, passage: PassageView | null, };

/**
 * A turn that something lies in, whole: positions of markers count from its beginning.
 */
export type SaidTurn = { turn: number, role: Role, start_ms: number, text: string, };

/**
 * What the members of an accumulation have in common.
 */
export type SameKey = "relationship" | "mode";

/**
 * A figure, drawn by the window.
 */
export type SaveFigure = { path: string, form: FigureForm, bytes: Array<number>, };

/**
 * Saves a rule: a new one, or the next version of one that is there.
 */
export type SaveRule = { rule_id: RuleId | null, rule: Rule, };

export type SaveTaps = { op: OperationId, session_id: SessionId, 
/**
 * Of the transcript whose turns were tapped: where another one is the newest, nothing is saved.
 */
version: number, starts: Array<number>, };

export type SavedRule = { rule_id: RuleId, rules: Array<RuleView>, };

/**
 * A scale from 1 to 5 for conflicts: significance and the three factors.
 */
export type Scale = { key: string, name: string, question: string, 
/**
 * Five, for 1 to 5 in this order.
 */
anchors: Array<Anchor>, };

/**
 * What a rater gave: a value, or "cannot judge". A score nobody gave is an absent `Score`.
 */
export type Score = 1 | 2 | 3 | 4 | 5 | "cannot-judge";

/**
 * One bar of the histogram.
 */
export type ScoreBin = { 
/**
 * The score that it is of, or the lowest of those that it holds.
 */
value: number, from: number, to: number, };

/**
 * What the score is made of.
 */
export type ScoreName = "significance" | "mean" | "median" | "min" | "max" | "weighted";

/**
 * Where the score that meets the cut comes from.
 */
export type ScoreSource = { "from": "significance", } | { "from": "factors", combine: Combine, 
/**
 * Given exactly when `combine` is `weighted`; a missing weight is 0.
 */
weights?: FactorValues, };

export type ScoringMoment = "with-tag" | "after-window" | "at-end";

/**
 * What is marked. Ends are exclusive.
 */
export type SegmentView = { "kind": "text", start: Place, end: Place, } | { "kind": "time", start_ms: number, end_ms: number, } | { "kind": "whole" };

/**
 * How many conflicts match when onsets may lie so far apart.
 */
export type SensitivityLine = { within: string, matched: number, unmatched: number, overlap: Estimate, };

/**
 * One meeting of a case.
 */
export type SessionId = string;

export type SessionItem = { id: SessionId, 
/**
 * `Ada · 3`, or the neutral code.
 */
label: string, 
/**
 * Absent where the person may not know it.
 */
case_name: string | null, number: number | null, 
/**
 * Sessions of the case, where the person may know it.
 */
of: number | null, 
/**
 * State of this person's own coding (a lead's: submitted when all are).
 */
state: SessionState, markers: number, seen: number, turns: number, duration_ms: number, 
/**
 * It has a recording, which this person may or may not hear.
 */
recorded: boolean, 
/**
 * What counts in results; for the lead, where it is fixed.
 */
record?: RecordView, 
/**
 * Every coding of the session; empty for raters.
 */
codings: Array<CodingItem>, };

/**
 * What counts for a session, from its coding of record.
 */
export type SessionOfRecord = { case: string, session: number, record: RecordView, totals: TotalsOfRecord, };

export type SessionOption = { id: SessionId, 
/**
 * `Ada · 3`.
 */
label: string, case_name: string, 
/**
 * Who coded it for production.
 */
raters: Array<string>, };

export type SessionResults = { session_id: SessionId, coding_id: CodingId, session: number, 
/**
 * Whose coding it is, or what was fixed: `consensus`, `L. Haddad`.
 */
coder: string, 
/**
 * The first conflict, where there is one: the way into the transcript.
 */
first: ConflictId | null, figures: ResultsFigures, };

export type SessionState = "new" | "open" | "submitted";

export type SessionView = { session: SessionItem, transcript: TranscriptView, 
/**
 * What plays with it; absent where there is none, or where this person works from the transcript alone.
 */
recording: RecordingView | null, coding: CodingView, 
/**
 * Somebody else's coding, or a lead's look: nothing can be changed.
 */
read_only: boolean, 
/**
 * Where playing stopped last time.
 */
position_ms: number, window_ms: number, 
/**
 * What the lead decided about entries of the codebook.
 */
rulings: Array<RulingView>, 
/**
 * Problems and goals of the case, where raters may read them.
 */
brief: string | null, elements: Array<RelationshipElements>, 
/**
 * The look that this person left on; absent where classes are not shown, or where it is the study's cut by now.
 */
look: KeptLook | null, };

/**
 * How many sessions an interval of this width would need.
 */
export type SessionsNeeded = { statistic: string, 
/**
 * Whole width, high minus low.
 */
width: number, sessions: number | null, words: string, };

/**
 * Says of a window that nothing is there, or takes that back.
 */
export type SetNothingHere = { op: OperationId, coding_id: CodingId, window: [number, number], nothing_here: boolean, };

export type SetPosition = { session_id: SessionId, at_ms: number, };

/**
 * Rates the session, or one window.
 */
export type SetRating = { op: OperationId, coding_id: CodingId, key: string, 
/**
 * Start and end of the window; null for the session.
 */
window: [number, number] | null, score: Score | null, };

export type SetRecord = { op: OperationId, 
/**
 * Empty: every session that this can be fixed for.
 */
sessions: Array<SessionId>, 
/**
 * Absent: none is fixed any more.
 */
record: RecordChoice | null, };

export type SetRecordingOffset = { op: OperationId, session_id: SessionId, offset_ms: number, };

export type SetRule = { rule: Rule, };

export type SetSettings = { settings: StudySettingsView, };

/**
 * Settles, in one step, all that all originals agree on and that is not settled.
 */
export type SettleAgreed = { op: OperationId, session_id: SessionId, on: AgreedOn, reason: string, present: string, hide_names: boolean, };

/**
 * How to settle an item.
 */
export type SettleBy = { "kind": "take", coding_id: CodingId, } | { "kind": "mean" } | { "kind": "none" } | { "kind": "edit", 
/**
 * The original to start from; else what is settled, else the member of the highest significance.
 */
from?: CodingId, 
/**
 * For a conflict: what is otherwise. Links name conflicts of consensus codings.
 */
conflict: Array<ConflictEdit>, 
/**
 * All markers, where they are otherwise; exactly one for what is no conflict.
 */
markers?: Array<ConsensusMarker>, 
/**
 * For a session rating.
 */
rating?: Score, 
/**
 * For a window.
 */
window?: WindowRating, };

/**
 * Settles one item, or settles it again.
 */
export type SettleItem = { op: OperationId, session_id: SessionId, item: string, by: SettleBy, reason: string, 
/**
 * Who was there.
 */
present: string, hide_names: boolean, };

/**
 * Settles, in one step, all that is not settled as one original has it.
 */
export type SettleRest = { op: OperationId, session_id: SessionId, coding_id: CodingId, reason: string, present: string, hide_names: boolean, };

/**
 * Was it settled? An attempt is not a resolution.
 */
export type Settled = "yes" | "no" | "cannot-tell";

/**
 * How an item was settled, and what it put into the consensus.
 */
export type SettlementView = { choice: Choice, 
/**
 * Where it stood in the originals when it was settled.
 */
sources: Array<ItemSource>, 
/**
 * Whom it was taken from.
 */
rater: string | null, reason: string, present: string, at_ms: number, 
/**
 * Every score that is a mean, as it was before rounding.
 */
means: Array<StatedMean>, conflict: ConflictView | null, markers: Array<MarkerView>, rating: Score | null, window: WindowRating | null, 
/**
 * The originals were frozen anew since, and stand otherwise here.
 */
outdated: boolean, 
/**
 * Links of the original to conflicts that are not settled yet.
 */
links_to_come: number, };

/**
 * The cut removes one mode mostly: a smaller share of its scored conflicts stays rupture than half of the others'.
 */
export type Skew = { mode: Mode, ruptures: number, scored: number, others_ruptures: number, others_scored: number, };

/**
 * Another source under the same rule and cut; never added up.
 */
export type SourceCounts = { words: string, counts: ClassCounts, };

export type SpeakerPreview = { name: string, role: Role, turns: number, };

/**
 * A score that is a mean: the sum over those who gave a number, how many they were, and what was kept. The mean is
 * `sum` / `count`; halves are rounded up.
 */
export type StatedMean = { 
/**
 * `significance`, a factor, or a rating's key.
 */
of: string, sum: number, count: number, kept: Score, };

/**
 * Submitted codings are locked until they are reopened.
 */
export type Status = "open" | "submitted";

export type StepThreshold = { cut: number, 
/**
 * Also what takes longer than a frame: build-ups that are proposed at this cut. Else they are told where they
 * are known.
 */
whole: boolean, };

/**
 * Back to the task, or into what lies beneath.
 */
export type Strategy = "immediate" | "expressive";

/**
 * One study file.
 */
export type StudyId = string;

export type StudyPath = { path: string, passphrase: string | null, };

export type StudySettingsView = { name: string, shown_to_raters: MaskingView, material: Material, window_seconds: number, scoring: ScoringMoment, };

export type StudyView = { id: StudyId, name: string, path: string, sample: boolean, person: Person, 
/**
 * Somebody said on this machine who sits here; until then nothing of the study is shown.
 */
person_known: boolean, person_name: string, may: Permissions, raters: Array<RaterView>, settings: StudySettingsView, codebook: Codebook, 
/**
 * `key@edition`.
 */
codebook_reference: string, 
/**
 * What the lead decided about its entries.
 */
rulings: Array<RulingView>, 
/**
 * The study's rule; absent where the person may not see it.
 */
rule: Rule | null, rule_locked: boolean, presets: Array<RulePreset>, sessions: Array<SessionItem>, 
/**
 * Names of the cases, for importing; empty where the person may not know them.
 */
cases: Array<string>, 
/**
 * What this person had open last on this machine.
 */
last_opened: LastOpened | null, };

/**
 * What stands between a coding and its submission.
 */
export type SubmitCheck = { unseen: Array<UnseenStretch>, unscored: Array<ConflictId>, 
/**
 * Keys of session ratings that are not given.
 */
unrated: Array<string>, to_discuss: Array<MarkerId>, };

/**
 * Agreement of raters on the class under every cut.
 */
export type SweepAgreement = { unit: UnitChoice, 
/**
 * `windows of 5 minutes`.
 */
per: string, raters: number, sessions: number, points: Array<CurvePoint>, 
/**
 * Why a peak is no reason to choose a cut.
 */
sentence: string, };

export type SweepChoice = { 
/**
 * Else the study's own.
 */
rule: Rule | null, 
/**
 * `cut`, `floors.intensity`, `floors.centrality`, `floors.endangerment`, `tended.unless_score`,
 * `accumulation.count`, `accumulation.within` or `overrides.N` (counted from 1).
 */
parameter: string | null, 
/**
 * Absent: of the cut, every one at which anything changes; of another parameter, a grid of its own.
 */
values: Array<number> | null, 
/**
 * Absent: the coding of record where any is fixed, else every person who coded for production, side by side.
 */
source: ThresholdSource | null, };

export type SweepReport = { rule: Rule, 
/**
 * Set where the rule is one that the study has locked.
 */
locked: LockView | null, rule_id: RuleId | null, parameter: string, 
/**
 * The rule's own value; absent where it has none.
 */
own: number | null, sources: Array<SweepSource>, 
/**
 * Absent for a parameter other than the cut, or where fewer than two raters coded a session.
 */
agreement: SweepAgreement | null, 
/**
 * What is missing, and what to keep in mind.
 */
notes: Array<string>, };

/**
 * Counts at one value.
 */
export type SweepRow = { value: number, conflicts: number, counts: ClassCounts, 
/**
 * Ruptures that a person linked to the strains they were built from.
 */
built_from: number, 
/**
 * Absent where the rule proposes no build-ups.
 */
proposed: number | null, sessions_with_rupture: number, sessions_with_strain: number, cases_with_rupture: number, cases_with_strain: number, modes: Array<ModeShare>, relationships: Array<RelationshipShare>, };

/**
 * One source; sources are never added up.
 */
export type SweepSource = { words: string, of_record: boolean, sessions: number, cases: number, rows: Array<SweepRow>, };

/**
 * A look at another cut: never part of the study.
 */
export type TakeLook = { coding_id: CodingId, cut: number, move_exceptions: boolean, };

export type TappedTimes = { starts: Array<number>, };

/**
 * Where turns start, tapped while the recording plays: of the first so many turns, ms on the session's clock.
 */
export type Taps = { session_id: SessionId, starts: Array<number>, };

/**
 * A settled conflict that was merely tended is a strain, unless its score is high (S5).
 */
export type Tended = { by: TendedBy, 
/**
 * At or above this score the clause does not apply. Default 4.
 */
unless_score?: number, };

/**
 * Which repair attempts count as tending (S5).
 */
export type TendedBy = "surface" | "immediate" | "either" | "both";

/**
 * Help for one value of the conflict and repair panels, such as `relationship/alliance`.
 */
export type Term = { key: string, name: string, text: string, };

export type Theme = "system" | "light" | "dark";

/**
 * What was read.
 */
export type ThresholdBasis = { 
/**
 * The coding of record first, where any is fixed; then people, those who coded for production first.
 */
sources: Array<ThresholdSourceView>, sessions: number, 
/**
 * Sessions that nobody has coded.
 */
uncoded: number, 
/**
 * Coded sessions whose coding of record is not fixed.
 */
without_record: number, 
/**
 * Sessions whose record is the mean of raters: their raters stand side by side.
 */
record_is_mean: number, rules: Array<RuleView>, };

/**
 * A conflict with its place in the transcript.
 */
export type ThresholdConflict = { place: number, id: ConflictId, session_id: SessionId, coding_id: CodingId, 
/**
 * `Ada · 3`.
 */
session: string, onset_ms: number | null, 
/**
 * Short name of its first marker's code.
 */
name: string, codes: Array<CodeKey>, mode: Mode, relationship: Relationship | null, excerpt: string, 
/**
 * Under the base rule.
 */
before: Class, 
/**
 * Under the rule at the cut that was looked at last.
 */
now: Class, score: number | null, 
/**
 * Why it is what it is now.
 */
reason: string, };

export type ThresholdConflicts = { conflicts: Array<ThresholdConflict>, };

export type ThresholdCurve = { points: Array<CurvePoint>, study_cut: number, 
/**
 * Agreement on the score itself, which no cut touches.
 */
raw: AgreementRow | null, 
/**
 * Why a peak is no reason to choose a cut.
 */
sentence: string, };

export type ThresholdPlaces = { places: Array<number>, };

export type ThresholdReading = { 
/**
 * 0 to 1; 1 when everything is read.
 */
done: number, 
/**
 * Given once everything is read.
 */
basis: ThresholdBasis | null, };

/**
 * Whose codings are looked at: one coding of each session, never several added up.
 */
export type ThresholdSource = { "kind": "of-record" } | { "kind": "coder", rater_id: RaterId, purpose: Purpose, };

export type ThresholdSourceView = { source: ThresholdSource, 
/**
 * `coding of record`, `L. Haddad`, `Expert, expert coding`.
 */
words: string, sessions: number, cases: number, conflicts: number, };

/**
 * Everything at one cut.
 */
export type ThresholdStep = { cut: number, counts: ClassCounts, 
/**
 * Ruptures that a person linked to the strains they were built from.
 */
built_from: number, 
/**
 * Build-ups that the rule proposes; absent where it proposes none ever, or they are not known yet.
 */
proposed: number | null, 
/**
 * For each bar, for each mode: ruptures, strains, unscored.
 */
heights: Array<[[number, number, number], [number, number, number], [number, number, number], [number, number, number]]>, modes: Array<ModeShare>, relationships: Array<RelationshipShare>, skew: Skew | null, 
/**
 * Against the base rule.
 */
moves: Array<ClassMove>, 
/**
 * Places of the conflicts that changed, the nearest to the line first, at most 100. Where none did, those that
 * the next higher cut would change.
 */
near: Array<number>, 
/**
 * How many there are in all.
 */
near_total: number, 
/**
 * Two cuts between which those of `near` change; the same twice where none do.
 */
between: [number, number], 
/**
 * `near` tells what has changed, not what would.
 */
changed: boolean, beside: Array<SourceCounts>, };

export type ThresholdView = { source: ThresholdSourceView, bins: Array<ScoreBin>, 
/**
 * How far apart the scores of neighbouring bars lie.
 */
grid: number, 
/**
 * A bar stands around its score; else it begins there.
 */
centred: boolean, 
/**
 * Conflicts that have a score, whatever clause decided: those in the bars.
 */
scored: number, 
/**
 * Every cut at which something changes, rising.
 */
cuts: Array<number>, clauses: Array<ClauseCount>, step: ThresholdStep, };

/**
 * A tier of annotations, in files that have any.
 */
export type TierPreview = { name: string, annotations: number, 
/**
 * Whether its annotations are in the transcript.
 */
read: boolean, };

/**
 * Counts of a session; fractions where they are the mean of raters.
 */
export type TotalsOfRecord = { conflicts: number, ruptures: number, strains: number, unscored: number, ruptures_built_from: number, accumulations_proposed: number, markers: number, };

/**
 * Counts, ruptures and strains apart; all of them together are conflicts.
 */
export type TotalsView = { conflicts: number, ruptures: number, strains: number, unscored: number, ruptures_built_from: number, 
/**
 * As the rule proposes them, whether or not a person has confirmed or dismissed one.
 */
accumulations_proposed: number, markers: number, };

export type TranscriptPreview = { 
/**
 * The file's own name for it, where one file holds several.
 */
key: string | null, turns: number, duration_ms: number, clock: ClockSource, speakers: Array<SpeakerPreview>, 
/**
 * Turns that name nobody, whether or not a role was chosen for them.
 */
unnamed_turns: number, first_turns: Array<TurnView>, };

export type TranscriptView = { version: number, 
/**
 * The newest version, where the coding stands on an older one.
 */
newer: number | null, clock: ClockSource, duration_ms: number, turns: Array<TurnView>, };

/**
 * One turn; its index is its place in the list.
 */
export type TurnView = { role: Role, 
/**
 * As the file named the speaker; empty where it named nobody.
 */
speaker: string, text: string, start_ms: number, end_ms: number, 
/**
 * The start was not in the file.
 */
estimated: boolean, };

/**
 * One marker that is not certain where it belongs.
 */
export type UncertainMarker = { marker_id: MarkerId, 
/**
 * Name of its code.
 */
code: string, doubt: Doubt, 
/**
 * Where it starts on the new version, ms.
 */
at_ms: number, 
/**
 * What it marks on the version it was made on.
 */
before: string, 
/**
 * What it would mark on the new one.
 */
after: string, };

/**
 * What is counted as one.
 */
export type UnitChoice = { "kind": "session" } | { "kind": "window", seconds: number, } | { "kind": "turn" } | { "kind": "conflict", within?: Within, } | { "kind": "span" };

export type UnitOption = { unit: UnitChoice, label: string, help: string, };

export type UnlinkRecording = { op: OperationId, session_id: SessionId, };

/**
 * A stretch of the session that was never played or read.
 */
export type UnseenStretch = { start_ms: number, end_ms: number, first_turn: number | null, last_turn: number | null, };

/**
 * Makes an item unsettled again.
 */
export type UnsettleItem = { op: OperationId, session_id: SessionId, item: string, hide_names: boolean, };

/**
 * The study's rule becomes another of its rules.
 */
export type UseRule = { rule_id: RuleId, };

/**
 * What is compared of each unit.
 */
export type ValueChoice = { "kind": "presence", of?: string, } | { "kind": "frequency", of?: string, } | { "kind": "family" } | { "kind": "code" } | { "kind": "mode" } | { "kind": "relationship" } | { "kind": "significance" } | { "kind": "factor", factor: Factor, } | { "kind": "class" } | { "kind": "rating", key: string, };

export type ValueOption = { value: ValueChoice, label: string, help: string, 
/**
 * Kinds of unit that it can be compared at.
 */
units: Array<string>, };

/**
 * Class of a conflict under a rule, and why.
 */
export type Verdict = { class: Class, score: number | null, cut: number | null, reasons: Array<Reason>, };

export type Verified = { sound: boolean, operations: number, streams: number, findings: Array<VerifyFinding>, };

/**
 * What is wrong, and with what: table and id, stream and number, or SHA-256. Never words.
 */
export type VerifyFinding = { what: string, subject: string, };

/**
 * How loud a recording is, from its beginning.
 */
export type Waveform = { 
/**
 * Largest amplitude of each of so many equal parts, of 255; 4,000 at most.
 */
peaks: Array<number>, 
/**
 * Length of all parts together, ms.
 */
duration_ms: number, };

export type WhichRule = { rule_id: RuleId, };

/**
 * What was said of one window: ratings, or that nothing is there.
 */
export type WindowRating = { start_ms: number, end_ms: number, nothing_here?: boolean, ratings: { [key in string]: Score }, };

/**
 * How far apart the onsets of two conflicts that share nothing may lie; 0 adds nothing to overlapping.
 */
export type Within = { "kind": "seconds", seconds: number, } | { "kind": "turns", turns: number, };

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
  recording_link: { request: LinkRecording; reply: RecordingJob };
  recording_find: { request: FindRecording; reply: RecordingJob };
  recording_poll: { request: RecordingJob; reply: RecordingProgress };
  recording_cancel: { request: RecordingJob; reply: Nothing };
  recording_offset: { request: SetRecordingOffset; reply: StudyView };
  recording_unlink: { request: UnlinkRecording; reply: StudyView };
  recording_view: { request: RecordingQuestion; reply: RecordingView };
  waveform_start: { request: RecordingQuestion; reply: RecordingProgress };
  taps_view: { request: RecordingQuestion; reply: TappedTimes };
  taps_keep: { request: Taps; reply: Nothing };
  taps_save: { request: SaveTaps; reply: StudyView };
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
  carry_preview: { request: CodingQuestion; reply: CarryPreview };
  coding_carry: { request: CarryCoding; reply: CodingChange };
  undo: { request: CodingAct; reply: CodingChange };
  redo: { request: CodingAct; reply: CodingChange };
  look: { request: TakeLook; reply: Look };
  look_keep: { request: KeepLook; reply: Nothing };
  consensus_list: { request: Nothing; reply: ConsensusOverview };
  consensus_open: { request: OpenConsensus; reply: ConsensusOverview };
  consensus_session: { request: ConsensusQuestion; reply: ConsensusView };
  consensus_settle: { request: SettleItem; reply: ConsensusView };
  consensus_settle_agreed: { request: SettleAgreed; reply: ConsensusView };
  consensus_settle_rest: { request: SettleRest; reply: ConsensusView };
  consensus_unsettle: { request: UnsettleItem; reply: ConsensusView };
  consensus_undo: { request: ConsensusAct; reply: ConsensusView };
  consensus_redo: { request: ConsensusAct; reply: ConsensusView };
  record_set: { request: SetRecord; reply: ConsensusOverview };
  ruling_add: { request: AddRuling; reply: StudyView };
  ruling_edit: { request: EditRuling; reply: StudyView };
  ruling_remove: { request: RemoveRuling; reply: StudyView };
  import_kind: { request: ImportPath; reply: FileKind };
  import_preview: { request: PreviewImport; reply: ImportPreview };
  pseudonyms_keep: { request: KeepPseudonyms; reply: Nothing };
  import_commit: { request: CommitImport; reply: Imported };
  coding_preview: { request: ImportCoding; reply: CodingPreview };
  coding_import: { request: ImportCoding; reply: ImportedCoding };
  coding_export: { request: ExportCoding; reply: Nothing };
  export_options: { request: Nothing; reply: ExportOptions };
  export_start: { request: ExportChoice; reply: ExportJob };
  export_poll: { request: ExportJob; reply: ExportProgress };
  export_cancel: { request: ExportJob; reply: Nothing };
  classify: { request: Classify; reply: ClassifyReport };
  agreement_options: { request: AskAgreementOptions; reply: AgreementOptions };
  agreement_start: { request: AgreementChoice; reply: AgreementJob };
  agreement_poll: { request: PollAgreement; reply: AgreementProgress };
  agreement_cancel: { request: AgreementJob; reply: Nothing };
  agreement_units: { request: AgreementUnits; reply: AgreementUnitPage };
  agreement_copy: { request: CopyAgreement; reply: CopiedText };
  agreement_report: { request: ReportAgreement; reply: Nothing };
  figure_save: { request: SaveFigure; reply: Nothing };
  rule_list: { request: Nothing; reply: RuleList };
  rule_save: { request: SaveRule; reply: SavedRule };
  rule_choose: { request: UseRule; reply: StudyView };
  rule_lock: { request: LockRule; reply: SavedRule };
  rule_versions: { request: WhichRule; reply: RuleVersions };
  rule_import: { request: ImportRule; reply: SavedRule };
  rule_export: { request: ExportRule; reply: Nothing };
  outcomes_import: { request: ImportOutcomes; reply: ImportedOutcomes };
  outcomes_list: { request: Nothing; reply: OutcomeList };
  threshold_read: { request: ReadThreshold; reply: ThresholdReading };
  threshold_prepare: { request: PrepareThreshold; reply: ThresholdView };
  threshold_step: { request: StepThreshold; reply: ThresholdStep };
  threshold_conflicts: { request: ThresholdPlaces; reply: ThresholdConflicts };
  threshold_compare: { request: CompareRules; reply: RuleComparison };
  threshold_cell: { request: CompareCell; reply: CellConflicts };
  threshold_sweep: { request: SweepChoice; reply: SweepReport };
  results_read: { request: ReadResults; reply: ResultsReading };
  results_copy: { request: ResultsChoice; reply: CopiedText };
}
