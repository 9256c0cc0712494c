// npm run bench: measures what has a budget in release builds, prints it, and writes docs/benchmarks.md.
// Words choose parts (`-- windows`, `-- core`, `-- large`): then nothing is written. `--debug` takes debug builds.
// `-- coverage` simulates how often intervals of agreement hold the true value and writes docs/manual/agreement-intervals.md.
// `-- agreement` (or `-- agreement matrices`, `-- agreement spans`) times agreement beside published packages and writes the
// section of docs/benchmarks.md; the whole run does so too.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agreementMarkdown, agreementText, measureAgreement } from '../tests/bench/agreement.mjs';
import { coverageMarkdown, coverageText } from '../tests/bench/coverage.mjs';
import { load, machine } from '../tests/bench/machine.mjs';
import { asMarkdown, asText, rows } from '../tests/bench/report.mjs';
import { installNodePackages } from './lib/node-packages.mjs';
import { built, must, packageCommand, stop, targetFolder, top } from './lib/run.mjs';
import { inOwnScreen } from './lib/steps.mjs';
import { provide } from './lib/system-packages.mjs';

const words = process.argv.slice(2);
const release = !words.includes('--debug');
const chosen = words.filter((word) => !word.startsWith('--'));
const wanted = (part) => chosen.length === 0 || chosen.includes(part);

/** Sessions and conflicts of the large study. */
const LARGE = ['5000', '1000000'];
/** Made-up studies of each size. */
const STUDIES = '1000';

if (words.includes('coverage')) {
  coverage();
  process.exit(0);
}
if (words.includes('agreement')) {
  agreement(['matrices', 'spans'].filter((part) => words.includes(part)));
  process.exit(0);
}
provide(['core', 'window', 'media', 'fonts', 'tests']);
installNodePackages();
build();
const folder = mkdtempSync(join(tmpdir(), 'sunder-bench-'));
const before = load();
const figures = measure();
rmSync(folder, { recursive: true, force: true });
report();

function coverage() {
  must('cargo', ['build', '--release', '-p', 'sunder-bench-agreement']);
  const args = ['intervals', STUDIES];
  const ended = spawnSync(built('sunder-bench-agreement', true), args, { encoding: 'utf8' });
  if (ended.status !== 0) stop(`The simulation failed:\n${ended.stderr}`);
  const found = JSON.parse(ended.stdout);
  console.log(coverageText(found));
  const page = 'docs/manual/agreement-intervals.md';
  writeFileSync(`${top}${page}`, coverageMarkdown(found, 'npm run bench -- coverage'));
  console.log(`\nWritten to ${page}.`);
}

function agreement(chosenParts) {
  const parts = chosenParts.length > 0 ? chosenParts : ['matrices', 'spans'];
  must('cargo', ['build', '--release', '-p', 'sunder-bench-agreement', '-p', 'sunder-cli']);
  const input = mkdtempSync(join(tmpdir(), 'sunder-bench-'));
  const began = load();
  const found = measureAgreement({
    folder: input,
    program: built('sunder-bench-agreement', true),
    cli: built('sunder', true),
    parts,
    say: (line) => console.log(`  ${line}`),
  });
  rmSync(input, { recursive: true, force: true });
  console.log(agreementText(found));
  const told = {
    machine: machine(),
    load: [began, load()],
    date: new Date().toISOString().slice(0, 10),
    command: ['npm run bench -- agreement', ...chosenParts].join(' '),
  };
  const page = `${top}docs/benchmarks.md`;
  const [before] = readFileSync(page, 'utf8').split('\n## Agreement, beside published packages');
  writeFileSync(page, `${before.trimEnd()}\n\n${agreementMarkdown(found, told)}`);
  console.log('\nWritten to docs/benchmarks.md.');
}

function build() {
  const [node, vite] = packageCommand('vite/bin/vite.js');
  must(node, [vite, 'build', 'ui', '--logLevel', 'warn']);
  const profile = release ? ['--release'] : [];
  must('cargo', ['build', ...profile, '--workspace', '--bins']);
  const emptyWindow = `${top}tests/bench/empty-window`;
  must('cargo', ['build', ...profile, '--locked', '--target-dir', targetFolder], { cwd: emptyWindow });
}

function measure() {
  const found = {};
  if (wanted('windows')) {
    const path = join(folder, 'windows.json');
    const profile = release ? 'release' : 'debug';
    console.log('\nWindows');
    if (!inOwnScreen(['tests/bench/windows.bench.mjs', path], { SUNDER_PROFILE: profile })) {
      stop('The windows could not be measured.');
    }
    found.windows = JSON.parse(readFileSync(path, 'utf8'));
  }
  if (wanted('core')) {
    found.drag = core('drag', '100000');
    core('large-write', within('threshold'), '1000', '100000');
    found.threshold = core('threshold', within('threshold'));
    found.operations = core('operations', within('operations'));
    found.importing = core('import', within('import'), '1000');
  }
  if (wanted('large')) {
    const written = core('large-write', within('large'), ...LARGE);
    found.large = { ...written, ...core('large', within('large')) };
  }
  return found;
}

function within(name) {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  return path;
}

/** One measurement of `sunder-bench`, in a process of its own. */
function core(...args) {
  console.log(`  ${args[0]} …`);
  const ended = spawnSync(built('sunder-bench', release), args, { encoding: 'utf8' });
  if (ended.status !== 0) stop(`sunder-bench ${args[0]} failed:\n${ended.stderr}`);
  return JSON.parse(ended.stdout);
}

function report() {
  const all = rows(figures);
  console.log(asText(all));
  if (chosen.length > 0) return;
  const date = new Date().toISOString().slice(0, 10);
  const told = { machine: machine(), load: [before, load()], date, command: 'npm run bench', release };
  writeFileSync(`${top}docs/benchmarks.md`, asMarkdown(all, told));
  agreement([]);
}
