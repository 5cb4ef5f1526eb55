import type { Project } from '../project/project.ts';
import { ignoreMatcher } from './match.ts';
import { secretGroup } from './rules.ts';

/** Names of files that hold nothing but secrets, whatever is in them. */
const secretNames =
  /(^|\/)(\.env(rc|\.[^/]*)?|\.netrc|\.git-credentials|\.aws|\.kube|\.ssh)(\/|$)|\.(p12|pfx|jks|keystore)$/;

/** Files that show which variables there are, without their values. They are committed on purpose. */
const examples = /(^|\/)\.env([._-][^/]*)?[._-](example|sample|template|tmpl|dist|defaults?|schema)$/;

const looks = ignoreMatcher(secretGroup.patterns.join('\n'));

/** Whether the patterns for secrets match a path, as they do an example or a certificate, which are none. */
export const looksSecret = (path: string): boolean => looks(path);

/** Whether a file must not get into an image: by its name, or since it holds a private key. */
export const isSecret = (project: Project, path: string): boolean =>
  looks(path) && !examples.test(path) && (secretNames.test(path) || /PRIVATE KEY/.test(project.text(path) ?? ''));
