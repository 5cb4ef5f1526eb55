import { type Fact, type GivenOptions, givenText, isOurs, type Place, type Project } from '@msb/core';

/** Build tags, and the line that sets them; a flag has none. */
export interface BuildTags {
  readonly names: readonly string[];
  readonly place?: Place;
}

/** The tags that one command or one entry of a release is built with. */
interface Tagged {
  readonly names: readonly string[];
  readonly place: Place;
}

const none: BuildTags = { names: [] };

/** Words of `-tags`: commas, or blanks as before Go 1.13; `undefined` for what a variable would say. */
function words(text: string): readonly string[] | undefined {
  const names = text.split(/[\s,]+/).filter((word) => word !== '');
  return names.every((word) => /^[\w.]+$/.test(word)) ? [...new Set(names)].sort() : undefined;
}

/** The commands that compile in a build file: `go build -tags 'a b' …`, but neither tests nor generators. */
function commands(project: Project, file: string): readonly (Tagged | undefined)[] {
  return [...project.matches([file], /(?:\bgo|\$[({]GO[)}])\s+(?:build|install)\s(.*)$/)].map(({ line, match }) => {
    const rest = match[1] ?? '';
    const [, double, single, bare] = /\s-{1,2}tags[=\s]\s*(?:"([^"]*)"|'([^']*)'|(\S+))/.exec(` ${rest}`) ?? [];
    const names = words(double ?? single ?? bare ?? '');
    return names && { names, place: { file, line } };
  });
}

/** Lists of a YAML file below the key `tags`, such as those of GoReleaser's `builds`. */
function lists(project: Project, file: string): readonly (Tagged | undefined)[] {
  const found: (Tagged | undefined)[] = [];
  const lines = (project.text(file) ?? '').split('\n');
  for (const [index, text] of lines.entries()) {
    const [, inline] = /^(?=[\s-])\s*(?:- )?tags:\s*(\[[^\]]*\])?\s*(?:#.*)?$/.exec(text) ?? [undefined, undefined];
    if (!/^(?=[\s-])\s*(?:- )?tags:/.test(text)) continue;
    const items = inline === undefined ? itemsBelow(lines, index) : inline.slice(1, -1);
    const names = words(items.replace(/["']/g, ''));
    found.push(names && { names, place: { file, line: index + 1 } });
  }
  return found;
}

/** The items of the list that follows a line, with blanks in between. */
function itemsBelow(lines: readonly string[], index: number): string {
  const items: string[] = [];
  for (const line of lines.slice(index + 1)) {
    const [, item] = /^\s+-\s+([^\s#:]+)\s*(?:#.*)?$/.exec(line) ?? [];
    if (item === undefined) break;
    items.push(item);
  }
  return items.join(' ');
}

const goreleaser = ['.goreleaser.yaml', '.goreleaser.yml', 'goreleaser.yaml', 'goreleaser.yml'];

/** How many programs or variants GoReleaser is told to build. */
const buildsIn = (project: Project, file: string): number => {
  const [, section = ''] = /^builds:\n((?:[ \t#-].*\n|\n)*)/m.exec(`${project.text(file) ?? ''}\n`) ?? [];
  const [, indent] = /^(\s*)- /m.exec(section) ?? [];
  return indent === undefined ? 0 : section.split('\n').filter((line) => line.startsWith(`${indent}- `)).length;
};

/**
 * The build tags that `--tags` names, or those of the project's own releases where they are clear: all builds of its
 * GoReleaser file have the same ones, or all `go build` commands of its Makefile or Dockerfile.
 */
export function findTags(project: Project, given: GivenOptions): BuildTags {
  const asked = givenText(given, 'tags');
  if (asked !== undefined) return { names: words(asked) ?? [] };
  for (const file of goreleaser.filter((name) => project.has(name))) {
    const tagged = lists(project, file);
    return tagged.length > 0 && tagged.length === buildsIn(project, file) ? agreed(tagged) : none;
  }
  const others = ['Dockerfile', 'Makefile', 'GNUmakefile', 'justfile', 'Taskfile.yml'];
  for (const file of others.filter((name) => !isOurs(project.text(name) ?? ''))) {
    const found = agreed(commands(project, file));
    if (found.names.length > 0) return found;
  }
  return none;
}

/** What all builds have in common, if they have everything in common. */
function agreed(tagged: readonly (Tagged | undefined)[]): BuildTags {
  const [first] = tagged;
  const same = tagged.every((item) => item?.names.join() === first?.names.join());
  return first && same && first.names.length > 0 ? first : none;
}

/** The tags, and the line that sets them. */
export const tagsFact = ({ names, place }: BuildTags): readonly Fact[] =>
  names.length === 0 ? [] : [{ name: 'tags', value: names.join(', '), ...(place && { place }) }];
