// What a program takes of the machine, and what machine it is (Linux).
import { readFileSync, readdirSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';

function parentOf(pid) {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ')[1]);
  } catch {
    return null;
  }
}

function tree(pids) {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), parent: parentOf(name) }));
  const found = new Set(pids);
  for (let grown = true; grown;) {
    const more = all.filter(({ pid, parent }) => found.has(parent) && !found.has(pid));
    for (const { pid } of more) found.add(pid);
    grown = more.length > 0;
  }
  return [...found];
}

/** Memory of these processes and all that they started, MB; what is shared counts in parts (PSS). */
export function memoryOf(pids) {
  const kilobytes = tree(pids).map((pid) => {
    try {
      return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1]);
    } catch {
      return 0;
    }
  });
  return kilobytes.reduce((sum, each) => sum + each, 0) / 1024;
}

/** One line on the machine. */
export function machine() {
  const processors = cpus();
  const system =
    /^PRETTY_NAME="(.*)"$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? process.platform;
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  return `${processors.length} × ${processors[0].model}, ${memory}, ${system}`;
}

/** How many processes wanted to run in the last minute, on average: above the measurement's own it blurs the figures. */
export const load = () => loadavg()[0].toFixed(1);
