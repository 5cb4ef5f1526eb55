import { type Note, type Project, shellWord } from '@msb/core';
import { codegen } from './codegen/codegen.ts';
import { typeCheckers } from './codegen/generators.ts';
import { prismaFiles, prismaNotes, prismaStep, prismaStepNote, withPrisma } from './codegen/prisma.ts';
import { prismaSchema } from './codegen/prisma-schema.ts';
import { asksForDownload, isBrowserDownload } from './native.ts';
import { dependsOn, type PackageJson, type Script, wholeText } from './package-json.ts';
import type { LockedPackage } from './package-managers/manager.ts';
import { shellSteps } from './start/words.ts';
import { turboScripts } from './workspaces/turbo.ts';

/**
 * Scripts that npm runs by itself after an installation (https://docs.npmjs.com/cli/v11/using-npm/scripts#npm-ci). An
 * image installs before it has the sources, and without development dependencies for what ships, so that most of them
 * fail there: `husky: not found`. They are switched off, and those that matter are run by name where they can.
 */
const hooks = ['preinstall', 'install', 'postinstall', 'prepare'] as const;

/** Others that npm runs then, too, and that are for those who publish: they are switched off, and never run. */
const ofPublishers = ['prepublish', 'preprepare', 'postprepare'] as const;

/** Tools that are of no use in an image: git hooks, guards of the package manager, appeals. */
const idle =
  /\b(husky|lefthook|simple-git-hooks|pre-commit|git config|only-allow|opencollective|is-ci)\b|^(echo|exit|true)\b/;

/** Makes types for editors; the build of the framework does the same first. */
const typesOnly =
  /^(?:npx )?(?:nuxt prepare|nuxi prepare|svelte-kit sync|astro sync|react-router typegen)(?: \|\| .*)?$/;

/** Tools that work on dependencies, with nothing but the files named here. */
const tools: readonly { readonly pattern: RegExp; readonly files: readonly string[] }[] = [
  { pattern: /\bpatch-package\b/, files: ['patches'] },
  { pattern: /\bprisma generate\b/, files: ['prisma/schema.prisma', 'prisma.config.ts', 'prisma/schema'] },
];

/** A script, or the part of it that needs no sources. */
export interface InstallStep extends Script {
  /** That part, as a command for the shell; absent where it is the whole script. */
  readonly command?: string;
}

/** What is to become of the root's own scripts. */
export interface Lifecycle {
  /** The package manager must not run them, nor those of dependencies but for the ones that are named. */
  readonly ignoreScripts: boolean;
  /** Run when everything is installed. */
  readonly afterInstall: readonly InstallStep[];
  /** Files that those need. */
  readonly files: readonly string[];
  /** Run by name when the sources are there, before the build. */
  readonly beforeBuild: readonly InstallStep[];
  readonly notes: readonly Note[];
}

/** Types for editors are of use to a checker that the build starts. */
const isIdle = (manifest: PackageJson, { text }: Script, build: Script | undefined): boolean =>
  idle.test(text) || (typesOnly.test(text) && !(build && typeCheckers.test(wholeText(manifest, build))));

/** Sorts the root's install scripts. `build` is the script that builds the project, `packages` are its dependencies. */
export function lifecycle(
  project: Project,
  manifest: PackageJson,
  build: Script | undefined,
  packages?: readonly LockedPackage[],
): Lifecycle {
  const present = hooks.flatMap((name) => manifest.scripts.get(name) ?? []);
  const useful = present.filter((script) => !isIdle(manifest, script, build) && !repeats(script, build));
  const toolsOf = ({ text }: Script) => tools.filter(({ pattern }) => pattern.test(text));
  const own = useful
    .filter((script) => toolsOf(script).length > 0)
    .map((script) => withoutSources(project, manifest, script));
  const partly = new Set(own.flatMap(({ name, command }) => (command === undefined ? [] : [name])));
  // `prepare` is for those who develop or publish; a program that is not built can do without.
  const ownLate = useful.filter(
    (script) =>
      (toolsOf(script).length === 0 || partly.has(script.name)) && (script.name !== 'prepare' || build !== undefined),
  );
  const late = [...ownLate, ...withHooks(manifest, build), ...turboScripts(project, manifest)].map((script) =>
    wholeText(manifest, script),
  );
  const prisma = prismaStep(
    project,
    manifest,
    own.map((script) => wholeText(manifest, script)),
    late,
  );
  const made = [prismaSchema(project, manifest)?.output ?? []].flat();
  const generated = codegen(project, manifest, build, [...late, ...own.map(({ text }) => text)], made);
  const afterInstall = [...own, ...(prisma?.inModules ? [prisma] : [])];
  const beforeBuild = [...(prisma && !prisma.inModules ? [prisma] : []), ...ownLate, ...generated.steps];
  const files = [
    ...own.flatMap(toolsOf).flatMap((tool) => tool.files),
    ...(own.some(({ text }) => /\bprisma /.test(text)) ? prismaFiles(project, manifest) : []),
    ...(prisma?.files ?? []),
  ];
  return {
    ignoreScripts:
      present.length > 0 ||
      ofPublishers.some((name) => manifest.scripts.has(name)) ||
      (packages?.some(isBrowserDownload) ?? asksForDownload(manifest)),
    afterInstall,
    files: [...new Set(files)].filter((path) => project.exists(path)),
    beforeBuild,
    notes: [
      ...own.flatMap((script) => missingTool(manifest, script)),
      ...(prisma ? [prismaStepNote(prisma)] : []),
      ...generated.notes,
      ...prismaNotes(project, manifest, [...afterInstall, ...beforeBuild, build]),
    ],
  };
}

/** `patch-package && npm run scss`: the first works on dependencies, the second on the sources, which come later. */
function withoutSources(project: Project, manifest: PackageJson, script: Script): InstallStep {
  const { steps, needsShell } = shellSteps(script.text);
  const own = steps.filter((words) => tools.some(({ pattern }) => pattern.test(words.join(' '))));
  if (needsShell || own.length === steps.length) return script;
  const commands = own.map((words) => {
    const rest = words.filter((word) => word !== 'npx').map((word) => shellWord(word, 'An install script'));
    return withPrisma({ project, manifest }, { ...script, text: rest.join(' ') }, `npx ${rest.join(' ')}`);
  });
  return { ...script, command: commands.join(' && ') };
}

/** `"postinstall": "npm run build"`, as platforms without a build step want it. */
function repeats(script: Script, build: Script | undefined): boolean {
  if (build === undefined) return false;
  return script === build || script.text === build.text || script.text === `npm run ${build.name}`;
}

/** A script with those that a package manager runs around it. */
const withHooks = ({ scripts }: PackageJson, script: Script | undefined): readonly Script[] =>
  script === undefined
    ? []
    : [`pre${script.name}`, script.name, `post${script.name}`].flatMap((name) => scripts.get(name) ?? []);

function missingTool(manifest: PackageJson, { text, name, place }: Script): readonly Note[] {
  const tool = /\bpatch-package\b/.test(text) ? 'patch-package' : 'prisma';
  if (dependsOn(manifest, tool)) return [];
  return [
    {
      message: `The script ${name} runs ${tool}, which is no dependency`,
      hint: `npm install --save-dev ${tool}`,
      place,
    },
  ];
}
