import { parseDockerfile } from './parse.ts';

/** The names of all stages in some Dockerfile text. */
export const stageNames = (text: string): readonly string[] =>
  parseDockerfile(text).stages.flatMap((stage) => stage.name ?? []);

/**
 * Puts `prefix-` in front of the names of stages, wherever the text of a stage names one: `FROM x AS y`, `--from=x`,
 * a mount's `from=x`, and the comment that describes the stage. `names` are those that belong to the group.
 */
export function prefixStages(text: string, prefix: string, names: ReadonlySet<string>): string {
  const renamed = (name: string): string => (names.has(name) ? `${prefix}-${name}` : name);
  return text
    .split('\n')
    .map((line) => {
      if (/^FROM\s/i.test(line)) {
        return line.replace(/(\s)([^\s-][^\s]*)/g, (_, blank: string, word: string) => blank + renamed(word));
      }
      if (line.startsWith('# ')) return line.replace(/^# (\S+)/, (_, word: string) => `# ${renamed(word)}`);
      return line.replace(
        /(\s--from=|\s--mount=(?:\S*,)?from=)([^\s,]+)/g,
        (_, flag: string, name: string) => flag + renamed(name),
      );
    })
    .join('\n');
}
