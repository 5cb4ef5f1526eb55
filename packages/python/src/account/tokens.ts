/** A word of Python, as far as paths are made of them. */
export interface Token {
  readonly kind: 'name' | 'string' | 'number' | 'mark';
  /** A string without its quotes and prefix; an f-string keeps its braces. */
  readonly text: string;
  readonly line: number;
  /** Whether a statement begins here. */
  readonly first: boolean;
  /** Of a string: `f`, `rb`; `"""` for one of several lines. */
  readonly form?: string;
}

const word =
  /(?<blank>[ \t\f\\]+|#[^\n]*)|(?<line>\r?\n)|(?<prefix>[rbfuRBFUtT]{0,2})(?:"""(?<d3>(?:\\[\s\S]|(?!""")[\s\S])*)"""|'''(?<s3>(?:\\[\s\S]|(?!''')[\s\S])*)'''|"(?<d>(?:\\.|[^"\\\n])*)"|'(?<s>(?:\\.|[^'\\\n])*)')|(?<name>[A-Za-z_]\w*)|(?<number>\d[\w.]*)|(?<mark>[\s\S])/gy;

/** Splits Python into words. Comments are left out; what is no Python gives words, too. */
export function tokensOf(text: string): readonly Token[] {
  const found: Token[] = [];
  let line = 1;
  let depth = 0;
  let first = true;
  word.lastIndex = 0;
  for (let match = word.exec(text); match?.groups !== undefined; match = word.exec(text)) {
    const { blank, line: end, prefix = '', d3, s3, d, s, name, number, mark } = match.groups;
    const long = d3 ?? s3;
    const string = long ?? d ?? s;
    if (end !== undefined) first = depth === 0 || first;
    else if (blank === undefined) {
      const token =
        string !== undefined
          ? {
              kind: 'string' as const,
              text: plain(string, prefix),
              form: `${prefix.toLowerCase()}${long === undefined ? '' : '"""'}`,
            }
          : name !== undefined
            ? { kind: 'name' as const, text: name }
            : number !== undefined
              ? { kind: 'number' as const, text: number }
              : { kind: 'mark' as const, text: mark ?? '' };
      found.push({ ...token, line, first });
      first = false;
      if (/^[([{]$/.test(mark ?? '')) depth += 1;
      else if (/^[)\]}]$/.test(mark ?? '')) depth = Math.max(0, depth - 1);
    }
    line += match[0].split('\n').length - 1;
  }
  return found;
}

const plain = (text: string, prefix: string): string =>
  /r/i.test(prefix) ? text : text.replace(/\\(\\|"|'|\n)/g, (_, char: string) => (char === '\n' ? '' : char));
