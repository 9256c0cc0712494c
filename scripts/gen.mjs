// npm run gen: writes schemas/json and schemas/ts from the Rust types; `-- --check` only says whether they are
// current.
import { must } from './lib/run.mjs';

must('cargo', ['run', '--quiet', '-p', 'sunder-api', '--bin', 'generate', '--', ...process.argv.slice(2)]);
