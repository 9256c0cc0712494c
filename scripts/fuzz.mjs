// npm run fuzz: every reader on files that are changed at random, ten minutes for each format (`-- 30` for thirty, `-- 10 eaf chat`
// for these formats), and the property tests with many more cases than `npm test` gives them.
import { run } from './lib/run.mjs';
import { provide } from './lib/system-packages.mjs';

const [minutes = '10', ...formats] = process.argv.slice(2);
provide(['core']);
const crates = ['domain', 'formats', 'store', 'api'].flatMap((name) => ['-p', `sunder-${name}`]);
const held = [
  run('cargo', ['run', '--release', '-p', 'sunder-fuzz', '--', minutes, ...formats]),
  formats.length > 0 || run('cargo', ['test', '--release', ...crates], { env: { PROPTEST_CASES: '10000' } }),
].every(Boolean);
process.exit(held ? 0 : 1);
