import { posix } from 'node:path';
import { canBeNamed, isPlain } from './account/names.ts';
import { below } from './dockerfile/folder.ts';
import { prefixStages, stageNames } from './dockerfile/prefix.ts';
import { execArray, pathWord, patternWord, quoted, shellWord } from './dockerfile/quote.ts';
import { MsbError } from './errors.ts';
import { families } from './families.ts';
import { defaultImage } from './images.ts';
import {
  type Artifact,
  type BuildPlan,
  portWords,
  type RuntimePlan,
  type StagePlan,
  type TemplateValues,
} from './plan.ts';
import { compile } from './render/compile.ts';
import { type TemplateFolders, templateFile } from './render/templates.ts';
import { siteValues } from './site.ts';

/** The first lines of every file of ours; {@link isOurs} knows it by the second. */
const header = ({ ecosystem, runtime, waived = [] }: BuildPlan, image: string): string =>
  `# syntax=docker/dockerfile:1
${waived.length > 0 ? `# check=skip=${waived.join(',')}\n` : ''}
# Made by create-msb-docker (${ecosystem} on ${runtime.family}) and yours to edit: a later run never overwrites your changes unasked.
# External images are named here at the top, where Renovate and Dependabot can bump them. To swap one for a build:
#   docker build --build-context ${image}=docker-image://mirror.example.com/image:tag .
`;

/** Whether some Dockerfile text was made by us, edited or not. */
export const isOurs = (text: string): boolean => /^# Made by create-msb-docker /m.test(text);

/**
 * Writes the Dockerfile of a plan: external images first, then the run half's base, the build stages, and the image
 * that ships. `folders` tells where the templates of each ecosystem lie.
 */
export function composeDockerfile(plan: BuildPlan, folders: TemplateFolders): string {
  const names = groupNames(plan, folders);
  const stage = (item: StagePlan): string => {
    const rendered = renderStage(item, folders);
    const text = item.folder === undefined ? rendered : below(rendered, item.folder);
    return item.prefix === undefined ? text : prefixStages(text, item.prefix, names.get(item.prefix) ?? new Set());
  };
  const images = [...plan.images.map(stage), ...runtimeBase(plan.runtime, folders)];
  const [first = 'runtime-base'] = stageNames(images[0] ?? '');
  const blocks = [
    header(plan, first),
    ...images,
    ...plan.stages.map(stage),
    ...linksStage(plan, images.flatMap(stageNames), folders),
    ...[...(plan.others ?? []), plan.runtime].map((runtime) => renderRuntime(runtime, folders)),
  ];
  return `${blocks.map((block) => block.trimEnd()).join('\n\n')}\n`;
}

/** The stage names of every prefixed group, which may refer to one another across templates. */
function groupNames(plan: BuildPlan, folders: TemplateFolders): ReadonlyMap<string, ReadonlySet<string>> {
  const groups = new Map<string, Set<string>>();
  for (const item of [...plan.images, ...plan.stages]) {
    if (item.prefix === undefined) continue;
    const names = groups.get(item.prefix) ?? new Set<string>();
    for (const name of stageNames(renderStage(item, folders))) names.add(name);
    groups.set(item.prefix, names);
  }
  return groups;
}

function renderStage(stage: StagePlan, folders: TemplateFolders): string {
  const inputs = (stage.inputs ?? []).map(copyLine);
  const text = compile(stage.template, folders)({ ...stage.values, inputs });
  if (inputs.every((line) => text.includes(line))) return text;
  throw new MsbError(
    'broken-template',
    `${stage.template}.hbs has no {{> inputs}}, so nothing can be copied into that stage`,
    'Add a line {{> inputs}} where the files have to be, behind COPY . . as a rule.',
    { file: templateFile(folders, stage.template) },
  );
}

/** `--link` lets a layer be reused although the ones before it changed; the sources of our copies are no links. */
function copyLine({ stage, src, dest, exclude = [], owner }: Artifact): string {
  const flags = [
    '--link',
    ...(stage === undefined ? [] : [`--from=${pathWord(stage, 'A stage')}`]),
    ...(owner === undefined ? [] : [`--chown=${owner}:${owner}`]),
    ...exclude.map((pattern) => `--exclude=${patternWord(pattern)}`),
  ];
  if (![src, dest].every(isPlain) && [src, dest].every(canBeNamed))
    return `COPY ${flags.join(' ')} ${execArray([src, dest])}`;
  const end = `${pathWord(src, 'A path')} ${pathWord(dest, 'A path')}`;
  return exclude.length === 0 ? `COPY ${flags.join(' ')} ${end}` : `COPY ${flags.join(' \\\n     ')} \\\n     ${end}`;
}

/**
 * The stage that makes the links from what programs write to their volumes, where a plan has such. It starts from an image
 * of the build, which has a shell; a plan that builds nothing on a base without one brings Alpine for it.
 */
function linksStage(
  { runtime, others = [] }: BuildPlan,
  names: readonly string[],
  folders: TemplateFolders,
): readonly string[] {
  const links = [runtime, ...others].flatMap((one) => one.links ?? []);
  if (links.length === 0) return [];
  const parents = [...new Set(links.map(({ path }) => posix.dirname(`/links${path}`)))];
  const values = {
    from:
      names.find((name) => name !== 'runtime-base') ??
      (families[runtime.family].shell
        ? 'runtime-base'
        : `--platform=$BUILDPLATFORM ${defaultImage('alpine', 'runtime')}`),
    folders: parents.map((path) => shellWord(path)).join(' '),
    commands: links.map(({ path, to }) => `ln -s ${shellWord(to)} ${shellWord(`/links${path}`)}`).join(' && \\\n    '),
  };
  return [compile('_runtime/links', folders)(values)];
}

function runtimeBase(runtime: RuntimePlan, folders: TemplateFolders): readonly string[] {
  const base = (image: string): string => compile(`_runtime/${runtime.family}.base`, folders)({ image });
  if (runtime.family === 'scratch') return [base(defaultImage('alpine', 'runtime'))];
  // Without an image, the ecosystem brings a stage named runtime-base.
  return runtime.image === undefined ? [] : [base(runtime.image)];
}

function renderRuntime(runtime: RuntimePlan, folders: TemplateFolders): string {
  const { volumes = [], links = [] } = runtime;
  const values: TemplateValues = {
    from: pathWord(runtime.base ?? 'runtime-base', 'A stage'),
    target: pathWord(runtime.target ?? 'runtime', 'A stage'),
    settings: [
      ...(runtime.workdir === undefined || volumes.includes(runtime.workdir) ? [] : [workdirLine(runtime.workdir)]),
      ...assignments('ENV', runtime.env ?? {}),
      ...assignments('LABEL', runtime.labels ?? {}),
    ],
    copies: [...runtime.artifacts, ...(links.length > 0 ? [{ stage: 'links', src: '/links/', dest: '/' }] : [])].map(
      copyLine,
    ),
    volumes: volumeLines(runtime),
    kept: volumes[0],
    user: `${families[runtime.family].uid}:${families[runtime.family].uid}`,
    port: runtime.port,
    expose: portWords(runtime).join(' '),
    entrypoint: runtime.entrypoint,
    cmd: runtime.cmd,
    ...(runtime.site && siteValues(runtime.site)),
  };
  return compile(`_runtime/${runtime.family}`, folders)(values);
}

const workdirLine = (path: string): string => `WORKDIR ${pathWord(path, 'The working folder')}`;

/** A folder that WORKDIR makes belongs to the user that was set before, in BuildKit as in Buildah. */
function volumeLines({ volumes = [], workdir }: RuntimePlan): readonly string[] {
  if (volumes.length === 0) return [];
  const back = workdir === undefined || volumes.includes(workdir) ? [] : [workdirLine(workdir)];
  const made = [...volumes].sort((one, other) => Number(one === workdir) - Number(other === workdir));
  const named = volumes.length === 1 ? made[0] : execArray(volumes);
  return [...made.map(workdirLine), ...back, `VOLUME ${named}`];
}

/** `ENV a="b" \` and so on, one pair a line. */
function assignments(keyword: string, pairs: Readonly<Record<string, string>>): readonly string[] {
  const lines = Object.entries(pairs).map(([key, value]) => `${pathWord(key, 'A name')}=${quoted(value)}`);
  const indent = ' '.repeat(keyword.length + 1);
  return lines.length === 0 ? [] : [`${keyword} ${lines.join(` \\\n${indent}`)}`];
}
