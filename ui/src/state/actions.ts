// What the actions of the window, the study and the coding do; those of playing, marking and judging are
// registered by their own parts.
import { keys } from '../keys/dispatch.svelte';
import type { App } from './app.svelte';
import * as files from './files';

const SCALE_STEP = 10;
const LEAST_SCALE = 80;
const MOST_SCALE = 200;

/** Registers them until the returned function is called. */
export function registerActions(app: App): () => void {
  const inStudy = () => app.study !== null;
  const lead = () => app.lead;
  const ofSample = () => app.study?.sample === true && app.study.raters.length > 0;
  const coding = () => app.screen === 'coding' && app.coding !== null;
  const writable = () => coding() && app.coding?.readOnly === false;
  const scaleTo = (scale: number) =>
    void app.setPreferences({
      ...app.preferences,
      scale: Math.max(LEAST_SCALE, Math.min(MOST_SCALE, scale)),
    });

  const ends = [
    keys.handle('app.palette', () => show(app, 'palette')),
    keys.handle('app.keys', () => show(app, 'keys')),
    keys.handle('app.preferences', () => show(app, 'preferences')),
    keys.handle('app.larger', () => scaleTo(app.preferences.scale + SCALE_STEP)),
    keys.handle('app.smaller', () => scaleTo(app.preferences.scale - SCALE_STEP)),
    keys.handle('app.usualSize', () => scaleTo(100)),
    keys.handle('app.nextRegion', () => nextRegion(document)),

    keys.handle('screen.coding', () => void app.showCoding(), {
      enabled: () => inStudy() && app.screen !== 'coding',
    }),
    keys.handle('screen.threshold', () => void app.showThreshold(), {
      enabled: () => lead() && app.screen !== 'threshold',
    }),
    keys.handle('screen.agreement', () => void app.showAgreement(), {
      enabled: () => lead() && app.screen !== 'agreement',
    }),

    keys.handle('study.import', () => void files.importTranscripts(app), { enabled: inStudy }),
    keys.handle('study.export', () => show(app, 'export'), {
      enabled: () => inStudy() && !app.personAsked,
    }),
    keys.handle('recording.link', () => void files.linkRecordings(app), {
      enabled: () => inStudy() && lead(),
    }),
    keys.handle('recording.edit', () => show(app, 'recording'), {
      enabled: () => lead() && coding() && (app.session?.recording ?? null) !== null,
    }),
    keys.handle('study.person', () => show(app, 'person'), { enabled: inStudy }),
    keys.handle('study.settings', () => show(app, 'study'), { enabled: inStudy }),
    keys.handle('study.tryMasked', () => void app.tryMasked(true), {
      enabled: () => ofSample() && (app.study?.settings.shown_to_raters.classes ?? false),
    }),
    keys.handle('study.showClasses', () => void app.tryMasked(false), {
      enabled: () => ofSample() && !(app.study?.settings.shown_to_raters.classes ?? true),
    }),
    keys.handle('study.verify', () => void files.verify(app), { enabled: inStudy }),
    keys.handle('study.backup', () => void files.backUp(app), { enabled: inStudy }),
    keys.handle('study.open', () => void files.openStudy(app)),
    keys.handle('study.new', () => show(app, 'new-study')),
    keys.handle('study.sample', () => void app.openSample()),
    keys.handle('study.close', () => void app.closeStudy(), { enabled: inStudy }),

    keys.handle('coding.ratings', () => show(app, 'ratings'), { enabled: coding }),
    keys.handle(
      'coding.submit',
      () => {
        app.sendRest();
        show(app, 'submit');
      },
      { enabled: writable },
    ),
    keys.handle('coding.reopen', () => show(app, 'reopen'), {
      enabled: () => coding() && app.coding?.status === 'submitted',
    }),
    keys.handle('coding.next', () => void app.nextSession(), { enabled: inStudy }),
    keys.handle('coding.export', () => void files.exportCoding(app), {
      // Of a session that nobody has coded there is a transcript to read, and no coding.
      enabled: () => coding() && app.session?.coding.rater !== '',
    }),
    keys.handle('coding.import', () => void files.importCodings(app), {
      enabled: () => inStudy() && lead(),
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

function show(app: App, dialog: NonNullable<App['dialog']>): void {
  app.dialog = app.dialog === dialog ? null : dialog;
}

/** Moves the focus to the next part of the window. */
function nextRegion(page: Document): boolean {
  const regions = [...page.querySelectorAll<HTMLElement>('[data-region]')].filter(
    (each) => each.offsetParent !== null,
  );
  const here = regions.findIndex((each) => each.contains(page.activeElement));
  const next = regions[(here + 1) % Math.max(1, regions.length)];
  next?.focus();
  return next !== undefined;
}
