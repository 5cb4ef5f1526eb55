import type { Read, Setting, ToolUse, Write } from './account/access.ts';
import type { RuntimeFamily } from './families.ts';
import type { Site } from './site.ts';

export { type RuntimeFamily, runtimeFamilies } from './families.ts';

/** What leaves a stage (or the build context, when `stage` is absent) for another stage or for the image. */
export interface Artifact {
  /** Absent for a file of the build context. */
  readonly stage?: string;
  /** A file or a folder there. */
  readonly src: string;
  /** Its path in the image, or in the stage that takes it. */
  readonly dest: string;
  /** Patterns, as in .dockerignore and relative to a folder `src`, for what of it stays behind. */
  readonly exclude?: readonly string[];
  /** The number of the user and group that own it; root without it. */
  readonly owner?: number;
}

/** Values of a template. Text from a project passes {@link import('./dockerfile/quote.ts')} before it gets here. */
export type TemplateValues = { readonly [name: string]: TemplateValue };
/** One value of a template. */
export type TemplateValue = string | number | boolean | undefined | TemplateValues | readonly TemplateValue[];

/** One `FROM …` block, written by one template. */
export interface StagePlan {
  /** `<ecosystem>/<file>` without `.hbs`, such as `go/build`. */
  readonly template: string;
  /** What the template may name: text, numbers, booleans, and lists or objects of these. */
  readonly values?: TemplateValues;
  /** Copied into the stage where its template says `{{> inputs}}`: another stage's result that this one needs. */
  readonly inputs?: readonly Artifact[];
  /** Put in front of the names of the stage and of all stages it refers to, so that two ecosystems can meet. */
  readonly prefix?: string;
  /** The folder of the build context that its sources are in, where that is not the context itself. */
  readonly folder?: string;
}

/** The image that ships. */
export interface RuntimePlan {
  /** The name of its stage, for `docker build --target`; `runtime` unless the plan has several images. */
  readonly target?: string;
  /** What it ships on, as the option `runtime` says. */
  readonly family: RuntimeFamily;
  /** The external base image; absent for scratch, and where a stage of the plan is already named `runtime-base`. */
  readonly image?: string;
  /** The stage that it starts from, where that is another than `runtime-base`. */
  readonly base?: string;
  /** How the family's own server hands the artifacts out; for families that ship sites. See `siteRuntime`. */
  readonly site?: Site;
  /** All that ships beside the base. */
  readonly artifacts: readonly Artifact[];
  /** The folder that the program starts in. */
  readonly workdir?: string;
  /** Folders that the program may write to: each belongs to the image's user, and is a volume. */
  readonly volumes?: readonly string[];
  /** Links from files that the program writes to their place in a volume; both absolute. */
  readonly links?: readonly { readonly path: string; readonly to: string }[];
  /** Variables of the image, by name. */
  readonly env?: Readonly<Record<string, string>>;
  /** Labels of the image; `org.opencontainers.image.title` says what it is. */
  readonly labels?: Readonly<Record<string, string>>;
  /** The start command in exec form, with the full path of the program in front. */
  readonly entrypoint: readonly string[];
  /** Arguments that whoever runs the container may replace. */
  readonly cmd?: readonly string[];
  /** TCP port, 1 to 65535; absent when the program serves nothing. */
  readonly port?: number;
  /** UDP ports that the program listens on besides. */
  readonly udp?: readonly number[];
}

/** The ports of an image as EXPOSE and `docker run --publish` write them: `8080`, `53/udp`. */
export const portWords = ({ port, udp = [] }: Pick<RuntimePlan, 'port' | 'udp'>): readonly string[] => [
  ...(port ? [String(port)] : []),
  ...udp.map((number) => `${number}/udp`),
];

/** What steps of the build read through `RUN --mount=type=secret`, so that no layer keeps it. */
export interface BuildSecret {
  readonly id: string;
  /** The file that it usually is, as a word of the shell: `$HOME/.netrc`. */
  readonly src?: string;
  /** The variable that it is, where it is no file. */
  readonly env?: string;
}

