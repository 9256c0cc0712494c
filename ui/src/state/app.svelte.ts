// The program as this window has it: the open study, who is at the screen, the open session, the open dialog.
import type {
  AppStarted,
  Imported,
  ImportedCoding,
  Notice,
  Person,
  Preferences,
  Rule,
  SessionItem,
  SessionView,
  StudySettingsView,
  StudyView,
} from '$schemas/api';
import { apiError, clientOf, type Client } from '../api/client';
import type { Platform } from '../platform';
import { Agreement } from './agreement.svelte';
import { CodingState } from './coding.svelte';
import { Exporting } from './exporting.svelte';
import { isRecording } from './recording/files';
import type { Threshold } from './threshold.svelte';
import { Toasts } from './toasts.svelte';

export type Screen = 'start' | 'coding' | 'threshold' | 'agreement';

export type Dialog =
  | 'import'
  | 'study'
  | 'new-study'
  | 'preferences'
  | 'palette'
  | 'keys'
  | 'person'
  | 'ratings'
  | 'submit'
  | 'reopen'
  | 'carry'
  | 'export'
  | 'recording';

/** Trouble that stands above the work. */
export interface Trouble {
  about: Notice['about'];
  message: string;
}

const NOTHING = {};
/** Closing waits so long for what is not confirmed. */
const CLOSING_MS = 8000;
const DEFAULTS: Preferences = {
  theme: 'system',
  scale: 100,
  keys: {},
  rewind_on_resume_s: 0,
  plain_rendering: false,
};

export class App {
  started: AppStarted | null = $state.raw(null);
  study: StudyView | null = $state.raw(null);
  preferences: Preferences = $state.raw(DEFAULTS);
  screen: Screen = $state('start');
  session: SessionView | null = $state.raw(null);
  coding: CodingState | null = $state.raw(null);
  /** A session that the lead chose and nobody has coded yet: there is nothing to look at. */
  uncoded: SessionItem | null = $state.raw(null);
  /** Where the session that opens next begins to play. */
  playFrom: number | null = null;
  /** The conflict that the session that opens next is to show. */
  showFirst: string | null = null;
  /** The Agreement screen, once the lead went there. */
  agreement: Agreement | null = $state.raw(null);
  /** The Threshold screen, once the lead went there. */
  threshold: Threshold | null = $state.raw(null);
  /** Trouble with what is done unasked, such as the daily backup; the latest of each kind. */
  notices: Trouble[] = $state.raw([]);
  /** What is being waited for, in words. */
  busy: string | null = $state(null);
  dialog: Dialog | null = $state(null);
  /** Where there is no room beside the transcript, what is drawn over it. */
  drawer: 'sessions' | 'judging' | null = $state(null);
  /** Transcript and coding files waiting to be imported, the first one next. */
  importPaths: string[] = $state.raw([]);
  /** They are looked at one by one, not in a table. */
  oneByOne = $state(false);
  /** A study that needs its passphrase. */
  passphraseFor: string | null = $state(null);
  readonly toasts = new Toasts();
  /** Codings on their way out. */
  readonly exporting = new Exporting(this);
  #gaveUp = false;
  #ahead: SessionView | null = null;
  /** The preferences as they are kept on the machine. */
  #kept: Promise<Preferences> = Promise.resolve(DEFAULTS);
  #leaving: (() => void)[] = [];
  #coded: ReadonlySet<string> = new Set();
  readonly client: Client;
  readonly platform: Platform;

  constructor(platform: Platform, client: Client = clientOf(platform)) {
    this.platform = platform;
    this.client = client;
  }

  get importPath(): string | null {
    return this.importPaths[0] ?? null;
  }

  /** This person is at the screen as the lead. */
  get lead(): boolean {
    return this.study?.may.lead ?? false;
  }

  /** Nobody has said on this machine who sits here: that comes before anything of the study. */
  get personAsked(): boolean {
    return this.study !== null && !this.study.person_known;
  }

  // Starting, studies

