/** A word of Go source. */
export interface Token {
  /** `;` stands for a line's end, too, where Go puts one (https://go.dev/ref/spec#Semicolons). */
  readonly kind: 'name' | 'text' | 'other';
  /** Of a text what it stands for, without quotes and escapes. */
  readonly value: string;
  readonly line: number;
}

const pattern = new RegExp(
  [
    String.raw`(?<blank>[ \t\r\uFEFF]+|//[^\n]*)`,
    String.raw`(?<comment>/\*[\s\S]*?\*/)`,
    String.raw`(?<end>\n)`,
    String.raw`(?<name>[\p{L}_][\p{L}\p{N}_]*)`,
    String.raw`(?<text>"(?:[^"\\\n]|\\.)*")`,
    '(?<raw>`[^`]*`)',
    String.raw`(?<other>'(?:[^'\\\n]|\\.)+'|\d[\w.]*|:=|==|!=|<-|&&|\|\||\+=|\.\.\.|[^\s])`,
  ].join('|'),
  'gu',
);

/** Keywords that end a line like a name does. */
const ending = new Set(['break', 'continue', 'fallthrough', 'return']);
const keywords = new Set(
  'break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var'.split(
    ' ',
  ),
);

/** Whether a token is a keyword of Go's. */
export const isKeyword = ({ kind, value }: Token): boolean => kind === 'name' && keywords.has(value);

/** Whether a line that ends behind a token ends a statement. */
function endsLine(token: Token | undefined): boolean {
  if (token === undefined) return false;
  if (token.kind === 'name') return !keywords.has(token.value) || ending.has(token.value);
  return token.kind === 'text' || /^[\])}]$|^[\d']/.test(token.value);
}

/** Splits Go source into its words; comments are none. What is no Go gives some words all the same. */
export function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let line = 1;
  const endLine = (): void => {
    if (endsLine(tokens.at(-1))) tokens.push({ kind: 'other', value: ';', line });
  };
  for (const { groups = {} } of source.matchAll(pattern)) {
    const { comment, end, name, text, raw, other } = groups;
    if (name !== undefined) tokens.push({ kind: 'name', value: name, line });
    else if (text !== undefined) tokens.push({ kind: 'text', value: unquoted(text.slice(1, -1)), line });
    else if (raw !== undefined) tokens.push({ kind: 'text', value: raw.slice(1, -1), line });
    else if (other !== undefined) tokens.push({ kind: 'other', value: other, line });
    const broken = end ?? (comment?.includes('\n') ? comment : undefined);
    if (broken !== undefined) endLine();
    line += linesIn(raw ?? broken);
  }
  endLine();
  return tokens;
}

const linesIn = (text = ''): number => text.split('\n').length - 1;

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v' };

/** What a text with escapes stands for (https://go.dev/ref/spec#String_literals). Bytes are taken for characters. */
const unquoted = (text: string): string =>
  text.includes('\\')
    ? text.replace(
        /\\(?:x([\da-f]{2})|u([\da-f]{4})|U([\da-f]{8})|([0-7]{3})|(.))/gi,
        (_, byte?: string, short?: string, long?: string, octal?: string, letter = '') => {
          const code = Number.parseInt(byte ?? short ?? long ?? '', 16);
          if (!Number.isNaN(code)) return code <= 0x10ffff ? String.fromCodePoint(code) : '';
          if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
          return escapes[letter] ?? letter;
        },
      )
    : text;
