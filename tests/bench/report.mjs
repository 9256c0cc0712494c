// The figures as a table, each with its budget beside it: for the terminal and for docs/benchmarks.md.

const ms = (value) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
const seconds = (value) => `${value.toFixed(1)} s`;
const mb = (value) => `${Math.round(value)} MB`;
const ratio = (value, base) => `${(value / base).toFixed(2)} ×`;
const count = (value) => Math.round(value).toLocaleString('en-GB');
const both = ({ p50, p95 }) => `${ms(p50)}, ${ms(p95)}`;

const held = (holds) => (holds ? 'held' : '**missed**');
const atMost = (limit, value, said) => ({ budget: `≤ ${said ?? ms(limit)}`, held: held(value <= limit) });
const beside = { budget: 'none; printed beside', held: '' };

/** Rows of `{group, what, figure, budget, held}`. */
export function rows({ windows, drag, threshold, operations, importing, large }) {
  return [...windowRows(windows), ...coreRows({ drag, threshold, operations, importing, large })];
}

function windowRows(windows) {
  if (windows === undefined) return [];
  const { tags, idle, opening, scrolling, starts, memory, look, long } = windows;
  const size = `${count(long.turns)} turns, ${count(long.characters)} characters, ${count(long.markers)} markers`;
  const start = (kind, turns, limit) => ({
    group: 'Start and memory, beside an empty window of the same toolkit',
    what: `start to playable, ${turns} turns: p50 (p95)`,
    figure: `${ms(starts[kind].p50)} (${ms(starts[kind].p95)}), ${ratio(starts[kind].p50, starts.empty.p50)}`,
    budget: `≤ ${limit} ×`,
    held: held(starts[kind].p50 <= limit * starts.empty.p50),
  });
  const keeps = (kind, turns, limit) => ({
    group: 'Start and memory, beside an empty window of the same toolkit',
    what: `memory (PSS of all processes), ${turns} turns`,
    figure: `${mb(memory[kind])}, ${ratio(memory[kind], memory.empty)}`,
    budget: `≤ ${limit} ×`,
    held: held(memory[kind] <= limit * memory.empty),
  });
  return [
    {
      group: `A tag, in the window with ${size}`,
      what: 'handler and layout: p50, p95',
      figure: both(tags.handled),
      ...atMost(8, tags.handled.p95, 'p95 8 ms'),
    },
    {
      group: `A tag, in the window with ${size}`,
      what: 'key to two frames later: p50, p95',
      figure: both(tags.frames),
      ...atMost(40, tags.frames.p95, 'p95 40 ms'),
    },
    {
      group: `A tag, in the window with ${size}`,
      what: 'key to confirmed on disk: p50, p95',
      figure: both(tags.confirmed),
      ...beside,
    },
    {
      group: 'Opening and scrolling that session',
      what: 'data in the page to first paint: p50, p95',
      figure: both(opening.painted),
      ...atMost(150, opening.painted.p95),
    },
    {
      group: 'Opening and scrolling that session',
      what: 'asking for the session: p50, p95',
      figure: both(opening.asked),
      ...beside,
    },
    {
      group: 'Opening and scrolling that session',
      what: 'a frame of scrolling with all markers: p50, p95',
      figure: both(scrolling),
      ...atMost(20, scrolling.p95, 'p95 20 ms'),
    },
    {
      group: 'Opening and scrolling that session',
      what: 'a frame of an empty window that rests: p50, p95',
      figure: both(idle),
      ...beside,
    },
    {
      group: 'Start and memory, beside an empty window of the same toolkit',
      what: 'start to painted, empty window: p50 (p95)',
      figure: `${ms(starts.empty.p50)} (${ms(starts.empty.p95)})`,
      ...beside,
    },
    start('short', '500', 1.3),
    start('long', '3,000', 1.6),
    {
      group: 'Start and memory, beside an empty window of the same toolkit',
      what: 'memory (PSS of all processes), empty window',
      figure: mb(memory.empty),
      ...beside,
    },
    keeps('short', '500', 1.3),
    keeps('long', '3,000', 1.8),
    {
      group: 'Dragging the cut',
      what: `a look in the window, ${count(look.conflicts)} conflicts, asked to answered: p50, p95`,
      figure: both(look.asked),
      ...beside,
    },
    {
      group: 'Dragging the cut',
      what: `a look in the window, ${count(look.conflicts)} conflicts, slider to two frames after it is drawn: p50, p95`,
      figure: both(look.drawn),
      ...beside,
    },
  ];
}

