// npm start: installs what is missing, builds, and opens the window; `npm start -- PATH…` opens a study or
// transcripts, `--release` builds for speed of use. Without a display the same job is done in the terminal.
import { resolve } from 'node:path';
import { installNodePackages } from './lib/node-packages.mjs';
import { built, must, packageCommand, run } from './lib/run.mjs';
import { provide } from './lib/system-packages.mjs';

const release = process.argv.includes('--release');
const from = process.env.INIT_CWD ?? process.cwd();
const paths = process.argv
  .slice(2)
  .filter((argument) => !argument.startsWith('-'))
  .map((path) => resolve(from, path));
const profile = release ? ['--release'] : [];

const display = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
process.exit(display ? openWindow() : showInTerminal());

function openWindow() {
  provide(['core', 'window', 'media']);
  installNodePackages();
  const [node, vite] = packageCommand('vite/bin/vite.js');
  must(node, [...vite, 'build', 'ui', '--logLevel', 'warn']);
  must('cargo', ['build', '-p', 'sunder-desktop', ...profile]);
  return run(built('sunder-desktop', release), paths) ? 0 : 1;
}

function showInTerminal() {
  console.log(
    'There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can open.',
  );
  console.log('Instead, a session of the sample study is shown in this terminal.\n');
  provide(['core']);
  must('cargo', ['build', '-p', 'sunder-cli', ...profile]);
  return run(built('sunder', release), ['demo']) ? 0 : 1;
}
