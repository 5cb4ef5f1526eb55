import { externalBase } from '@msb/core';
import { type Check, type Evidence, fail, pass, some, warn } from '../check.ts';
import type { SeenFile } from '../image/image.ts';
import { lookup } from '../image/lookup.ts';

/** Programs that an image does not need to run a service. */
interface Kind {
  readonly id: string;
  readonly title: string;
  readonly names: RegExp;
  /** alpine and slim have these, and who chose them knows. */
  readonly expected: boolean;
  readonly hint: string;
}

const kinds: readonly Kind[] = [
  {
    id: 'shell',
    title: 'shell',
    names: /^(ba|da|a|z|k|mk|fi)?sh$|^(busy|toy)box$/,
    expected: true,
    hint: 'Ship on distroless or scratch, which have none, and start the program directly.',
  },
  {
    id: 'package-manager',
    title: 'packages',
    names: /^(apk|apt|apt-get|dpkg|yum|dnf|microdnf|rpm|zypper|pacman|npm|npx|yarn|pnpm|corepack|pip[\d.]*|gem)$/,
    expected: true,
    hint: 'Ship on distroless or scratch; copy what was installed, not what installed it.',
  },
  {
    id: 'compiler',
    title: 'compiler',
    names: /^(.*-)?(gcc|g\+\+|cc|c\+\+|clang|clang\+\+)(-[\d.]+)?$|^(go|gofmt|rustc|cargo|javac|make|cmake|tsc|ld)$/,
    expected: false,
    hint: 'Compile in a stage of its own, and copy only the result into the last one.',
  },
];

const folders = /(^|\/)(s?bin|busybox)\/([^/]+)$/;

/** A link that leads nowhere is what is left of a program that was taken out. */
const found = ({ image }: Evidence, names: RegExp): readonly SeenFile[] =>
  [...image.files.values()].filter(({ path, type }) => {
    const name = folders.exec(path)?.[3];
    if (name === undefined || type === 'directory' || !names.test(name)) return false;
    return !path.includes('node_modules/.bin/') && lookup(image, path) !== undefined;
  });

/** What an ecosystem's image says of itself: the family that was chosen, or the name of the base. */
const chosen = ({ request }: Evidence): string | undefined =>
  request.family === 'alpine' || request.family === 'slim' ? request.family : undefined;

export const tools: readonly Check[] = kinds.map(({ id, title, names, expected, hint }) => ({
  id,
  title,
  run(evidence) {
    const all = found(evidence, names);
    const list = (files: readonly SeenFile[]): string => some(files.map(({ path }) => `/${path}`));
    const added = all.filter(({ layer }) => !layer.inBase);
    const [first] = added;
    if (all.length === 0) return pass('none');
    if (first !== undefined) return fail(`${list(added)}, by ${instruction(first)}`, hint);
    const family = chosen(evidence);
    const last = evidence.dockerfile.stages.at(-1);
    const base = last === undefined ? 'the base' : externalBase(evidence.dockerfile, last);
    if (!expected) return fail(`${list(all)}, from ${base}`, hint);
    return family
      ? pass(`${all.length} from the base, which was chosen: ${family}`)
      : warn(`${list(all)}, from ${base}`, hint);
  },
}));

/** A step of history as the Dockerfile has it: `RUN /bin/sh -c make # buildkit` → `RUN make`. */
export const instruction = ({ layer }: SeenFile): string => shortStep(layer.madeBy);

export const shortStep = (step: string): string => {
  const plain = step.replace(/\s*# buildkit$/, '').replace(/^RUN (\|\d+ .*?)?\/bin\/sh -c /, 'RUN ');
  return plain.length > 80 ? `${plain.slice(0, 79)}…` : plain;
};
