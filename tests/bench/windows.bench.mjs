// Measures the real window beside an empty one, and writes the figures as JSON to the path given.
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { codingShown } from '../e2e/coding.mjs';
import { program } from '../e2e/harness.mjs';
import { memoryOf } from './machine.mjs';
import { median, summary } from './statistics.mjs';
import { measureIdleFrames, measureLook, measureOpening, measureScrolling, measureTags } from './tagging.mjs';
import { folderFor, open, paintedAtMs } from './window.mjs';

/** Rounds of each, for trying the measurement itself out. */
const quick = process.env.SUNDER_BENCH_QUICK !== undefined;
const STARTS = quick ? 2 : 11;
const MEMORIES = quick ? 1 : 3;
/** What a window needs to come to rest. */
const REST_MS = 4_000;

const short = { sessions: 1, turns: 500, characters: 50_000, markers: 30 };
const long = { sessions: 1, turns: 3_000, characters: 300_000, markers: 1_000 };

/** A folder whose program opens such a study. */
function folderWith(name, { sessions, turns, characters, markers }) {
  const folder = folderFor(name);
  const paths = [join(folder, 'study.sunder'), join(folder, 'data', 'sunder')];
  const numbers = [sessions, turns, characters, markers].map(String);
  const made = spawnSync(program('sunder-bench'), ['study', ...paths, ...numbers], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`No study: ${made.stderr}`);
  return { folder, ...JSON.parse(made.stdout) };
}

const sunder = program('sunder-desktop');
const empty = program('sunder-empty-window');
const windows = {
  empty: { binary: empty, folder: folderFor('empty') },
  short: { binary: sunder, ...folderWith('short', short) },
  long: { binary: sunder, ...folderWith('long', long) },
};

async function withOpen({ binary, folder }, act) {
  const opened = await open(binary, folder);
  try {
    return await act(opened.window, opened);
  } finally {
    await opened.window.quit();
  }
}

/** From the program's start to its first turns painted, the kinds of window in turn; the first round warms the cache. */
async function measureStarts() {
  const starts = { empty: [], short: [], long: [] };
  for (let round = 0; round <= STARTS; round += 1) {
    for (const kind of Object.keys(starts)) {
      const ms = await withOpen(
        windows[kind],
        async (window, { startedMs }) => (await paintedAtMs(window)) - startedMs(),
      );
      if (round > 0) starts[kind].push(ms);
    }
  }
  return Object.fromEntries(Object.entries(starts).map(([kind, times]) => [kind, summary(times)]));
}

async function measureMemory() {
  const memories = { empty: [], short: [], long: [] };
  for (let round = 0; round < MEMORIES; round += 1) {
    for (const kind of Object.keys(memories)) {
      const mb = await withOpen(windows[kind], async (window) => {
        await paintedAtMs(window);
        await pause(REST_MS);
        return memoryOf(window.programs());
      });
      memories[kind].push(mb);
    }
  }
  return Object.fromEntries(Object.entries(memories).map(([kind, each]) => [kind, median(each)]));
}

const figures = { short, long };
const keep = () => writeFileSync(process.argv[2], JSON.stringify(figures, null, 2));
const say = (words) => console.error(`  ${words} …`);
say('starts');
figures.starts = await measureStarts();
say('memory');
figures.memory = await measureMemory();
say('an idle window');
figures.idle = await withOpen(windows.empty, async (window) => {
  await paintedAtMs(window);
  return measureIdleFrames(window);
});
say('scrolling and tags');
Object.assign(
  figures,
  await withOpen(windows.long, async (window) => {
    await codingShown(window);
    await pause(REST_MS);
    const scrolling = await measureScrolling(window);
    return { scrolling, tags: await measureTags(window, long.turns) };
  }),
);
keep();
say('opening');
const pair = folderWith('pair', { ...long, sessions: 2 });
figures.opening = await withOpen({ binary: sunder, folder: pair.folder }, async (window) => {
  await codingShown(window);
  await pause(REST_MS);
  const labels = ['Case 0001 · 2', 'Case 0001 · 1'];
  return measureOpening(window, labels, 12);
});
keep();
say('a look');
const looked = folderWith('look', { ...long, markers: 1_500 });
figures.look = await withOpen({ binary: sunder, folder: looked.folder }, async (window) => ({
  conflicts: looked.conflicts,
  ...(await measureLook(window)),
}));

for (const { folder } of [...Object.values(windows), pair, looked])
  rmSync(folder, { recursive: true, force: true });
keep();
