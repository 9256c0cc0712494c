// npm run check: the checks that run no test, for use while working.
import { installNodePackages } from './lib/node-packages.mjs';
import { buildInterface, runSteps, staticChecks } from './lib/steps.mjs';
import { provide } from './lib/system-packages.mjs';

provide(['core', 'window']);
installNodePackages();
runSteps([buildInterface, ...staticChecks]);
