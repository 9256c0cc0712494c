// Every screen of the window and how to get there, for the tests that look at all of them and for the pictures.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { agreementShown, chooseUnit, chooseValue, settleTitle } from './agreement.mjs';
import {
  become,
  byTestId,
  codingShown,
  command,
  cursorOn,
  gone,
  hurry,
  importSession,
  inView,
  openSession,
} from './coding.mjs';
import { ownFolder } from './harness.mjs';
import { linkWaiting, waveformShown, writeSpeech, writeTurns } from './recordings.mjs';
import { agreementDrawn, below, thresholdDragged, thresholdOpened } from './threshold.mjs';

/** Presses a key and waits for what it opens. */
const byKey = (chord, id) => async (window) => {
  await window.keys(chord);
  await window.find(byTestId(id));
};

const close = (id) => async (window) => {
  await window.keys('Escape');
  await gone(window, byTestId(id));
};

async function byCommand(window, words, id) {
  await byKey('Control+k', 'palette')(window);
  await window.typeText(words);
  await window.keys('Enter');
  await window.find(byTestId(id));
}

async function tryMasked(window) {
  await window.click(byTestId('person'));
  await window.click(byTestId('try-masked'));
  await gone(window, byTestId('person-dialog'));
  await window.waitFor(
    () => window.run((css) => document.querySelector(css).textContent.includes('masked'), byTestId('person')),
    'the masked view',
  );
  await codingShown(window);
}

const openConflict = (lane) => async (window) => {
  await window.click(`[data-testid="lane-item"][data-lane="${lane}"]`);
  await window.find(byTestId('conflict-card'));
};

/** The lead compares conflicts by their class. */
export async function compareClasses(window) {
  await become(window, 'Lead');
  await window.click(byTestId('screen-agreement'));
  await agreementShown(window);
  await chooseUnit(window, 'conflict');
  await chooseValue(window, 'class');
}

/** Settles three units of a cell, the last one looked at again. */
export async function settleThree(window) {
  await window.click(byTestId('begin-settling'));
  await window.find(byTestId('member'));
  await window.click(`${byTestId('confusion-cell')}[data-cell="1,2"]`);
  await window.waitFor(async () => (await settleTitle(window)).text.includes('×'), 'the units of the cell');
  await window.find(byTestId('member'));
  for (const [at, key] of ['2', 'm', '1'].entries()) {
    await window.keys(key);
    await window.waitFor(async () => (await settleTitle(window)).settled === at + 1, `${at + 1} settled`);
  }
  await window.run((css) => document.querySelector(css).scrollTo(0, 0), byTestId('numbers'));
}

const scrollNumbers = (id) => async (window) => {
  await window.run(
    (numbers, css) => {
      const part = document.querySelector(css);
      const page = document.querySelector(numbers);
      page.scrollTo(0, part.offsetTop - 16);
    },
    byTestId('numbers'),
    byTestId(id),
  );
};

const openPopover = (chip) => async (window) => {
  await window.click(byTestId(chip));
  await window.find(byTestId(`${chip}-choice`));
};

/** Codes of a family, with the meaning of one of them. */
async function openCode(window) {
  await cursorOn(window, 3);
  await window.keys('w');
  await window.run(() => document.querySelector('[data-code="withdrawal/minimal-response"]').focus());
  await window.findText('Is not this'.toUpperCase());
}

/**
 * Screens that one window shows one after the other, beginning on the sample study with R. Novak coding Ada's third
 * session, unless it `begins` elsewhere. `leave` goes back to where the next one begins; `prepare` makes the folder ready.
 */
