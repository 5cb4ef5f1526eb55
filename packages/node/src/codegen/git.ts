import type { Note, Place, Project } from '@msb/core';
import type { Build } from '../build.ts';
import { dependsOn, type PackageJson, wholeText } from '../package-json.ts';

/** A build that asks Git for the commit, which no build of an image has. */
export interface GitUse {
  readonly place: Place;
  /** The variable that the code looks at first. */
  readonly variable?: string;
}

/** A call of Git in code: `execSync('git rev-parse HEAD')`, `spawnSync('git', ['describe'])`, a task of a shell. */
const called =
  /['"`\s(]git (?:rev-parse|describe|log|show|branch|rev-list|status|symbolic-ref)\b|\b(?:spawn|spawnSync|execFile|execFileSync|execa|execaSync)\(\s*['"]git['"]/;

/** `process.env.GIT_SHA ?? execSync('git …')` */
const variable = /\bprocess\.env\.([A-Z]\w*)\s*(?:\|\||\?\?|\?)/;

/** Plugins of bundlers that call Git themselves. */
const plugins = [
  'git-revision-webpack-plugin',
  'git-rev-sync',
  'git-describe',
  'git-last-commit',
  'vite-plugin-git-revision',
  'vite-plugin-git-version',
  'rollup-plugin-git-version',
];

/** Configurations that a build runs. */
const configuration =
  /(?:^|\/)(?!(?:vitest|jest|eslint|playwright)\.)[\w.-]+\.config\.[cm]?[jt]s$|(?:^|\/)(?:gatsby-config|gatsby-node|gulpfile|build)\.[cm]?[jt]s$/;

/** Finds where the build asks Git, unless it can do without the answer. */
export function gitUse(project: Project, manifest: PackageJson, build: Build | undefined): GitUse | undefined {
  if (build === undefined) return undefined;
  const text = build.script ? wholeText(manifest, build.script) : (build.command ?? '');
  if (called.test(` ${text}`)) return { place: build.place };
  const scripts = [...text.matchAll(/[\w./-]+\.[cm]?[jt]s\b/g)].map(([file]) => file.replace(/^\.\//, ''));
  const files = [
    ...project.sources().filter((file) => configuration.test(file)),
    ...scripts.filter((file) => project.has(file)),
  ];
  for (const { file, line, match } of project.matches([...new Set(files)], called)) {
    if (/^\s*(?:\*|\/\/)/.test(match.input) || isCaught(project.text(file) ?? '', line)) continue;
    const [, name] = variable.exec(match.input) ?? [];
    return { place: { file, line }, ...(name !== undefined && { variable: name }) };
  }
  const plugin = plugins.find(
    (name) => dependsOn(manifest, name) && project.search(files, [new RegExp(`['"]${name}['"]`)]),
  );
  const found = plugin && (manifest.development.get(plugin) ?? manifest.production.get(plugin));
  return found ? { place: found.place } : undefined;
}

/** Whether a line stands in a `try`, as far as the braces around it tell. */
function isCaught(text: string, line: number): boolean {
  const before = text.split('\n').slice(0, line).join('\n');
  const open: string[] = [];
  for (const [found] of before.matchAll(/\btry\s*\{|[{}]/g)) {
    if (found === '}') open.pop();
    else open.push(found);
  }
  return open.some((one) => one.startsWith('try'));
}

/** The argument of the build that has the commit. */
const argument = ({ variable: name }: GitUse): string => name ?? 'GIT_COMMIT';

/**
 * Lines of the stage that builds: the variable that the code asks first, else a stand-in for Git, which answers with the
 * commit whatever it is asked.
 */
export function gitLines(use: GitUse | undefined): readonly string[] {
  if (use === undefined) return [];
  const name = argument(use);
  const about = `# the build asks Git for the commit, and has no history: --build-arg ${name}=$(git rev-parse HEAD)`;
  if (use.variable !== undefined) return [about, `ARG ${name}=unknown`];
  return [
    about,
    `ARG ${name}=unknown`,
    `RUN printf '#!/bin/sh\\necho "%s"\\n' "$${name}" >/usr/local/bin/git && chmod +x /usr/local/bin/git`,
  ];
}

/** What to tell of it. */
export const gitNotes = (use: GitUse | undefined): readonly Note[] =>
  use === undefined
    ? []
    : [
        {
          message: "The build asks Git for the commit, and the history is not part of an image's build",
          hint: `Hand it in: docker build --build-arg ${argument(use)}=$(git rev-parse HEAD). Without that it is "unknown".`,
          place: use.place,
        },
      ];