  async start(): Promise<void> {
    await this.#guarded('Starting', async () => {
      const started = await this.client.call('app_start', { paths: [] });
      this.started = started;
      this.preferences = started.preferences;
      this.#kept = Promise.resolve(started.preferences);
      if (started.problem !== null) this.toasts.problem(started.problem.message);
      this.#ahead = started.session;
      if (started.study !== null) await this.#enter(started.study);
      this.#ahead = null;
      if (started.to_import.length > 0) this.offerImport(started.to_import);
    });
  }

  async openStudy(path: string, passphrase: string | null = null): Promise<void> {
    await this.#settle();
    await this.#guarded('Opening the study', async () => {
      try {
        await this.#enter(await this.client.call('study_open', { path, passphrase }));
        this.passphraseFor = null;
      } catch (reason) {
        if (apiError(reason).code === 'passphrase') this.passphraseFor = path;
        throw reason;
      }
    });
  }

  async openSample(): Promise<void> {
    await this.#settle();
    await this.#guarded('Opening the sample study', async () => {
      await this.#enter(await this.client.call('study_sample', NOTHING));
    });
  }

  async newStudy(path: string, name: string): Promise<boolean> {
    await this.#settle();
    return this.#guarded('Making the study', async () => {
      await this.#enter(await this.client.call('study_new', { path, name }));
    });
  }

  async closeStudy(): Promise<void> {
    await this.#settle();
    await this.#guarded('Closing the study', async () => {
      await this.client.call('study_close', NOTHING);
      if (this.study !== null) this.#remember(this.study);
      this.#leaveSession();
      this.exporting.leave();
      this.agreement = null;
      this.threshold = null;
      this.notices = [];
      this.study = null;
      this.importPaths = [];
      this.screen = 'start';
      this.dialog = null;
    });
  }

  /** Reads the study again, because something in it changed. */
  async refresh(): Promise<void> {
    await this.#guarded(null, async () => {
      this.study = await this.client.call('study_view', NOTHING);
    });
  }

  // People, settings

  async choosePerson(person: Person): Promise<void> {
    await this.#settle();
    await this.#guarded('Changing who codes', async () => {
      const again = this.session?.session.id ?? null;
      await this.#enter(await this.client.call('person_choose', { person }), again);
    });
  }

  async addRater(name: string): Promise<boolean> {
    return this.#guarded('Adding the rater', async () => {
      this.study = await this.client.call('rater_add', { name });
    });
  }

  async setSettings(settings: StudySettingsView): Promise<boolean> {
    return this.#guarded('Saving the settings', async () => {
      this.study = await this.client.call('settings_set', { settings });
    });
  }

  async setRule(rule: Rule): Promise<boolean> {
    await this.#settle();
    return this.#guarded('Setting the rule', async () => {
      this.study = await this.client.call('rule_set', { rule });
      await this.#reopenSession();
    });
  }

  /** The sample study as a masked rater sees it: the lead hides everything, then the rater is back. */
  async tryMasked(masked: boolean): Promise<void> {
    const { study } = this;
    const rater = study?.person.kind === 'rater' ? study.person.rater_id : study?.raters[0]?.id;
    if (study === null || rater === undefined) return;
    await this.#settle();
    await this.#guarded('Changing what raters see', async () => {
      const shown = { classes: !masked, totals: !masked, case_and_number: !masked, brief: !masked };
      const again = this.session?.session.id ?? null;
      const lead = await this.client.call('person_choose', { person: { kind: 'lead' } });
      try {
        await this.client.call('settings_set', { settings: { ...lead.settings, shown_to_raters: shown } });
      } finally {
        const person: Person = { kind: 'rater', rater_id: rater };
        await this.#enter(await this.client.call('person_choose', { person }), again);
      }
    });
  }

  async setPreferences(preferences: Preferences): Promise<void> {
    const before = this.#kept;
    this.preferences = preferences;
    this.#kept = this.#keep(before, preferences);
    await this.#kept;
  }

  // Screens

  /** The lead compares and settles. */
  async showAgreement(): Promise<void> {
    if (!this.lead || this.screen === 'agreement') return;
    await this.#settle();
    this.drawer = null;
    this.agreement ??= new Agreement(this);
    this.screen = 'agreement';
    await this.agreement.open();
  }

  /** The lead sets the threshold. Its code is loaded by going there. */
  async showThreshold(): Promise<void> {
    if (!this.lead || this.screen === 'threshold') return;
    await this.#settle();
    this.drawer = null;
    const { study } = this;
    const { Threshold } = await import('./threshold.svelte');
    if (this.study !== study) return;
    this.threshold ??= new Threshold(this);
    this.screen = 'threshold';
    await this.threshold.open();
  }

  /** Opens a coding where one of its conflicts lies. */
  async showConflict(sessionId: string, codingId: string, conflictId: string): Promise<void> {
    this.showFirst = conflictId;
    await this.openSession(sessionId, codingId);
  }

  /** Back to the session that was open, as it stands now. */
  async showCoding(): Promise<void> {
    if (this.study === null || this.screen === 'coding') return;
    await this.#guarded('Opening the session', async () => {
      this.study = await this.client.call('study_view', NOTHING);
      await this.#reopenSession();
      this.screen = 'coding';
    });
  }

  // Sessions

  /** Opens one's own coding of a session, or (as the lead) the coding named; and plays from a moment, where one is given. */
  async openSession(sessionId: string, codingId?: string, playFrom?: number): Promise<void> {
    await this.#settle();
    await this.#guarded('Opening the session', async () => {
      if (this.session !== null) this.study = await this.client.call('study_view', NOTHING);
      await this.#open(sessionId, codingId);
      this.playFrom = playFrom ?? null;
      this.screen = 'coding';
    });
  }

  /** Opens the next session to code after the open one; says so when there is none. */
  async nextSession(): Promise<void> {
    await this.#settle();
    await this.refresh();
    const sessions = this.study?.sessions ?? [];
    const here = sessions.findIndex((each) => each.id === this.session?.session.id);
    const next = [...sessions.slice(here + 1), ...sessions.slice(0, Math.max(here, 0))].find(
      (each) => each.state !== 'submitted',
    );
    if (next === undefined) this.toasts.done('Every session is submitted.');
    else await this.openSession(next.id);
  }

  /** Whether the window may close: once everything is confirmed, or when it is asked again after waiting in vain. */
  async mayClose(): Promise<boolean> {
    const { coding } = this;
    this.sendRest();
    if (coding === null || this.#gaveUp) return true;
    const confirmed = coding.settled().then(() => true);
    const tired = new Promise<boolean>((done) => setTimeout(() => done(false), CLOSING_MS));
    if (await Promise.race([confirmed, tired])) return true;
    this.#gaveUp = true;
    this.toasts.problem('The last acts are not confirmed yet. Close the window again to leave without them.');
    return false;
  }

  /** Calls `leave` whenever the open coding may be left, so that it can send what it still has. */
  onLeaving(leave: () => void): () => void {
    this.#leaving = [...this.#leaving, leave];
    return () => (this.#leaving = this.#leaving.filter((each) => each !== leave));
  }

  /** Has everything sent that is still gathered, such as what was seen in the last seconds. */
  sendRest(): void {
    for (const leave of this.#leaving) leave();
  }

  toggleDrawer(drawer: 'sessions' | 'judging'): void {
    this.drawer = this.drawer === drawer ? null : drawer;
  }

  /** Keeps where playing stands; losing one of these loses nothing. */
  async rememberPosition(sessionId: string, atMs: number): Promise<void> {
    try {
      await this.client.call('position_set', { session_id: sessionId, at_ms: Math.round(atMs) });
    } catch {
      // The next one follows within seconds.
    }
  }

  /** Trouble in the background: said until it is over or dismissed, the latest of each kind. */
  heard({ about, trouble }: Notice): void {
    const others = this.notices.filter((each) => each.about !== about);
    this.notices = trouble === null ? others : [...others, { about, message: trouble.message }];
  }

  dismissNotice(notice: Trouble): void {
    this.notices = this.notices.filter((each) => each !== notice);
  }

  // Files

  /** Shows the import of these transcript and coding files; `coded`: they were asked for as codings. */
  offerImport(paths: string[], coded = false): void {
    if (this.study === null) {
      this.toasts.problem('Open a study first; then the file can be imported into it.');
      return;
    }
    const others = [...this.#coded].filter((path) => !paths.includes(path));
    this.#coded = new Set(coded ? [...others, ...paths] : others);
    if (this.importPaths.length === 0) this.oneByOne = false;
    this.importPaths = [...this.importPaths, ...paths.filter((path) => !this.importPaths.includes(path))];
    if (!this.personAsked) this.dialog = 'import';
  }

  /** Files of the table are imported; the others wait to be looked at one by one. */
  async importedTogether(results: Imported[], done: string[]): Promise<void> {
    this.oneByOne = true;
    this.importPaths = this.importPaths.filter((path) => !done.includes(path));
    const count = results.reduce((sum, { sessions }) => sum + sessions.length, 0);
    if (count > 0) {
      this.toasts.done(count === 1 ? 'One session is imported.' : `${String(count)} sessions are imported.`);
    }
    this.study = results.at(-1)?.study ?? this.study;
    await this.#openImported(results[0]);
  }

  /** Several files wait, and the lead sees them in a table first. */
  get inTable(): boolean {
    return this.lead && !this.oneByOne && this.together.length > 1;
  }

  /** Waiting transcripts: recordings are linked one by one, and codings looked at one by one. */
  get together(): string[] {
    return this.importPaths.filter((path) => !isRecording(path) && !this.isCoded(path));
  }

  /** Leaves out the files of the table; recordings and codings that came along still wait. */
  skipTogether(): void {
    const { together } = this;
    this.importPaths = this.importPaths.filter((path) => !together.includes(path));
    if (this.importPaths.length === 0) this.dialog = null;
  }

  /** Whether a file that waits was asked for as one of codings, whatever it could be besides. */
  isCoded(path: string): boolean {
    return this.#coded.has(path);
  }

  /** A file is imported: its first session opens when nothing else waits. */
  async imported(result: Imported): Promise<void> {
    this.study = result.study;
    this.importPaths = this.importPaths.slice(1);
    await this.#openImported(result);
  }

  /** A coding is taken in: it opens when nothing else waits. */
  async codingImported({ coding_id: id }: ImportedCoding): Promise<void> {
    this.study = await this.client.call('study_view', NOTHING);
    this.toasts.done('The coding is imported.');
    this.skipImport();
    if (this.importPaths.length > 0) return;
    const session = this.study.sessions.find(({ codings }) => codings.some((each) => each.id === id));
    if (session !== undefined) await this.openSession(session.id, id);
  }

  /** A recording is linked: its session opens when nothing else waits. */
  async recordingLinked(sessionId: string): Promise<void> {
    this.study = await this.client.call('study_view', NOTHING);
    this.toasts.done('The recording is linked.');
    this.skipImport();
    if (this.importPaths.length > 0) return;
    if (this.session?.session.id === sessionId) await this.#reopenSession();
    else await this.openSession(sessionId);
  }

  /** The recording of the open session is another one, begins elsewhere, or is gone. */
  async recordingChanged(study: StudyView): Promise<void> {
    this.study = study;
    await this.#reopenSession();
  }

  /** The transcript has a new version with tapped times: it is what the lead looks at now. */
  async timesTapped(sessionId: string, study: StudyView): Promise<void> {
    this.study = study;
    this.toasts.done(
      'The times are saved as a new version. Codings stay with the version they were made on.',
    );
    await this.#open(sessionId, undefined, true);
  }

  skipImport(): void {
    this.importPaths = this.importPaths.slice(1);
    if (this.importPaths.length === 0) this.dialog = null;
  }

  /** Runs `act`, says what went wrong, and tells whether it went well. */
  attempt(words: string | null, act: () => Promise<void>): Promise<boolean> {
    return this.#guarded(words, act);
  }

  // Within

  async #openImported(result: Imported | undefined): Promise<void> {
    const next = this.importPath;
    if (next === null) this.dialog = null;
    // A recording that came along may belong to what was just imported.
    else if (!isRecording(next)) return;
    const first = result?.sessions[0];
    if (first !== undefined) await this.openSession(first.session_id);
  }

  /** Changes are kept one after the other; a reply does not show over a later change. */
  async #keep(before: Promise<Preferences>, wanted: Preferences): Promise<Preferences> {
    let kept = await before;
    await this.#guarded(null, async () => {
      kept = await this.client.call('preferences_set', wanted);
    });
    if (this.preferences === wanted) this.preferences = kept;
    return kept;
  }

  async #enter(study: StudyView, sessionId: string | null = null): Promise<void> {
    this.#leaveSession();
    this.exporting.leave();
    this.agreement = null;
    this.threshold = null;
    if (this.study?.path !== study.path) this.notices = [];
    this.study = study;
    this.screen = 'coding';
    if (this.dialog === 'new-study' || this.dialog === 'person') this.dialog = null;
    if (this.personAsked) {
      this.dialog = 'person';
      return;
    }
    if (this.importPaths.length > 0) this.dialog = 'import';
    const last = study.last_opened;
    const found = (id: string | undefined) => study.sessions.find((each) => each.id === id);
    const session = found(sessionId ?? undefined) ?? found(last?.session_id) ?? firstToCode(study.sessions);
    // A lead looked at one coding of several; a rater has one of each session.
    const looked = session?.codings.find(
      ({ id }) => session.id === last?.session_id && id === last.coding_id,
    );
    if (session !== undefined) await this.#open(session.id, looked?.id);
  }

  /** Shows the lead the transcript of the session that nobody has coded. */
  async readUncoded(): Promise<void> {
    const session = this.uncoded;
    if (session === null) return;
    await this.#guarded('Opening the session', () => this.#open(session.id, undefined, true));
  }

  async #open(sessionId: string, codingId?: string, reading = false): Promise<void> {
    const study = this.study;
    if (study === null) return;
    const item = study.sessions.find((each) => each.id === sessionId);
    const chosen = codingId ?? (study.may.lead ? item?.codings[0]?.id : undefined);
    if (study.may.lead && item !== undefined && chosen === undefined && !reading) {
      this.#leaveSession();
      this.uncoded = item;
      return;
    }
    this.uncoded = null;
    const session =
      this.#takeAhead(sessionId, chosen) ??
      (await this.client.call('session_open', {
        session_id: sessionId,
        ...(chosen === undefined ? {} : { coding_id: chosen }),
      }));
    this.session = session;
    this.coding = new CodingState(this.client, session, study.codebook, {
      report: (error) => this.toasts.problem(error.message),
    });
  }

  /** The session that came with the start, if it is this one: it is true until anything is done. */
  #takeAhead(sessionId: string, codingId: string | undefined): SessionView | null {
    const ahead = this.#ahead;
    this.#ahead = null;
    return ahead?.session.id === sessionId && ahead.coding.id === codingId ? ahead : null;
  }

  async #reopenSession(): Promise<void> {
    if (this.session !== null) await this.#open(this.session.session.id, this.session.coding.id);
  }

  /** The study stands first among the recent ones. */
  #remember({ path, name }: StudyView): void {
    if (this.started === null) return;
    const others = this.started.recent.filter((each) => each.path !== path);
    const recent = [{ path, name, opened_ms: Date.now(), present: true }, ...others];
    this.started = { ...this.started, recent };
  }

  #leaveSession(): void {
    this.session = null;
    this.coding = null;
    this.uncoded = null;
  }

  /** Waits until the open coding is confirmed. */
  async #settle(): Promise<void> {
    this.sendRest();
    await this.coding?.settled();
  }

  async #guarded(words: string | null, act: () => Promise<void>): Promise<boolean> {
    if (words !== null) this.busy = words;
    try {
      await act();
      return true;
    } catch (reason) {
      this.toasts.problem(apiError(reason).message);
      return false;
    } finally {
      if (words !== null) this.busy = null;
    }
  }
}

/** The session begun, else the first new one, else the first. */
function firstToCode(sessions: SessionItem[]): SessionItem | undefined {
  return (
    sessions.find((each) => each.state === 'open') ??
    sessions.find((each) => each.state === 'new') ??
    sessions[0]
  );
}
