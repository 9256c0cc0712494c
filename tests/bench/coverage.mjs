// docs/manual/agreement-intervals.md: what the simulation of intervals found.

const METHODS = [
  ['bootstrap over clusters', 'sessions resampled, percentile'],
  ['BCa bootstrap over clusters', 'sessions resampled, BCa'],
  ['bootstrap over units', 'windows resampled, percentile'],
  ['BCa bootstrap over units', 'windows resampled, BCa'],
  ['normal', 'standard error by formula (Fleiss’ kappa)'],
  ["Krippendorff's bootstrap (expected disagreement fixed)", 'Krippendorff’s own bootstrap'],
];

const percent = (part) => (100 * part).toFixed(1);
const unique = (values) => [...new Set(values)];

/** Half of the 95 % interval of a simulated coverage. */
const error = ({ held, given }) => 1.96 * Math.sqrt(((held / given) * (1 - held / given)) / given);

function cell(row) {
  const coverage = row.held / row.given;
  const misses = coverage + error(row) < 0.93 || coverage - error(row) > 0.97;
  const text = percent(coverage);
  return misses ? `**${text}**` : text;
}

/** The figures for the terminal. */
export function coverageText({ rows }) {
  return rows
    .map(
      (row) =>
        `${String(row.sessions).padStart(3)} sessions, ${row.raters} raters: ` +
        `${percent(row.held / row.given)} ± ${percent(error(row))} %, width ${row.width.toFixed(3)}  ${row.method}`,
    )
    .join('\n');
}

/** The page of the manual. */
export function coverageMarkdown(found, command) {
  const { rows, shape, studies, resamples, windows, truth, seed } = found;
  const raters = unique(rows.map((row) => row.raters));
  const sessions = unique(rows.map((row) => row.sessions));
  const of = (method, size, number) =>
    rows.find((row) => row.method === method && row.sessions === size && row.raters === number);
  const line = (method, size, figure) => raters.map((number) => figure(of(method, size, number))).join(' | ');
  const coverage = METHODS.flatMap(([method]) =>
    sessions.map((size) => `| ${method} | ${size} | ${line(method, size, cell)} |`),
  );
  const widths = METHODS.flatMap(([method]) =>
    sessions.map((size) => `| ${method} | ${size} | ${line(method, size, (row) => row.width.toFixed(3))} |`),
  );
  const without = rows.reduce((sum, row) => sum + studies - row.given, 0);
  const head = `| method | sessions | ${raters.map((number) => `${number} raters`).join(' | ')} |`;
  const rule = `| --- | ---: |${' ---: |'.repeat(raters.length)}`;
  return `# How far intervals can be trusted

An interval of 95 % ought to hold the true value in 95 of 100 studies. Whether it does depends on what varies. Windows of one session resemble each
other: one session is hard to judge, the next is easy, one is full of conflict, the next has none. An interval that takes windows for independent
does not see that, and is too narrow. Written by \`${command}\`, from a simulation whose every figure comes out the same again.

## What was simulated

- A study has ${sessions.join(', ')} sessions of ${windows} one-minute windows, and ${raters.join(', ')} raters who rate every window as nothing, strain or rupture.
- Conflict is rare: ${percent(shape.rate)} % of windows on average, ${percent(shape.ruptures)} % of them ruptures. Sessions differ in it (standard deviation of the logarithm ${shape.rate_spread}).
- Raters see ${percent(shape.seen)} % of what is there and take a strain for a rupture, or a rupture for a strain, in ${percent(shape.misgraded)} % of what they see; both
  differ between sessions. In ${percent(shape.false_strains)} % of empty windows a rater marks a strain. No rater is better than another.
- ${studies.toLocaleString('en-GB')} studies of each size, ${resamples} resamples for each interval, seed ${seed}. The statistic is nominal alpha (by formula: Fleiss’ kappa, which
  estimates the same value when raters are alike); its true value here is ${truth.toFixed(3)}.

## Coverage, in percent

**Bold**: misses 93–97 % by more than the simulation error (1.96 standard errors of the simulated percentage; at 95 % that is
± ${percent(error({ held: 0.95 * studies, given: studies }))}). Sunder says so beside such an interval wherever it prints one; between these numbers of sessions it takes the next smaller one.

${head}
${rule}
${coverage.join('\n')}

${METHODS.map(([method, said]) => `*${method}*: ${said}.`).join(' ')}
${without === 0 ? 'Every study had every interval.' : `${without} intervals did not exist, as the study had no variation or too little; they are left out.`}

## Mean width

${head}
${rule}
${widths.join('\n')}

## What to make of it

- Let intervals be found over sessions, or over cases where there are many. Sunder does so for studies unless told otherwise; matrix files need a column \`cluster\`.
- The right interval is wide when sessions are few. More windows do not mend that; more sessions do.
- The simulation speaks of studies like its own. It does not cover raters who differ from one another (to speak of other raters than yours, more raters are
  needed, not more resamples), intraclass correlations, nor the coefficients of spans.
`;
}
