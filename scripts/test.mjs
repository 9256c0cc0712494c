// npm test: installs what is missing, then runs every check and test there is.
import { readdirSync } from 'node:fs';
import { installNodePackages } from './lib/node-packages.mjs';
import { top } from './lib/run.mjs';
import { buildInterface, buildPrograms, inOwnScreen, runSteps, staticChecks, tests } from './lib/steps.mjs';
import { provide } from './lib/system-packages.mjs';

provide(['core', 'window', 'media', 'fonts', 'tests']);
installNodePackages();

const endToEnd = {
  title: 'end to end, in the real window',
  act: () => {
    const files = readdirSync(`${top}tests/e2e`).filter((name) => name.endsWith('.test.mjs'));
    return inOwnScreen([
      '--test',
      '--test-reporter=spec',
      '--test-concurrency=2',
      '--test-timeout=900000',
      ...files.map((name) => `tests/e2e/${name}`),
    ]);
  },
};

runSteps([buildInterface, ...staticChecks, ...tests, buildPrograms, endToEnd]);
