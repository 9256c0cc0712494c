// npm run bench: measures in release builds everything in tests/bench, each file a program of its own.
import { readdirSync } from 'node:fs';
import { installNodePackages } from './lib/node-packages.mjs';
import { must, packageCommand, top } from './lib/run.mjs';
import { inOwnScreen } from './lib/steps.mjs';
import { provide } from './lib/system-packages.mjs';

provide(['core', 'window', 'fonts', 'tests']);
installNodePackages();
const [node, vite] = packageCommand('vite/bin/vite.js');
must(node, [...vite, 'build', 'ui', '--logLevel', 'warn']);
must('cargo', ['build', '--release', '--workspace', '--bins']);

const only = process.argv.slice(2);
const programs = readdirSync(`${top}tests/bench`).filter((name) => name.endsWith('.bench.mjs'));
const chosen = programs.filter((name) => only.length === 0 || only.some((word) => name.includes(word)));
const held = chosen.map((name) => inOwnScreen([`tests/bench/${name}`], { SUNDER_PROFILE: 'release' }));
process.exit(held.every(Boolean) ? 0 : 1);
