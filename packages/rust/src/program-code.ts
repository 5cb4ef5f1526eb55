import type { Code } from './code.ts';
import type { Sources } from './sources.ts';

/** What a program runs; a build script reads its files while the program is compiled. */
export const programCode = ({ own, shared, locals, packages }: Sources): readonly Code[] =>
  [...own, ...shared, ...locals].filter(({ file }) => !packages.some(({ script }) => script === file));
