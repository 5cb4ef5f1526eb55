import { externalBase } from '@msb/core';
import { type Check, type Evidence, fail, pass, some, warn } from '../check.ts';
import { supportOf } from './support.ts';

/** A release that the image builds on. */
interface Release {
  readonly id: string;
  readonly version: string;
  readonly title: string;
}

/** What the image says about itself: /etc/os-release, and the variables that official images set. */
function releases({ image, dockerfile }: Evidence): readonly Release[] {
  const os = image.text('etc/os-release') ?? image.text('usr/lib/os-release') ?? '';
  const field = (name: string): string => new RegExp(`^${name}=["']?([^"'\\n]*)`, 'm').exec(os)?.[1] ?? '';
  const [id, whole] = [field('ID'), field('VERSION_ID')];
  // Alpine and Ubuntu support `3.24`, Amazon 1 was `2018.03`; the others what stands before the dot.
  const version =
    ['alpine', 'ubuntu'].includes(id) || /^20\d\d\./.test(whole) ? /^\d+\.\d+/.exec(whole)?.[0] : whole.split('.')[0];
  const last = dockerfile.stages.at(-1);
  // Distroless images say it in their name alone.
  const [, name = '', number = ''] =
    /\/distroless\/(nodejs|java)(\d+)/.exec(last ? externalBase(dockerfile, last) : '') ?? [];
  const said = { [name === 'java' ? 'JAVA_VERSION' : 'NODE_VERSION']: number, ...image.config.env };
  const languages = Object.entries(said).flatMap(([variable, value]) => languageRelease(variable, value) ?? []);
  return [...(id !== '' && version ? [{ id, version, title: `${id} ${version}` }] : []), ...languages];
}

/** Variables in which official images say what they bring, and how many parts of it name a release. */
const variables: Readonly<Record<string, { readonly id: string; readonly title: string; readonly parts: number }>> = {
  NODE_VERSION: { id: 'node', title: 'Node.js', parts: 1 },
  PYTHON_VERSION: { id: 'python', title: 'Python', parts: 2 },
  JAVA_VERSION: { id: 'java', title: 'Java', parts: 1 }, // Temurin's: jdk-25.0.1+8
  PHP_VERSION: { id: 'php', title: 'PHP', parts: 2 },
  RUBY_VERSION: { id: 'ruby', title: 'Ruby', parts: 2 },
};

function languageRelease(name: string, value: string): Release | undefined {
  const variable = variables[name];
  const [full] = /\d+(\.\d+)*/.exec(value) ?? [];
  if (variable === undefined || full === undefined) return undefined;
  const { id, title, parts } = variable;
  return { id, version: full.split('.').slice(0, parts).join('.'), title: `${title} ${full}` };
}

export const endOfLife: Check = {
  id: 'base',
  title: 'base',
  run(evidence) {
    const { today } = evidence;
    const known = releases(evidence).map((release) => ({
      ...release,
      support: supportOf(release.id, release.version),
    }));
    const dead = known.find(({ support }) => support && (support.longTerm ?? support.until) < today);
    const hint = 'Build on a newer release; create-msb-docker knows those of today.';
    if (dead?.support)
      return fail(`${dead.title} has had no updates since ${dead.support.longTerm ?? dead.support.until}`, hint);
    const old = known.find(({ support }) => support && support.until < today);
    if (old?.support) return warn(`${old.title} is left to long-term support, since ${old.support.until}`, hint);
    const text = known.map(
      ({ title, support }) => `${title}${support ? `, supported until ${support.until.slice(0, 7)}` : ''}`,
    );
    return pass(text.length > 0 ? text.join(' · ') : 'nothing that ages: no distribution in it');
  },
};

export const labels: Check = {
  id: 'labels',
  title: 'labels',
  onlyWarns: 'nothing breaks without them',
  run({ image }) {
    const prefix = 'org.opencontainers.image.';
    const others = Object.keys(image.config.labels);
    const names = others.filter((name) => name.startsWith(prefix));
    if (names.length > 0)
      return pass(
        some(
          names.map((name) => name.slice(prefix.length)),
          6,
        ),
      );
    return warn(
      others.length === 0
        ? 'nothing says what it is and where it comes from'
        : `nothing that tools look for says what it is and where it comes from: it has ${some(others, 4)}`,
      `Add LABEL ${prefix}title="…", and --label ${prefix}revision=… in the build.`,
    );
  },
};

export const buildkit: Check = {
  id: 'buildkit',
  title: 'BuildKit',
  onlyWarns: 'BuildKit calls them warnings; where they are to be errors, `# check=error=true` fails the build',
  run({ warnings }) {
    if (warnings === undefined) return undefined;
    if (warnings.length === 0) return pass('no warning of its checks');
    return warn(
      some(warnings.map(({ rule, line }) => `${rule} in line ${line}`)),
      `${warnings[0]?.message ?? ''}: see docker build --check.`,
    );
  },
};
