// npm run bundle: an installable package of the release build, in target/release/bundle.
import { installNodePackages } from './lib/node-packages.mjs';
import { must, packageCommand } from './lib/run.mjs';
import { provide } from './lib/system-packages.mjs';

provide(['core', 'window']);
installNodePackages();
const [node, vite] = packageCommand('vite/bin/vite.js');
must(node, [...vite, 'build', 'ui', '--logLevel', 'warn']);
const [, tauri] = packageCommand('@tauri-apps/cli/tauri.js');
must(node, [...tauri, 'build', ...process.argv.slice(2)]);
