import type { Project } from '@msb/core';
import { filesIn, isFolder } from './folders.ts';
import type { ProgramCode, RunRead } from './types.ts';

/** Names of files that hold nothing but secrets; an example of one is committed on purpose. */
const names =
  /(^|\/)(?:\.env(?:rc|\.(?!example|sample|template|dist|defaults?$)[^/]*)?|\.netrc|\.git-credentials)$|(^|\/)\.(?:aws|kube|ssh)\/|\.(?:p12|pfx|jks|keystore)$/;

/** Whether what a program reads is a secret, which comes with the container and not with the image. */
export const isSecret = ({ project }: Pick<ProgramCode, 'project'>, { path }: Pick<RunRead, 'path'>): boolean =>
  !isFolder(project, path) && (names.test(path) || /PRIVATE KEY/.test(project.text(path) ?? ''));

/** The files of something that ships: itself, or what is in it but secrets, which stay out of every build. */
export const shippedFiles = (project: Project, path: string): readonly string[] =>
  (project.has(path) ? [path] : filesIn(project, path)).filter((file) => !isSecret({ project }, { path: file }));
