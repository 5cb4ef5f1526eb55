import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findNodeAtLocation, type ParseError, parse, parseTree } from 'jsonc-parser';
import { runtimeFolder } from '../render/templates.ts';
import { violations } from './violations.ts';

/** The schemas that editors complete by and the kit checks by: `templates/<name>.schema.json`. */
export type SchemaName = 'case' | 'ecosystem' | 'images';

/** Something in a file that its schema does not allow. */
export interface DocumentProblem {
  readonly file: string;
  readonly line?: number;
  readonly message: string;
  /** What to do about it. */
  readonly mend: string;
}

const readSchema = (name: SchemaName): unknown =>
  JSON.parse(readFileSync(join(runtimeFolder(), '..', `${name}.schema.json`), 'utf8'));

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** What is wrong with a JSON file, by the schema of its kind; each problem with its line. */
export function documentProblems(file: string, name: SchemaName): readonly DocumentProblem[] {
  if (!existsSync(file)) return [{ file, message: 'It is missing', mend: `Add it; templates/README.md explains it.` }];
  const text = readFileSync(file, 'utf8');
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors);
  const [first] = errors;
  if (first) return [{ file, line: lineAt(text, first.offset), message: 'Not valid JSON', mend: 'Fix this line.' }];
  const tree = parseTree(text);
  return violations(readSchema(name), value).map(({ path: keys, message, mend }) => {
    const found = tree && findNodeAtLocation(tree, [...keys]);
    return { file, ...(found && { line: lineAt(text, found.offset) }), message, mend };
  });
}
