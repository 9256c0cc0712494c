// Numbered steps with times: all are run, and what failed is named at the end.
import { existsSync } from 'node:fs';
import { output, packageCommand, run, targetFolder, top } from './run.mjs';

const formatted = [
  'ui/**/*.{ts,svelte,css,html,js,json}',
  'scripts/**/*.mjs',
  'tests/**/*.mjs',
  '*.{js,json}',
];
const formattedSettings = ['src-tauri/tauri.conf.json', 'src-tauri/capabilities/*.json'];

const npmTool = (path, args) => () => {
  const [node, entry] = packageCommand(path);
  return run(node, [...entry, ...args]);
};
const cargo =
  (...args) =>
  () =>
    run('cargo', args);

const vite = {
  title: 'interface built (vite)',
  act: npmTool('vite/bin/vite.js', ['build', 'ui', '--logLevel', 'warn']),
};

/** The window embeds the built interface, so this step comes before those that compile it. */
export const buildInterface = vite;

export const staticChecks = [
  {
    title: 'format of interface and scripts (prettier)',
    act: npmTool('prettier/bin/prettier.cjs', [
      '--check',
      '--log-level',
      'warn',
      '--no-error-on-unmatched-pattern',
      ...formatted,
      ...formattedSettings,
    ]),
  },
  { title: 'eslint', act: npmTool('eslint/bin/eslint.js', ['.', '--max-warnings', '0']) },
  {
    title: 'types of the interface (svelte-check)',
    act: npmTool('svelte-check/bin/svelte-check', [
      '--workspace',
      'ui',
      '--tsconfig',
      './tsconfig.json',
      '--fail-on-warnings',
    ]),
  },
  { title: 'format of Rust (cargo fmt)', act: cargo('fmt', '--all', '--check') },
  {
    title: 'clippy',
    act: cargo('clippy', '--workspace', '--all-targets', '--quiet', '--', '-D', 'warnings'),
  },
  {
    title: 'generated types and schemas are current',
    act: () =>
      !existsSync(`${top}src-tauri/crates/api/src/bin/generate.rs`) ||
      run(process.execPath, ['scripts/gen.mjs', '--check']),
  },
];

export const tests = [
  {
    title: 'Rust tests',
    act: () =>
      output('cargo', ['nextest', '--version']) === null
        ? run('cargo', ['test', '--workspace', '--no-fail-fast'])
        : run('cargo', ['nextest', 'run', '--workspace', '--no-fail-fast']),
  },
  {
    title: 'interface tests (vitest)',
    act: npmTool('vitest/vitest.mjs', ['run', '--config', 'ui/vite.config.ts']),
  },
];

/** The programs as the end-to-end tests start them. */
export const buildPrograms = {
  title: 'programs built',
  act: cargo('build', '--workspace', '--bins', '--quiet'),
};

/** Runs a script of Node in a screen of its own, so that it needs no display and leaves no daemon behind. */
export function inOwnScreen(args, env) {
  const screen = ['-a', '-s', '-screen 0 1440x900x24', 'dbus-run-session', '--', process.execPath, ...args];
  return run('xvfb-run', screen, { env: { SUNDER_TARGET: targetFolder, ...env } });
}

/** Runs all steps and ends the program: 0 when every one held. */
export function runSteps(steps) {
  const began = Date.now();
  const failed = [];
  steps.forEach(({ title, act }, index) => {
    console.log(`\n[${index + 1}/${steps.length}] ${title}`);
    const start = Date.now();
    const held = act();
    if (!held) failed.push(title);
    console.log(`    ${held ? 'ok' : 'FAILED'} in ${seconds(start)}`);
  });
  const all = `${steps.length} steps in ${seconds(began)}`;
  console.log(
    failed.length === 0
      ? `\nAll held: ${all}.`
      : `\n${failed.length} of ${all} failed: ${failed.join('; ')}.`,
  );
  process.exit(failed.length === 0 ? 0 : 1);
}

const seconds = (start) => `${((Date.now() - start) / 1000).toFixed(1)} s`;
