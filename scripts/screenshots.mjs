// npm run screenshots: the pictures of docs/screenshots, taken from the real window, light and dark.
import { installNodePackages } from './lib/node-packages.mjs';
import { must, packageCommand } from './lib/run.mjs';
import { inOwnScreen } from './lib/steps.mjs';
import { provide } from './lib/system-packages.mjs';

provide(['core', 'window', 'media', 'fonts', 'tests']);
installNodePackages();
const [node, vite] = packageCommand('vite/bin/vite.js');
must(node, [...vite, 'build', 'ui', '--logLevel', 'warn']);
must('cargo', ['build', '--workspace', '--bins']);
process.exit(inOwnScreen(['tests/e2e/screenshots.mjs', ...process.argv.slice(2)]) ? 0 : 1);
