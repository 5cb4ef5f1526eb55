import { changesText, type StageNote } from './explain.ts';

const escapes: Readonly<Record<string, string>> = { '"': '#quot;', '#': '#35;', '<': '#lt;', '>': '#gt;', '`': '#96;' };

/** Text inside quotes, where Mermaid knows entity codes (https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters). */
const label = (text: string): string => text.replace(/["#<>`]/g, (char) => escapes[char] ?? char);

/** The stages as a Mermaid flowchart, which GitHub and GitLab draw in a README. */
export function mermaid(notes: readonly StageNote[]): string {
  const id = (name: string): string => `s${notes.findIndex((note) => note.name === name)}`;
  const known = (name: string): boolean => notes.some((note) => note.name === name);
  const nodes = notes.map((note) => {
    const { name, image } = note;
    const lines = [`<b>${label(name)}</b>`, ...(image ? [label(image)] : []), label(changesText(note))];
    return `  ${id(name)}["${lines.join('<br/>')}"]`;
  });
  const edges = notes.flatMap(({ name, base, takes }) => [
    ...(base ? [`  ${id(base)} ==> ${id(name)}`] : []),
    ...merged(takes)
      .filter(([from]) => known(from))
      .map(([from, path]) => `  ${id(from)} -. "${label(path)}" .-> ${id(name)}`),
  ]);
  const aside = notes.filter(({ ships }) => !ships).map(({ name }) => `  style ${id(name)} stroke-dasharray: 4 4`);
  return `${['flowchart TD', ...nodes, ...edges, ...aside].join('\n')}\n`;
}

/** One arrow for each stage that is taken from, with the first of the paths, and how many more there are. */
export function merged(takes: StageNote['takes']): readonly (readonly [from: string, label: string])[] {
  return [...new Set(takes.map(({ from }) => from))].map((from) => {
    const [first = '', ...rest] = [...new Set(takes.filter((one) => one.from === from).map(({ path }) => path))];
    return [from, rest.length > 0 ? `${first} and ${rest.length} more` : first];
  });
}
