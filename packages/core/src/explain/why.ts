import type { Instruction } from '../dockerfile/parse.ts';
import { execForm, mountFields } from '../dockerfile/words.ts';

const flag = ({ flags }: Instruction, name: string): string | undefined =>
  flags.find((one) => one.name === name)?.value;

const mounts = (instruction: Instruction, type: string): readonly Readonly<Record<string, string>>[] =>
  instruction.flags
    .filter(({ name }) => name === 'mount')
    .map(mountFields)
    .filter((fields) => fields.type === type);

const list = (words: readonly (string | undefined)[]): string => words.filter((word) => word).join(', ');

/** What the mounts of a RUN are for. */
function run(instruction: Instruction): string {
  const cache = mounts(instruction, 'cache').map(({ target }) => target);
  const secret = mounts(instruction, 'secret').map(({ id }) => id);
  const bind = mounts(instruction, 'bind').map(({ from, source }) =>
    from ? `${source ?? '/'} of ${from}` : (source ?? '.'),
  );
  return [
    'runs in the build only, never where the image runs',
    ...(bind.length > 0 ? [`sees ${list(bind)} without a layer that holds it`] : []),
    ...(cache.length > 0 ? [`keeps ${list(cache)} from one build to the next`] : []),
    ...(secret.length > 0 ? [`reads the secret ${list(secret)}, which stays in no layer`] : []),
  ].join('; ');
}

function copy(instruction: Instruction): string {
  const from = flag(instruction, 'from');
  const source = from === undefined ? 'from the build context' : `from ${from}, and nothing else of it`;
  const link =
    flag(instruction, 'link') === undefined ? '' : '; a layer of its own, so it stays when those before change';
  return `brings files ${source}${link}`;
}

const start = (instruction: Instruction): string =>
  execForm(instruction) === undefined
    ? 'starts by way of a shell, which is process 1 and passes no signal on'
    : 'starts the program itself as process 1, so that SIGTERM reaches it';

/** What each instruction is for, where the file has no comment of its own about it. */
const reasons: Readonly<Record<string, (instruction: Instruction) => string>> = {
  FROM: ({ args }) => (/^scratch(\s|$)/i.test(args) ? 'starts from nothing' : `starts from ${args.split(/\s/)[0]}`),
  RUN: run,
  COPY: copy,
  ADD: copy,
  WORKDIR: ({ args }) => `relative paths from here on begin in ${args}`,
  ENV: () => 'variables of the build from here on, and of the program',
  ARG: () => 'a value that docker build can set with --build-arg',
  LABEL: () => 'says what the image is; docker inspect and registries show it',
  USER: ({ args }) =>
    /^[1-9]\d*/.test(args) ? 'no root; a number, so that Kubernetes can check it' : `runs what follows as ${args}`,
  EXPOSE: () => 'tells which port the program listens on; it opens none',
  ENTRYPOINT: start,
  CMD: (instruction) =>
    execForm(instruction) ? 'arguments that docker run can replace, or the program itself' : start(instruction),
  HEALTHCHECK: () => 'how Docker asks whether the program is well; Kubernetes has probes of its own',
  VOLUME: () => 'data that outlives a container',
  STOPSIGNAL: ({ args }) => `docker stop sends ${args}`,
  SHELL: () => 'the shell for RUN, CMD and ENTRYPOINT in shell form',
};

/** Why an instruction is there: the comment above it or, failing that, what such an instruction is for. */
export function why(instruction: Instruction): string {
  const comment = instruction.keyword === 'FROM' ? '' : instruction.comment.join(' ');
  return comment || (reasons[instruction.keyword]?.(instruction) ?? '');
}
