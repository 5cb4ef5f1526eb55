import { join } from '../tree/tree.ts';
import { mountFields } from './words.ts';

/** `--mount=type=bind,source=a` → `--mount=type=bind,source=web/a`; what it takes of another stage stays. */
function mount(value: string, folder: string): string {
  const { type, from, source } = mountFields({ name: 'mount', value });
  if (type !== 'bind' || from !== undefined) return value;
  const moved = `source=${join(folder, source ?? '')}`;
  return source === undefined ? `${value},${moved}` : value.replace(/(?<=^|,)(?:source|src)=[^,]*/, moved);
}

/** The sources of COPY and ADD; what follows `<<` or comes from the network has no place in the context. */
function sources(line: string, folder: string): string {
  const [, head = '', rest = ''] = /^((?:COPY|ADD)(?:\s+--\S+)*\s+)(.*)$/.exec(line) ?? [];
  if (/\s--from=/.test(head)) return line;
  const words = rest.split(/\s+/);
  const moved = words.slice(0, -1).map((word) => (/^\d*<<|^\w+:\/\//.test(word) ? word : join(folder, word)));
  return `${head}${[...moved, words.at(-1)].join(' ')}`;
}

/**
 * The text of a stage whose sources are in a folder of the build context: what it takes from there is below that folder.
 * Templates name their sources as words, each on the line of its COPY.
 */
export const below = (text: string, folder: string): string =>
  text
    .split('\n')
    .map((line) =>
      /^(?:COPY|ADD)\s/.test(line)
        ? sources(line, folder)
        : line.replace(
            /(?<=^RUN .*|^\s+)(--mount=)(\S+)/g,
            (_, flag: string, value: string) => flag + mount(value, folder),
          ),
    )
    .join('\n');
