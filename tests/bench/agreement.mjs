// Agreement beside published packages: the same files, the same run, one process at a time.
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { environment, script, versions } from './python.mjs';
import { median } from './statistics.mjs';

/** A package that has not ended by then is left. */
const LIMIT_MS = 150_000;
/** A process that took longer is not run again for times of warm calls. */
const WARM_MS = 40_000;
const PROCESSES = 5;

const all = String(cpus().length);

const MATRICES = [
  {
    what: 'ordinal alpha, 6 × 200,000, 10 % missing',
    own: [['alpha', 'alpha.csv']],
    process: ['matrix', 'alpha.csv', '--level', 'ordinal', '--statistic', 'krippendorff-alpha'],
    others: [{ name: 'krippendorff', script: ['alpha', 'alpha.csv'], calls: 3, goal: null }],
  },
  {
    what: 'ordinal alpha with 1,000 resamples of units, 6 × 2,000',
    own: [
      ['bootstrap', 'bootstrap.csv', all],
      ['bootstrap', 'bootstrap.csv', '1'],
    ],
    process: [
      ...['matrix', 'bootstrap.csv', '--level', 'ordinal', '--statistic', 'krippendorff-alpha'],
      ...['--bootstrap', '1000', '--seed', '1'],
    ],
    others: [
      { name: 'krippendorff per resample', script: ['bootstrap', 'bootstrap.csv'], calls: 1, goal: 50 },
      { name: 'vectorised numpy', script: ['vectorised', 'bootstrap.csv'], calls: 5, goal: 10 },
    ],
  },
  {
    what: 'six ICCs with F tests and intervals, 6 × 2,000',
    own: [['icc', 'icc.csv']],
    process: ['matrix', 'icc.csv', '--level', 'interval', '--statistic', 'all'],
    others: [{ name: 'pingouin', script: ['icc', 'icc.csv'], calls: 5, goal: 50 }],
  },
];

const gamma = (size, goal) => ({
  what: `gamma with 30 samples, exact, ${size.replace('x', ' raters × ')} spans`,
  own: [['gamma', `gamma-${size}.csv`]],
  process: [
    ...['spans', `gamma-${size}.csv`, '--statistic', 'gamma'],
    ...['--samples', '30', '--precision', '0'],
  ],
  others: [{ name: 'pygamma-agreement', script: [`gamma-${size}.csv`], calls: 2, goal }],
});
const SPANS = [gamma('3x60', 50), gamma('2x500', 50), gamma('5x100', null), gamma('3x500', null)];

/** Figures of the parts: `matrices`, `spans`. */
export function measureAgreement({ folder, program, cli, parts, say }) {
  const wrote = run(program, ['write', folder]);
  if (wrote.status !== 0) throw new Error(wrote.stderr);
  const found = {};
  if (parts.includes('matrices')) found.matrices = side(MATRICES, 'measures', 'matrices.py');
  if (parts.includes('spans')) found.spans = side(SPANS, 'gamma', 'gamma.py');
  return found;

  function side(cases, name, file) {
    const { python, skipped } = environment(name);
    if (skipped) say(skipped);
    return cases.map((one) => {
      say(one.what);
      const own = one.own.map(([kind, input, threads]) => ({
        threads,
        ...timesOf(program, [kind, join(folder, input), ...(threads ? [threads] : [])]),
      }));
      const whole = wholeProcess(cli, ['agreement', ...one.process], folder);
      const others = one.others.map((other) => ({
        name: other.name,
        goal: other.goal,
        ...(skipped ? { skipped } : beside(python, file, other, folder)),
      }));
      if (name === 'measures') checkSame(one.what, own[0].values, others);
      return { what: one.what, own, whole, others };
    });
  }
}

/** Times of different answers are no comparison. */
function checkSame(what, values, others) {
  for (const other of others.filter((one) => one.values !== undefined)) {
    const differs = values.some((value, place) => !(Math.abs(value - other.values[place]) < 1e-6));
    if (differs) throw new Error(`${what}: ${values.join(', ')} beside ${other.name}: ${other.values}`);
  }
}

function run(command, args, options = {}) {
  return spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 28, ...options });
}

function timesOf(program, args) {
  const ended = run(program, args);
  if (ended.status !== 0) throw new Error(ended.stderr);
  const { ms, values, notes } = JSON.parse(ended.stdout);
  return { ms: median(ms), values, notes };
}

