import type { Place, Project } from '@msb/core';
import type { Code } from '../code/program.ts';
import type { GoPackage, ModuleFolders } from '../packages.ts';

/** One program, and what is needed to follow its sources. */
export interface ProgramCode {
  readonly project: Project;
  readonly modules: ModuleFolders;
  /** Folder of its main package. */
  readonly main: string;
  readonly packages: readonly GoPackage[];
  readonly code: Code;
}

/** A file or folder that the program reads while it runs. */
export interface RunRead {
  /** From the project's folder. */
  readonly path: string;
  /** Where the program looks for it in the image, if that is not `path` below its working folder. */
  readonly at?: string;
  /** The line that names it; there is none for `--include`. */
  readonly place?: Place;
}
