import type { Instruction } from '../dockerfile/parse.ts';
import type { Fact } from '../ecosystem.ts';

/** What may stand for a value in an instruction: the value itself, or the last name of a path. */
const spellings = (value: string): readonly string[] =>
  [value, value.replace(/^.*\//, '')].filter((word) => word.length > 1);

/** The first word of a fact's name, as images are called: `Node.js` → node. */
const product = (name: string): string => (/^\w+/.exec(name)?.[0] ?? '').toLowerCase();

/**
 * The facts that an instruction says: one whose value it has as a word of its own (a port, a path, a script), and for
 * FROM the one whose product the image is called after.
 */
export function factsBehind(instruction: Instruction, facts: readonly Fact[]): readonly Fact[] {
  const text = [...instruction.flags.map(({ value }) => value), instruction.args, ...instruction.heredocs].join(' ');
  const words = new Set(text.split(/[\s"'=,[\]]+/).flatMap((word) => [word, ...spellings(word)]));
  return facts.filter(({ name, value }) => {
    if (instruction.keyword === 'FROM') {
      const image = instruction.args.split(/\s/)[0]?.toLowerCase() ?? '';
      return product(name) !== '' && /[:/@]/.test(image) && image.includes(product(name));
    }
    return spellings(value).some((spelling) => words.has(spelling));
  });
}
