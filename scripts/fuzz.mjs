// npm run fuzz: the property tests with many more cases than `npm test` gives them (`-- 50000` for more still).
import { run } from './lib/run.mjs';
import { provide } from './lib/system-packages.mjs';

const cases = process.argv[2] ?? '10000';
provide(['core']);
const crates = ['domain', 'formats', 'store', 'api'].flatMap((name) => ['-p', `sunder-${name}`]);
const held = run('cargo', ['test', '--release', ...crates], { env: { PROPTEST_CASES: cases } });
process.exit(held ? 0 : 1);