function wholeProcess(cli, args, cwd) {
  const times = [];
  for (let each = 0; each < PROCESSES; each += 1) {
    const began = performance.now();
    const ended = run(cli, args, { cwd });
    if (ended.status !== 0) throw new Error(ended.stderr);
    times.push(performance.now() - began);
  }
  return median(times);
}

/** A package once from its start to its end, and warm calls in process where that was quick enough. */
function beside(python, file, { script: args, calls }, folder) {
  const words = args.map((word) => (word.endsWith('.csv') ? join(folder, word) : word));
  const first = script(python, [file, ...words, '1'], LIMIT_MS);
  if (first.late) return { late: LIMIT_MS };
  if (first.failed) return { failed: first.failed };
  const again =
    calls > 1 && first.ms < WARM_MS ? script(python, [file, ...words, String(calls)], LIMIT_MS) : {};
  const warm = again.found ?? first.found;
  return { ms: median(warm.ms), whole: first.ms, values: warm.values };
}

const ms = (value) => `${value < 10 ? value.toFixed(2) : Math.round(value).toLocaleString('en-GB')} ms`;
const times = (value) => `${value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en-GB')} ×`;

/** Rows as the page shows them: what, ours, theirs, in process, whole process, goal. */
function rowsOf(cases) {
  return cases.flatMap(({ what, own, whole, others }) =>
    others.map((other) => {
      const ours = own
        .map((one) => `${ms(one.ms)}${one.threads ? ` (threads: ${one.threads})` : ''}`)
        .join(', ');
      const said = other.skipped ?? (other.failed ? `failed: ${other.failed}` : null);
      const theirs =
        said ??
        (other.late
          ? `not finished in ${other.late / 1000} s`
          : `${ms(other.ms)}; process ${ms(other.whole)}`);
      const least = other.late ? '> ' : '';
      const base = other.late ?? other.ms;
      const ratios = said
        ? ['', '']
        : [
            own.map((one) => least + times(base / one.ms)).join(', '),
            least + times((other.late ?? other.whole) / whole),
          ];
      const held = said || other.goal === null ? '' : base / own[0].ms >= other.goal ? 'held' : '**missed**';
      return {
        what: `${what}, beside ${other.name}`,
        ours: `${ours}; process ${ms(whole)}`,
        theirs,
        inProcess: ratios[0],
        wholeProcess: ratios[1],
        goal: other.goal === null ? 'none' : `≥ ${other.goal} ×`,
        held,
      };
    }),
  );
}

export function agreementText(found) {
  return rowsOf(Object.values(found).flat())
    .map(
      (row) =>
        `\n${row.what}\n  ours ${row.ours}\n  theirs ${row.theirs}\n` +
        `  ratio ${row.inProcess}, process ${row.wholeProcess}  ${row.goal} ${row.held.replaceAll('*', '')}`,
    )
    .join('\n');
}

/** The section of docs/benchmarks.md. */
export function agreementMarkdown(found, { machine, load, date, command }) {
  const head = '| what | Sunder | the other | ratio, call | ratio, process | goal | |';
  const rows = rowsOf(Object.values(found).flat()).map(
    (row) =>
      `| ${row.what} | ${row.ours} | ${row.theirs} | ${row.inProcess} | ${row.wholeProcess} | ${row.goal} | ${row.held} |`,
  );
  const left = ['matrices', 'spans'].filter((part) => found[part] === undefined);
  const packages = [
    ...versions('measures', ['krippendorff', 'numpy', 'pingouin']),
    ...versions('gamma', ['pygamma-agreement']),
  ];
  return `## Agreement, beside published packages

Written by \`${command}\` on ${date}. The same files for both, one process at a time, in one run: median times of a call in process, from values
in memory to results, and of a whole process with reading the file. Packages: ${packages.join(', ')}. One that has not ended after
${LIMIT_MS / 1000} s is left. Machine: ${machine}. Load average when it began and ended: ${load.join(', ')}; above 2, others were working on it too.
${left.length > 0 ? `\nNot measured in this run: ${left.join(', ')}.\n` : ''}
${head}
| --- | --- | --- | ---: | ---: | --- | --- |
${rows.join('\n')}
`;
}
