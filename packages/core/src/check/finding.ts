import type { Account } from '../account/access.ts';
import type { Dockerfile } from '../dockerfile/parse.ts';
import type { Project } from '../project/project.ts';

/** Something a Dockerfile should not have. `rule` is BuildKit's name where BuildKit has such a check. */
export interface Finding {
  readonly rule: string;
  /** In the Dockerfile, from 1. */
  readonly line: number;
  readonly message: string;
  readonly hint: string;
}

/** What a rule may look at beside the Dockerfile. */
export interface CheckContext {
  /** The build context. */
  readonly project: Project;
  readonly dockerignore: string;
  /** Files that the build reads beyond what COPY and bind mounts name. */
  readonly needs: readonly string[];
  /** What is read, by the account of the project `of`; absent where the project isn't known. */
  readonly account?: Account;
  readonly of?: Project;
  /** The text of the Dockerfile. */
  readonly text?: string;
  /** Names of stages that ship although other stages follow: each is built with `--target`. */
  readonly targets?: readonly string[];
  /** The file is somebody else's: rules about how we write ours are not for it. */
  readonly foreign?: boolean;
}

/** One rule. */
export type Rule = (dockerfile: Dockerfile, context: CheckContext) => readonly Finding[];