export const WALKS = [
  {
    name: 'coding',
    screens: [
      { name: 'codebook', open: async () => undefined },
      {
        name: 'coding',
        open: async (window) => {
          await openConflict('ruptures')(window);
          await window.waitFor(() => inView(window, '[data-turn].cursor'), 'the conflict in view');
          await window.painted();
          // A little further down, so that the turn that was played last is in view, too.
          const { x, y, width, height } = await (await window.find(byTestId('transcript'))).box();
          await window.wheel({ x: x + width / 2, y: y + height / 2 }, 150);
          await window.painted();
        },
      },
      { name: 'code', open: openCode, leave: (window) => window.keys('Escape', 'Escape') },
      { name: 'no-markers', open: (window) => openSession(window, 'Ada · 4') },
    ],
  },
  {
    name: 'finishing',
    screens: [
      { name: 'ratings', open: byKey('Control+r', 'ratings-dialog'), leave: close('ratings-dialog') },
      {
        name: 'submit',
        open: async (window) => {
          await window.keys('Control+Enter');
          await window.find('[data-testid="submit-confirm"]:not(:disabled)');
        },
        leave: close('submit-dialog'),
      },
      { name: 'window', open: byKey('Shift+w', 'window-sheet'), leave: close('window-sheet') },
    ],
  },
  {
    name: 'commands',
    screens: [
      { name: 'palette', open: byKey('Control+k', 'palette'), leave: close('palette') },
      { name: 'keys', open: byKey('?', 'keys-help'), leave: close('keys-help') },
      {
        name: 'menu',
        open: async (window) => {
          await window.keys('F10');
          await window.find('.menu [role="menuitem"]');
        },
        leave: (window) => window.keys('Escape'),
      },
      { name: 'preferences', open: byKey('Control+,', 'preferences'), leave: close('preferences') },
    ],
  },
  {
    name: 'study',
    screens: [
      {
        name: 'person',
        open: async (window) => {
          await window.click(byTestId('person'));
          await window.find(byTestId('person-dialog'));
        },
        leave: close('person-dialog'),
      },
      {
        name: 'settings',
        open: async (window) => {
          await become(window, 'Lead');
          await byCommand(window, 'study settings', 'study-dialog');
        },
      },
      {
        name: 'rule',
        open: async (window) => {
          await window.click(byTestId('study-tab-rule'));
          await window.find(byTestId('rule-preset'));
        },
        leave: close('study-dialog'),
      },
      {
        name: 'start',
        open: async (window) => {
          await window.click(byTestId('home'));
          await window.find(byTestId('start'));
        },
      },
      {
        name: 'new-study',
        open: async (window) => {
          await window.click(byTestId('new-study-open'));
          await window.find(byTestId('new-study'));
        },
      },
    ],
  },
  {
    name: 'agreement',
    screens: [
      { name: 'agreement-first', open: compareClasses },
      {
        name: 'agreement-value',
        open: openPopover('choose-value'),
        leave: close('choose-value-choice'),
      },
      { name: 'agreement-left-out', open: openPopover('left-out'), leave: close('left-out-choice') },
      {
        name: 'agreement-help',
        open: (window) =>
          window.click(`${byTestId('coefficient')}[data-row="combined/krippendorff-alpha"] button`),
        leave: (window) =>
          window.click(`${byTestId('coefficient')}[data-row="combined/krippendorff-alpha"] button`),
      },
      { name: 'agreement', open: settleThree },
      { name: 'agreement-curve', open: scrollNumbers('curve') },
      { name: 'agreement-parts', open: scrollNumbers('base-rates') },
      { name: 'agreement-edit', open: byKey('e', 'edit-dialog'), leave: close('edit-dialog') },
      { name: 'agreement-ruling', open: byKey('r', 'ruling-dialog'), leave: close('ruling-dialog') },
      {
        name: 'agreement-sessions',
        open: async (window) => {
          await window.click(byTestId('open-sessions'));
          await window.find(byTestId('sessions-dialog'));
        },
        leave: close('sessions-dialog'),
      },
    ],
  },
  {
    name: 'exporting',
    screens: [
      {
        name: 'export',
        open: async (window) => {
          await become(window, 'Lead');
          await byKey('Control+e', 'export-form-csv')(window);
        },
        leave: close('export-dialog'),
      },
    ],
  },
  {
    name: 'threshold',
    screens: [
      { name: 'threshold-first', open: thresholdOpened },
      { name: 'threshold', open: thresholdDragged },
      { name: 'threshold-shares', open: below('shares') },
      { name: 'threshold-sweep', open: below('sweep') },
      { name: 'threshold-compare', open: compareRules },
      {
        name: 'threshold-factors',
        open: async (window) => {
          await window.click(byTestId('score-factors'));
          await window.waitFor(
            async () =>
              (await window.run((css) => document.querySelector(css)?.value, byTestId('combine'))) === 'mean',
            'the mean of the factors',
          );
        },
        leave: (window) => window.click(byTestId('rule-revert')),
      },
      {
        name: 'threshold-lock',
        open: async (window) => {
          await gone(window, byTestId('rule-revert'));
          await window.click(byTestId('lock-rule'));
          await window.find(byTestId('lock-dialog'));
        },
        leave: close('lock-dialog'),
      },
    ],
  },
  {
    name: 'masked',
    screens: [
      { name: 'masked', open: tryMasked },
      { name: 'masked-conflict', open: openConflict('conflicts') },
    ],
  },
  {
    name: 'empty',
    prepare: withoutStudies,
    begins: (window) => window.find(byTestId('start')),
    screens: [{ name: 'start-empty', open: (window) => window.find(byTestId('no-studies')) }],
  },
  {
    name: 'recording',
    args: recordingOfTwoMinutes,
    screens: [
      {
        name: 'recording-link',
        open: async (window) => {
          await window.click(byTestId('import-as-lead'));
          await window.click(byTestId('person-lead'));
          await importSession(window, 'Trial');
          await window.findText('Trial · 1', { css: `${byTestId('link-dialog')} span` });
        },
        leave: (window) => linkWaiting(window, 'audio'),
      },
      {
        name: 'recording-tap',
        open: async (window) => {
          await window.click(byTestId('read-uncoded'));
          await waveformShown(window);
          await command(window, 'Tap times', 'recording.tap');
          await window.find(byTestId('tapping'));
          await window.keys('Shift+ArrowRight', 'Enter', 'ArrowRight', 'ArrowRight', 'Enter');
        },
        leave: close('tapping'),
      },
      {
        name: 'recording',
        open: async (window) => {
          await become(window, 'R. Novak');
          await openSession(window, 'Trial · 1');
          await waveformShown(window);
          await window.keys(...Array.from({ length: 4 }, () => 'Shift+ArrowRight'));
          await cursorOn(window, 5);
          await window.keys('c', 'a', '4', 'Escape');
        },
      },
    ],
  },
  {
    name: 'import',
    args: [hurry],
    screens: [
      {
        name: 'import',
        open: async (window) => {
          await window.find(byTestId('import-turns'));
        },
      },
    ],
  },
];

