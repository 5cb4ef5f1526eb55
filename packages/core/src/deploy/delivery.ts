import { parseDockerfile } from '../dockerfile/parse.ts';
import { pathWord } from '../dockerfile/quote.ts';
import type { Inspection } from '../inspect.ts';
import { wantsBake } from '../options/schema.ts';
import type { BuildPlan } from '../plan.ts';
import type { TemplateFolders } from '../render/templates.ts';
import { relative } from '../tree/tree.ts';
import { bakeName, bakeText } from './bake.ts';
import { workflowText } from './workflow.ts';

/** What the files of a delivery have to know of a project. Paths are safe as words. */
export interface Delivery {
  /** The name of the image. */
  readonly name: string;
  /** The Dockerfile and the bake file, as the build context has them. */
  readonly dockerfile: string;
  readonly bake: string;
  /** The build context and the project's folder, from the root of the tree; `.` is the root itself. */
  readonly source: string;
  readonly folder: string;
  /** Whether there is a stage that runs tests, and one that takes a version. */
  readonly test: boolean;
  readonly version: boolean;
}

/** A file that is made on request. `path` is relative to the project. */
export interface RequestedFile {
  readonly path: string;
  readonly text: string;
}

/** The command that builds with the bake file, if one is asked for: it has to be called in the build context. */
export function bakeCommand({ options, project }: Inspection): string | undefined {
  if (!wantsBake(options)) return undefined;
  const bake = project.inContext(bakeName);
  return bake === bakeName ? 'docker buildx bake' : `docker buildx bake -f ${bake}`;
}

/** The files that the options `bake` and `ci` ask for. The workflow is made of calls of the bake file, which it brings. */
export function deliveryFiles(
  inspection: Inspection,
  plan: BuildPlan,
  dockerfile: string,
  folders: TemplateFolders,
): readonly RequestedFile[] {
  const { options, project } = inspection;
  if (!wantsBake(options)) return [];
  const delivery = describe(inspection, dockerfile);
  const bake = { path: bakeName, text: bakeText(delivery, plan, folders) };
  if (options.ci === undefined) return [bake];
  const path = relative(project.folder, `.github/workflows/image-${delivery.name}.yml`);
  return [bake, { path, text: workflowText(delivery, plan, folders) }];
}

function describe({ options, project }: Inspection, dockerfile: string): Delivery {
  const word = (path: string): string => pathWord(path, 'The folder of the project');
  const { stages } = parseDockerfile(dockerfile);
  return {
    name: String(options.name),
    dockerfile: word(project.inContext('Dockerfile')),
    bake: word(project.inContext(bakeName)),
    source: word(project.context === '' ? '.' : `./${project.context}`),
    folder: word(project.folder === '' ? '.' : `./${project.folder}`),
    test: stages.some(({ name }) => name === 'test'),
    version: /^ARG VERSION\b/m.test(dockerfile),
  };
}
