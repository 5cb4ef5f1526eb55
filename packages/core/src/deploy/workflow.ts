import { type BuildPlan, buildArgs, targetsOf } from '../plan.ts';
import { compile } from '../render/compile.ts';
import type { TemplateFolders } from '../render/templates.ts';
import { join } from '../tree/tree.ts';
import type { Delivery } from './delivery.ts';

/** The text of the workflow for GitHub Actions. */
export function workflowText(delivery: Delivery, plan: BuildPlan, folders: TemplateFolders): string {
  const { secrets = [], ssh } = plan;
  const { source, bake, folder, name, test } = delivery;
  const step = (template: string, values: Readonly<Record<string, string>>): string =>
    compile(`_deploy/${template}`, folders)(values).trimEnd();
  const steps = [
    ...secrets.flatMap(({ id, src }) =>
      src === undefined ? [] : [step('step-file', { id, src, source, secret: id.toUpperCase().replace(/\W/g, '_') })],
    ),
    ...(ssh ? [step('step-ssh', {})] : []),
  ];
  const args = buildArgs(plan);
  const others = targetsOf(plan).map((target) => ({ title: target, args: words([...args, `--target ${target}`]) }));
  return compile(
    '_deploy/workflow',
    folders,
  )({
    name,
    source,
    bake,
    folder,
    test,
    steps: steps.map((text) => ({ text })),
    bakeFromRoot: join(source, bake),
    environment: secrets.flatMap(({ env }) => (env === undefined ? [] : [{ name: env }])),
    proofs: [{ title: name, args: words(args) }, ...others].map((proof) => ({ ...proof })),
  });
}

/** Arguments behind the other words of a command. */
const words = (args: readonly string[]): string => (args.length === 0 ? '' : ` -- ${args.join(' ')}`);