function coreRows({ drag, threshold, operations, importing, large }) {
  const found = [];
  const add = (group, what, figure, more = beside) => found.push({ group, what, figure, ...more });
  if (drag !== undefined) {
    const group = 'Dragging the cut';
    add(
      group,
      `core, ${count(drag.conflicts)} conflicts, classes: p50, p95`,
      both(drag.class_ms),
      atMost(16, drag.class_ms.p95),
    );
    add(
      group,
      `core, ${count(drag.conflicts)} conflicts, classes with reasons: p50, p95`,
      both(drag.classify_ms),
    );
  }
  if (threshold !== undefined) {
    const group = 'The Threshold screen';
    const of = `${count(threshold.conflicts)} conflicts`;
    add(
      group,
      `one step of the drag, ${of}, question and answer as JSON (${count(threshold.step_bytes)} bytes at most): p50, p95`,
      both(threshold.step_ms),
      atMost(16, threshold.step_ms.p95),
    );
    add(group, `a rule prepared, ${of}`, ms(threshold.prepare_ms));
    add(group, `build-ups once the line rests, ${of}`, ms(threshold.build_ups_ms));
    add(group, `sweep over every cut, ${of}`, ms(threshold.sweep_ms));
    add(group, `codings read, a little with each call, ${of}`, ms(threshold.read_ms));
  }
  if (operations !== undefined) {
    const group = 'Confirmed operations, each on the disk before the next';
    const rate = ({ per_second, ms: times }) => `${count(per_second)} a second; ${both(times)}`;
    add(group, 'through the store; p50, p95', rate(operations.store));
    add(group, 'through the api, 500 turns, 30 markers and more; p50, p95', rate(operations.api));
    add(group, 'through the api, 3,000 turns, 1,000 markers and more; p50, p95', rate(operations.api_large));
  }
  if (importing !== undefined) {
    const group = 'Import, one file per session';
    add(
      group,
      `${count(importing.sessions)} one-hour sessions, ${count(importing.turns)} turns`,
      seconds(importing.seconds),
      atMost(10, importing.seconds, '10 s'),
    );
    const [first, last] = [importing.peak_first_tenth_mb, importing.peak_last_tenth_mb];
    add(group, 'peak memory in the first and in the last tenth', `${mb(first)}, ${mb(last)}`, {
      budget: 'flat',
      held: held(last <= first * 1.2),
    });
  }
  if (large !== undefined) {
    const group = `A study of ${count(large.sessions)} sessions and ${count(large.conflicts)} conflicts`;
    add(group, 'file', mb(large.file_mb));
    add(group, 'open', ms(large.open_ms), atMost(1000, large.open_ms, '1 s'));
    add(group, 'list', ms(large.list_ms), atMost(1000, large.list_ms, '1 s'));
    add(group, 'totals under the rule', ms(large.totals_ms), atMost(1000, large.totals_ms, '1 s'));
    add(
      group,
      'peak memory after listing, after the totals',
      `${mb(large.peak_open_and_list_mb)}, ${mb(large.peak_totals_mb)}`,
    );
  }
  return found;
}

/** The table for the terminal. */
export function asText(all) {
  const width = (key) => Math.max(...all.map((row) => row[key].length));
  const [what, figure, budget] = ['what', 'figure', 'budget'].map(width);
  return groupsOf(all)
    .map(
      ([group, members]) =>
        `\n${group}\n${members
          .map((row) =>
            `  ${row.what.padEnd(what)}  ${row.figure.padEnd(figure)}  ${row.budget.padEnd(budget)}  ${row.held.replaceAll('*', '')}`.trimEnd(),
          )
          .join('\n')}`,
    )
    .join('\n');
}

/** docs/benchmarks.md. */
export function asMarkdown(all, { machine, load, date, command, release }) {
  const tables = groupsOf(all).map(
    ([group, members]) =>
      `## ${group}\n\n| what | figure | budget | |\n| --- | --- | --- | --- |\n${members
        .map((row) => `| ${row.what} | ${row.figure} | ${row.budget} | ${row.held} |`)
        .join('\n')}\n`,
  );
  return `# Benchmarks

Written by \`${command}\` on ${date}; it measures everything below in one go and writes this file anew. The budgets are those
that the project set itself for two cores.

- Machine: ${machine}. Load average when it began and ended: ${load.join(', ')}; above 2, others were working on it too and
  times are upper bounds, the ratios to the empty window of the same run hold better.
- Build: ${release ? 'release' : 'debug (figures of a debug build say little)'}, plain study files, warm cache, data made by the seeded generator.
- Windows are the real program driven through WebDriver under Xvfb: software rendering, \`WEBKIT_DISABLE_DMABUF_RENDERER=1\`, the
  page's clock has steps of 1 ms. The empty window (\`tests/bench/empty-window\`) has one line of text, the same toolkit,
  size and policy, and is measured in turn with the others.
- Start: from the program's start to the second frame after its first turns are on the page. Memory: after four seconds of rest.
- p50 and p95 are nearest ranks.

${tables.join('\n')}`;
}

function groupsOf(all) {
  const groups = new Map();
  for (const row of all) groups.set(row.group, [...(groups.get(row.group) ?? []), row]);
  return [...groups];
}
