import { maven } from '../maven/maven.ts';
import { pom, projectOf } from '../project.test.kit.ts';
import { type Account, accountOf } from './account.ts';

/** The account of a Maven project whose only class has this body, beside these files. */
export function accountFor(
  body: string,
  files: Readonly<Record<string, string>> = {},
  inner = '',
  kotlin = false,
): Account {
  const source = kotlin ? 'src/main/kotlin/a/Main.kt' : 'src/main/java/a/Main.java';
  const text = kotlin ? `package a\n${body}\n` : `package a;\npublic class Main {\n${body}\n}\n`;
  const project = projectOf({ 'pom.xml': pom(inner), [source]: text, ...files });
  const build = maven.read(project);
  const [module] = build.modules;
  if (module === undefined) throw new Error('no module');
  return accountOf(project, build, module);
}

/** The paths that are read, and where the program finds them where that is not below /app. */
export const readPaths = ({ reads }: Account): readonly string[] =>
  reads.map(({ path, at }) => (at === `/app/${path}` ? path : `${path} at ${at}`)).sort();
export const writtenPaths = ({ writes }: Account): readonly string[] =>
  writes.map(({ path, kind }) => (kind === 'folder' ? `${path}/` : path)).sort();
