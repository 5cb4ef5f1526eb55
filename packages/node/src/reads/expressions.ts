/** The expression that begins at an index, up to the end of its argument. */
export function expressionAt(text: string, start: number): string {
  let depth = 0;
  for (let index = start; index < text.length && index < start + 400; index += 1) {
    const char = text.charAt(index);
    if ('([{'.includes(char)) depth += 1;
    if (')]}'.includes(char)) depth -= 1;
    if (depth < 0 || (depth === 0 && ',;'.includes(char))) return text.slice(start, index);
  }
  return text.slice(start, start + 400);
}

/** A constant that holds a path. */
const constant = /\b(?:const|let|var)\s+(\w+)(?:\s*:\s*\w+)?\s*=\s*([^;\n]+)/g;

/** What a module is imported by is no path: `const path = require('path')`. */
const isModule = /^(?:await\s+)?(?:require|import)\s*\(/;

/** The constants of a file, each with the expression that it is. */
export const constantsIn = (text: string): ReadonlyMap<string, string> =>
  new Map(
    [...text.matchAll(constant)]
      .filter(([, , value = '']) => !isModule.test(value))
      .map(([, name = '', value = '']) => [name, value.slice(0, 300)] as const),
  );

/** A path as an expression has it, and what it is relative to. */
export interface Named {
  readonly text: string;
  readonly base: 'cwd' | 'file';
}

/** The path in an expression: a text, a join of them, or a constant of the same file that is one. */
export function pathIn(expression: string, constants: ReadonlyMap<string, string>, depth = 0): Named | undefined {
  if (/\btmpdir\b|['"`]\/tmp\b|:memory:/.test(expression) || depth > 3) return undefined;
  const texts = [...expression.matchAll(/(['"`])((?:(?!\1)[^\n])*)\1/g)].map(([, , text = '']) => text);
  const names = expression.replace(/(['"`])(?:(?!\1)[^\n])*\1/g, '').match(/\b[A-Za-z_]\w*\b/g) ?? [];
  const inner = names.flatMap((name) => {
    const value = constants.get(name);
    return value === undefined || value === expression ? [] : [pathIn(value, constants, depth + 1) ?? []].flat();
  })[0];
  const base = inner?.base ?? (/\b__dirname\b|\bimport\.meta\b/.test(expression) ? 'file' : 'cwd');
  const own = /\$\{(?!__dirname|process\.cwd\(\)|import\.meta\.\w+)/.test(texts.join('')) ? [] : texts;
  const plain = own.map((text) => text.replace(/\$\{[^}]*\}/g, '').replace(/^file:/, ''));
  // process.env.DATA ?? './data': the last is what it is without the variable
  const path =
    /\?\?|\|\|/.test(expression) && !/\bjoin|\bresolve/.test(expression)
      ? plain.slice(-1)
      : plain.filter((text) => !/^utf-?8$|^a\+?$|^w\+?$/.test(text));
  const joined = [...(inner ? [inner.text] : []), ...path].join('/');
  return joined === '' ? undefined : { text: joined, base };
}
