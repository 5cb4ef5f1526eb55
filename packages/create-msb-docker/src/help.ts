import { flagName, type Listed, type OptionSchema, product } from '@msb/core';
import { ecosystemOptions, type Flag, ownFlags } from './flags.ts';

const row = ({ name, short, value, about }: Flag): string => {
  const flag = `${short ? `-${short}, ` : '    '}--${name}${value ? ` <${value}>` : ''}`;
  return flag.length > 30 ? `  ${flag}\n${' '.repeat(34)}${about}` : `  ${flag.padEnd(32)}${about}`;
};

/** What follows a flag: families are too many for a line, and a switch needs nothing. */
function valueFor(option: string, schema: OptionSchema): { readonly value?: string } {
  if (option === 'runtime') return { value: 'family' };
  return schema.type === 'boolean' ? {} : { value: schema.enum?.join('|') ?? schema.type };
}

/** The text of `--help`. */
export function helpText(ecosystems: readonly Listed[]): string {
  const options = ecosystemOptions(ecosystems).map(({ option, schema, titles }) => {
    const only = titles.length < ecosystems.length ? `${titles.join(', ')}: ` : '';
    const about = `${only}${schema.description}`;
    return row({ name: flagName(option).slice(2), about, ...valueFor(option, schema) });
  });
  return `create-msb-docker [folder] [flags]

Looks at a project and writes a multi-stage Dockerfile and a .dockerignore for it.
It asks only for what it can't detect; without a terminal it asks nothing.

Flags
${ownFlags.map(row).join('\n')}

What it would otherwise find or ask
${options.join('\n')}

Exit codes
  0 done, or nothing to do    1 an internal error         2 wrong usage, or an unanswered question
  3 a file is in the way      4 the project can't be served as it is     5 the result has findings
`;
}

/** The text of `--list`. */
export function listText(ecosystems: readonly Listed[]): string {
  const markers = ecosystems.map(({ manifest }) => manifest.markers.join(', '));
  const width = Math.max(...markers.map((text) => text.length)) + 2;
  const rows = ecosystems.map(({ manifest }, index) => {
    const [first, ...others] = manifest.runtimes;
    const choice = others.length > 0 ? ` (or ${others.join(', ')})` : '';
    return `${manifest.id.padEnd(8)}${manifest.title.padEnd(10)}${(markers[index] ?? '').padEnd(width)}ships on ${first}${choice}`;
  });
  const { title, default: version } = product('alpine');
  return `${rows.join('\n')}\n\nBase images are current as of ${title} ${version}.\n`;
}
