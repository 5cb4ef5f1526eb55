/** A variable without which a guard ends the program. */
export interface Guarded {
  readonly name: string;
  /** The line of the guard, from 1. */
  readonly line: number;
}

/** `const { JWT_SECRET, MONGO_URL: url } = process.env`. */
const destructured = /\b(?:const|let|var)\s*\{([^{}]*)\}\s*=\s*(?:process|Bun|import\.meta)\.env\b/g;

/** `const secret = process.env.JWT_SECRET`, without a default. */
const assigned =
  /\b(?:const|let|var)\s+(\w+)(?:\s*:[^=;\n]+)?\s*=\s*(?:process|Bun|import\.meta)\.env(?:\.|\[['"])([A-Z][A-Z0-9_]{2,})(?:['"]\])?\s*(?:;|\n|$)/g;

/** The condition of a guard, and what follows it. */
const guard = /\bif\s*\(((?:[^()]|\([^()]*\))*)\)\s*(\{[^{}]*(?:\$?\{[^{}]*\}[^{}]*)*\}|[^\n;]*)/g;

const direct = /^(?:process|Bun|import\.meta)\.env(?:\.|\[['"])([A-Z][A-Z0-9_]{2,})(?:['"]\])?$/;

const ends = /\bthrow\b|\bprocess\.exit\(/;

/**
 * The variables that a guard of the text insists on: `if (!JWT_SECRET || !process.env.MONGO_URL) throw …`. One of which
 * another may take the place (`!A && !B`) is none.
 */
export function guardedVariables(text: string): readonly Guarded[] {
  if (!text.includes('.env')) return [];
  const names = variablesIn(text);
  return [...text.matchAll(guard)].flatMap(({ 1: condition = '', 2: body = '', index }) => {
    const [before = ''] = body.split(ends);
    if (!ends.test(body) || /\bif\b|=>|\bfunction\b/.test(before)) return [];
    const parts = condition.split('||').map((part) => /^\s*!\s*([\w.[\]'"]+)\s*$/.exec(part) ?? unset.exec(part));
    const line = text.slice(0, index).split('\n').length;
    return parts.flatMap((part) => {
      const operand = part?.[1] ?? '';
      const name = direct.exec(operand)?.[1] ?? names.get(operand);
      return name === undefined ? [] : [{ name, line }];
    });
  });
}

const unset = /^\s*([\w.[\]'"]+)\s*===?\s*(?:undefined|null|['"]{2})\s*$/;

/** Names of the code that hold a variable of the environment, without those that have a default. */
function variablesIn(text: string): ReadonlyMap<string, string> {
  const entries = [...text.matchAll(destructured)].flatMap(([, list = '']) =>
    list.split(',').flatMap((entry): readonly (readonly [string, string])[] => {
      const match = /^\s*([A-Z][A-Z0-9_]{2,})\s*(?::\s*(\w+)\s*)?$/.exec(entry);
      return match?.[1] === undefined ? [] : [[match[2] ?? match[1], match[1]]];
    }),
  );
  const single = [...text.matchAll(assigned)].map(([, own = '', name = '']) => [own, name] as const);
  return new Map([...entries, ...single]);
}
