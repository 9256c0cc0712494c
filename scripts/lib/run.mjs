// Runs commands with their output passed through, and knows the top of the project.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const top = fileURLToPath(new URL('../../', import.meta.url));
export const windows = process.platform === 'win32';

/** Runs a command; true when it ended with 0. */
export function run(command, args, options = {}) {
  const { env, ...rest } = options;
  const ended = spawnSync(command, args, {
    cwd: top,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: windows && command === 'npm',
    ...rest,
    env: { ...process.env, ...env },
  });
  if (ended.error) console.error(`${command}: ${ended.error.message}`);
  return ended.status === 0;
}

/** Runs a command or ends the program with its failure. */
export function must(command, args, options) {
  if (!run(command, args, options)) stop(`${command} ${args.join(' ')} failed.`);
}

/** What a command prints, or null when it is missing or fails. */
export function output(command, args) {
  const ended = spawnSync(command, args, { cwd: top, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return ended.status === 0 ? ended.stdout.trim() : null;
}

/** Runs the command-line entry of an installed npm package with this Node. */
export function packageCommand(path) {
  return [process.execPath, [`${top}node_modules/${path}`]];
}

/** Says why and ends. */
export function stop(message, code = 1) {
  console.error(`\n${message}`);
  process.exit(code);
}

/** Where cargo puts what it builds. */
export const targetFolder = process.env.CARGO_TARGET_DIR ?? `${top}target`;

/** The path of a built program. */
export function built(name, release) {
  return `${targetFolder}/${release ? 'release' : 'debug'}/${name}${windows ? '.exe' : ''}`;
}
