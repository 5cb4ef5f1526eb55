import type { BuildPlan, TemplateValue, TemplateValues } from '../plan.ts';
import { compile } from '../render/compile.ts';
import type { TemplateFolders } from '../render/templates.ts';
import type { Delivery } from './delivery.ts';

/** The name that `docker buildx bake` looks for: https://docs.docker.com/build/bake/file-definition/ */
export const bakeName = 'docker-bake.hcl';

/** A program of the plan: its stage, and the name of its image. `id` is what a target of bake may be called. */
interface Program {
  readonly id: string;
  readonly target: string;
  readonly image: string;
}

/** The text of the bake file. */
export function bakeText(delivery: Delivery, plan: BuildPlan, folders: TemplateFolders): string {
  const { name, test, bake, dockerfile } = delivery;
  const [first, ...others] = programs(plan, name);
  const several = others.length > 0;
  const ids = [first, ...others].map(({ id }) => `"${id}"`);
  const call = bake === bakeName ? 'docker buildx bake' : `docker buildx bake -f ${bake}`;
  const common = {
    call,
    name,
    test,
    dockerfile,
    variables: variables(plan),
    settings: settings(plan, delivery),
    caches: several ? [first, ...others].map(({ id }) => `"\${CACHE}-${id}"`).join(', ') : 'CACHE',
  };
  const blocks: readonly (readonly [template: string, values: TemplateValues])[] = [
    ['bake', common],
    ...(test ? [['bake-test', {}] as const] : []),
    several
      ? ['bake-images', { programs: [first, ...others].map((program) => ({ ...program })), ids: ids.join(', ') }]
      : ['bake-image', { image: first.image }],
  ];
  return blocks.map(([template, values]) => compile(`_deploy/${template}`, folders)(values)).join('\n');
}

/** The images of a plan, that of a plain `docker build` first. */
function programs({ runtime, others = [] }: BuildPlan, name: string): readonly [Program, ...Program[]] {
  const program = (target: string, image: string): Program => ({ id: image.replace(/\W/g, '-'), target, image });
  return [
    program(runtime.target ?? 'runtime', name),
    ...others.flatMap(({ target }) => (target === undefined ? [] : [program(target, target)])),
  ];
}

/** Variables of the environment that paths of secrets begin with: HCL has those that are declared. */
const variables = ({ secrets = [] }: BuildPlan): readonly TemplateValues[] =>
  [...new Set(secrets.flatMap(({ src = '' }) => /^\$(\w+)/.exec(src)?.[1] ?? []))].map((name) => ({ name }));

/** What only some builds need. */
function settings(
  { secrets = [], ssh }: BuildPlan,
  { version }: Delivery,
): readonly TemplateValue[] & readonly TemplateValues[] {
  const given = secrets.map(({ id, src, env }) =>
    src === undefined ? `"id=${id},env=${env}"` : `"id=${id},src=${src.replace(/^\$(\w+)/, '$${$1}')}"`,
  );
  return [
    ...(version ? [{ about: 'the program says it, too', line: 'args = { VERSION = VERSION }' }] : []),
    ...(given.length > 0
      ? [{ about: 'mounted where they are needed; no layer keeps them', line: `secret = [${given.join(', ')}]` }]
      : []),
    ...(ssh ? [{ about: 'the agent that signs in for private sources', line: 'ssh = ["default"]' }] : []),
  ];
}
