// Installs the npm packages when they are missing or older than package-lock.json.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { must, top } from './run.mjs';

const stamp = `${top}node_modules/.installed-lock`;

export function installNodePackages() {
  const wanted = createHash('sha256')
    .update(readFileSync(`${top}package-lock.json`))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  must('npm', ['ci', '--no-audit', '--no-fund']);
  writeFileSync(stamp, wanted);
}