/** A transcript of two minutes with its recording. */
function recordingOfTwoMinutes() {
  const media = join(ownFolder(), 'media');
  return [writeTurns(media, 120), writeSpeech(media, 'trial-1.wav', 120)];
}

/** The paths that a walk gives the program; some are made anew for each. */
export const argsOf = ({ args = [] }) => (typeof args === 'function' ? args() : args);

/** Two rules side by side, with a cell on which they differ open. */
async function compareRules(window) {
  await below('compare')(window);
  await window.find(byTestId('compare-cell'));
  await window.click(`${byTestId('compare-cell')}:not(:disabled)`);
  await window.find(byTestId('threshold-conflict'));
  await agreementDrawn(window);
}

/** A machine on which Sunder was started before and no study is known any more. */
function withoutStudies(folder) {
  mkdirSync(join(folder, 'data/sunder'), { recursive: true });
  writeFileSync(join(folder, 'data/sunder/local.json'), JSON.stringify({ started_before: true }));
}

/** Opens the screens of a walk one after the other and has `look(window, name)` look at each. */
export async function walk(window, { screens, begins = codingShown }, look) {
  await window.shown();
  await begins(window);
  for (const { name, open, leave } of screens) {
    await open(window);
    await window.painted();
    await look(window, name);
    await leave?.(window);
  }
}
