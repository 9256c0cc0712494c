// Virtual environments of published Python packages, made once under target/.
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { targetFolder, top, windows } from '../../scripts/lib/run.mjs';

const baselines = `${top}tests/bench/baselines`;

/** The Python of an environment with what `baselines/NAME.txt` pins, or a sentence on why there is none. */
export function environment(name) {
  const folder = join(targetFolder, 'bench-python', name);
  const python = join(folder, windows ? 'Scripts/python.exe' : 'bin/python');
  const pinned = readFileSync(`${baselines}/${name}.txt`, 'utf8');
  const installed = join(folder, 'installed.txt');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === pinned) return { python };
  rmSync(installed, { force: true });
  const quiet = { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' };
  const made = spawnSync(windows ? 'python' : 'python3', ['-m', 'venv', folder], quiet);
  if (made.error || made.status !== 0) return { skipped: 'skipped: there is no Python with venv here' };
  const packages = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  const ended = spawnSync(python, [...packages, '-r', `${baselines}/${name}.txt`], quiet);
  if (ended.status !== 0) {
    const last = ended.stderr.trim().split('\n').at(-1);
    return { skipped: `skipped: the Python packages cannot be had here (${last})` };
  }
  writeFileSync(installed, pinned);
  return { python };
}

/** Versions that an environment pins, of the packages named. */
export function versions(name, packages) {
  const lines = readFileSync(`${baselines}/${name}.txt`, 'utf8').split('\n');
  return packages.map((one) => lines.find((line) => line.startsWith(`${one}==`)).replace('==', ' '));
}

/**
 * Runs a script of `baselines`; `{found, ms}` with what it printed and how long the process took, `{late: true}` past the
 * limit in ms, `{failed}` with its last line.
 */
export function script(python, [file, ...args], limit) {
  // Names of processors meant for old versions of OpenBLAS slow numpy down.
  const { OPENBLAS_CORETYPE, OPENBLAS_L2_SIZE, ...env } = process.env;
  void [OPENBLAS_CORETYPE, OPENBLAS_L2_SIZE];
  const began = performance.now();
  const ended = spawnSync(python, [`${baselines}/${file}`, ...args], {
    encoding: 'utf8',
    timeout: limit,
    killSignal: 'SIGKILL',
    env,
  });
  const ms = performance.now() - began;
  if (ended.error?.code === 'ETIMEDOUT') return { late: true, ms };
  if (ended.status !== 0) return { failed: ended.stderr.trim().split('\n').at(-1), ms };
  return { found: JSON.parse(ended.stdout), ms };
}
