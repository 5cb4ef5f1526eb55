// A vitest reporter: one line a check, and for each failure the file to edit and how.
const colours = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code) => (text) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);
const [bold, red, green, dim] = [1, 31, 32, 2].map(paint);
const marks = { passed: green('✓'), failed: red('✗'), skipped: dim('–') };

/** What vitest says of an error without what it adds: ours are written to be read as they are. */
const messageOf = ({ message = '' }) => message.replace(/^Error: /, '').trimEnd();

/** `go/build.hbs:3` in bold, the message, the mend. */
const problemLines = (error) =>
  messageOf(error)
    .split('\n')
    .map((line) => (line.startsWith(' ') ? line : bold(line)));

function suitesOf(testCase) {
  const names = [];
  for (let parent = testCase.parent; parent.type === 'suite'; parent = parent.parent) names.unshift(parent.name);
  return names;
}

export class Checklist {
  #write;
  #open = [];
  #watching;
  counts = { passed: 0, failed: 0, skipped: 0 };

  constructor(watching = false, write = (text) => process.stdout.write(text)) {
    this.#watching = watching;
    this.#write = write;
  }

  #line(depth, text) {
    this.#write(`${'  '.repeat(depth)}${text}\n`);
  }

  onTestRunStart() {
    this.#open = [];
    this.counts = { passed: 0, failed: 0, skipped: 0 };
  }

  onTestCaseResult(testCase) {
    const suites = suitesOf(testCase);
    const same = suites.findIndex((name, depth) => name !== this.#open[depth]);
    suites.forEach((name, depth) => {
      if (same >= 0 && depth >= same) this.#line(depth, depth === 0 ? bold(name) : name);
    });
    this.#open = suites;
    const { state, errors = [], note } = testCase.result();
    this.counts[state] += 1;
    this.#line(suites.length, `${marks[state]} ${testCase.name}${note ? dim(` (${note})`) : ''}`);
    for (const error of errors) for (const line of problemLines(error)) this.#line(suites.length + 2, line);
  }

  onTestSuiteResult(suite) {
    for (const error of suite.errors()) this.#failure(suite.name, error);
  }

  onTestModuleEnd(module) {
    for (const error of module.errors()) this.#failure(module.relativeModuleId, error);
  }

  onTestRunEnd() {
    if (this.#watching) this.#write(`\n${verdict(this.counts)}\n  ${dim('Waiting for a change; Ctrl+C ends it.')}\n\n`);
  }

  #failure(name, error) {
    this.counts.failed += 1;
    this.#line(0, `${marks.failed} ${name}`);
    for (const line of problemLines(error)) this.#line(2, line);
  }
}

/** The last line: what there is still to do. */
export function verdict({ passed, failed, skipped }) {
  const rest = skipped > 0 ? `, ${skipped} skipped` : '';
  return failed > 0
    ? red(`✗ ${failed} of ${passed + failed} checks failed${rest}`)
    : green(`✓ All ${passed} checks passed${rest}`);
}