/** Everything a Dockerfile and its .dockerignore are made of. Plain JSON. */
export interface BuildPlan {
  /** The id of the ecosystem that plans it. */
  readonly ecosystem: string;
  /** Stages that only name an external image; they come first, so that a reader finds every image at the top. */
  readonly images: readonly StagePlan[];
  readonly stages: readonly StagePlan[];
  /** The image of a plain `docker build`: the last stage. */
  readonly runtime: RuntimePlan;
  /** More images from the same build, each with a `target` of its own and on the same base. */
  readonly others?: readonly RuntimePlan[];
  /** What `docker build` has to be given with `--secret`. */
  readonly secrets?: readonly BuildSecret[];
  /** Steps of the build sign in with the SSH agent of whoever builds: `docker build --ssh default`. */
  readonly ssh?: boolean;
  /** Rules of `docker build --check` that take something for what it is not, such as a public key for a secret. */
  readonly waived?: readonly string[];
  /** Patterns to keep out of the build context, beside those of the ecosystem's manifest. */
  readonly ignore: readonly string[];
  /** Files of the project that the build reads; none of them may be ignored. */
  readonly needs: readonly string[];
  /** What is read by a path that the project names. Core brings each file to its place, or says why it can't. */
  readonly reads?: readonly Read[];
  /** What the program writes. Core gives it a place. */
  readonly writes?: readonly Write[];
  /** Variables that the program doesn't start without. */
  readonly settings?: readonly Setting[];
  /** What the program uses that a base image may lack: names that `isKnownTool` knows. */
  readonly tools?: readonly ToolUse[];
}

/** The stages of a plan that ship beside the last one. */
export const targetsOf = ({ others = [] }: BuildPlan): readonly string[] =>
  others.flatMap(({ target }) => target ?? []);

/** What `docker build` has to be given, each with its value in one text. */
export const buildArgs = ({ secrets = [], ssh }: BuildPlan): readonly string[] => [
  ...secrets.map(({ id, src, env }) => `--secret id=${id},${src === undefined ? `env=${env}` : `src=${src}`}`),
  ...(ssh ? ['--ssh default'] : []),
];

/** A front end whose result another program's build needs, such as a bundle that a Go program embeds. */
export interface FrontEnd {
  /** Stage names get this prefix, `web` for instance. */
  readonly prefix: string;
  /** The folder of the program's build context that the plan was made for; absent where it is the context itself. */
  readonly folder?: string;
  readonly plan: Pick<BuildPlan, 'images' | 'stages' | 'ignore' | 'needs' | 'secrets' | 'waived'>;
  /** What the front end makes, and where the other program's sources expect it. */
  readonly artifact: Artifact;
}

/**
 * Joins a front end to a program of another ecosystem: its stages come first and its artifact is copied into the
 * program's stage made by the template `into`, before that compiles. Throws when no stage has that template.
 */
export function joinFrontEnd(program: BuildPlan, into: string, front: FrontEnd): BuildPlan {
  const { prefix, folder, artifact, plan } = front;
  if (!program.stages.some((stage) => stage.template === into)) throw new Error(`the plan has no stage ${into}`);
  const moved = (stage: StagePlan): StagePlan => ({ ...stage, prefix, ...(folder !== undefined && { folder }) });
  const input = artifact.stage === undefined ? artifact : { ...artifact, stage: `${prefix}-${artifact.stage}` };
  const stages = program.stages.map((stage) =>
    stage.template === into ? { ...stage, inputs: [...(stage.inputs ?? []), input] } : stage,
  );
  const ignore = plan.ignore.map((pattern) => (folder === undefined ? pattern : ignoredBelow(pattern, folder)));
  const needs = plan.needs.map((path) => (folder === undefined ? path : `${folder}/${path}`));
  const waived = [...new Set([...(program.waived ?? []), ...(plan.waived ?? [])])];
  const secrets = [...(program.secrets ?? []), ...(plan.secrets ?? [])];
  return {
    ...program,
    images: [...plan.images.map(moved), ...program.images],
    stages: [...plan.stages.map(moved), ...stages],
    ...(waived.length > 0 && { waived }),
    ...(secrets.length > 0 && { secrets }),
    ignore: [...new Set([...program.ignore, ...ignore])],
    needs: [...new Set([...program.needs, ...needs])],
  };
}

/** A pattern of .dockerignore for a folder of the context; one that begins with `**` means every folder, and stays. */
const ignoredBelow = (pattern: string, folder: string): string =>
  pattern.startsWith('**/') ? pattern : pattern.replace(/^(!?)\/?/, `$1${folder}/`);
