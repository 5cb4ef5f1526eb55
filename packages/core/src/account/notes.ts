import type { Manifest, Note } from '../ecosystem.ts';
import type { BuildPlan } from '../plan.ts';
import type { Account, SettledRead, SettledWrite } from './access.ts';
import { familyWith, lackingTools } from './tools.ts';

/** `a, b and 2 more`. */
function listed(names: readonly string[], most = 3): string {
  const all = [...new Set(names)];
  const more = all.length > most ? [`${all.length - most} more`] : [];
  const words = [...all.slice(0, most), ...more];
  const last = words.pop() ?? '';
  return words.length === 0 ? last : `${words.join(', ')} and ${last}`;
}

const at = (place: Note['place']): Pick<Note, 'place'> => (place === undefined ? {} : { place });

/** What the user should know of an account: one note for each kind of thing that they may have to act on. */
export function accountNotes(account: Account, plan: BuildPlan, manifest: Manifest, name: string): readonly Note[] {
  const { reads, writes, settings } = account;
  const of = (outcome: SettledRead['outcome']): readonly SettledRead[] =>
    reads.filter((read) => read.outcome === outcome);
  return [
    ...missing(of('missing')),
    ...secret(of('secret')),
    ...unnamed(of('unnamed')),
    ...written(writes, name),
    ...closed(writes.filter(({ readOnly }) => readOnly)),
    ...wanted(settings),
    ...lacking(plan, manifest),
  ];
}

const paths = (reads: readonly { readonly path: string }[]): string => listed(reads.map(({ path }) => path));

function missing(reads: readonly SettledRead[]): readonly Note[] {
  const [first] = reads;
  if (first === undefined) return [];
  const [who, what] = first.when === 'run' ? ['Your app', 'the image'] : ['The build', 'it'];
  return [
    {
      message: `${who} reads ${paths(reads)}, which ${reads.length === 1 ? "isn't" : "aren't"} in the repository, so ${what} lacks ${reads.length === 1 ? 'it' : 'them'}`,
      hint:
        first.when === 'run'
          ? 'Commit it, make it in the build, or mount it when you run the image: docker run -v.'
          : 'Commit it, or make it in an earlier step of the build.',
      ...at(first.place),
    },
  ];
}

function secret(reads: readonly SettledRead[]): readonly Note[] {
  const [first] = reads;
  if (first === undefined) return [];
  return [
    {
      message: `${first.when === 'run' ? 'Your app' : 'The build'} reads ${paths(reads)}, which looks like a secret, so it isn't in the image`,
      hint:
        first.when === 'run'
          ? `Mount it when you run the image: docker run -v "$PWD/${first.path}:${first.at ?? `/app/${first.path}`}:ro".`
          : 'Hand it to the build as a secret: docker build --secret.',
      ...at(first.place),
    },
  ];
}

function unnamed(reads: readonly SettledRead[]): readonly Note[] {
  const [first] = reads;
  if (first === undefined) return [];
  return [
    {
      message: `Your app reads ${paths(reads)}, a name that a Dockerfile can't have, so it isn't in the image`,
      hint: 'Rename it: letters, digits, blanks and . _ - + @ are safe.',
      ...at(first.place),
    },
  ];
}

function written(writes: readonly SettledWrite[], name: string): readonly Note[] {
  const kept = writes.filter(({ keep }) => keep !== undefined);
  const [first] = kept;
  if (first === undefined) return [];
  const folders = [...new Set(kept.flatMap(({ keep }) => keep ?? []))].sort();
  return [
    {
      message: `Your app writes ${paths(kept)}: ${listed(folders)} ${folders.length === 1 ? 'is a volume' : 'are volumes'} that its user owns`,
      hint: `Keep it with a named volume: docker run ${volumeArgs(name, folders).join(' ')}.`,
      ...at(first.place),
    },
  ];
}

function closed(writes: readonly SettledWrite[]): readonly Note[] {
  const [first] = writes;
  if (first === undefined) return [];
  return [
    {
      message: `Your app writes to ${paths(writes)} among its own files, which are read-only in the image`,
      hint: 'Write to a folder that holds nothing else, such as data/, or to /tmp.',
      ...at(first.place),
    },
  ];
}

/**
 * The arguments of `docker run` that keep folders in named volumes: `/data` of orders → `-v orders-data:/data`. Two folders
 * of one name are told apart by their paths.
 */
export function volumeArgs(name: string, folders: readonly string[]): readonly string[] {
  const last = (folder: string): string => folder.replace(/^.*\//, '');
  return folders.map((folder) => {
    const alone = folders.every((other) => other === folder || last(other) !== last(folder));
    const own = alone ? last(folder) : folder.slice(1);
    return `-v ${name}-${own.replace(/[^\w.]/g, '-')}:${folder}`;
  });
}

function wanted(settings: Account['settings']): readonly Note[] {
  const [first] = settings;
  if (first === undefined) return [];
  const names = settings.map(({ name }) => name);
  return [
    {
      message: `Your app needs ${listed(names, 6)} to start`,
      hint: `Set ${names.length === 1 ? 'it' : 'them'} when you run the image: docker run -e ${first.name}=….`,
      ...at(first.place),
    },
  ];
}

function lacking(plan: BuildPlan, { runtimes }: Manifest): readonly Note[] {
  const tools = lackingTools(plan);
  const [first] = tools;
  if (first === undefined) return [];
  const names = [...new Set(tools.map(({ name }) => name.replace(/^locale:/, 'the locale ')))];
  const family = familyWith(
    runtimes,
    tools.map(({ name }) => name),
  );
  return [
    {
      message: `Your app uses ${listed(names)}, which ${plan.runtime.family} doesn't have`,
      hint: family === undefined ? 'Add it to an image of your own.' : `Ship on what has it: --runtime ${family}.`,
      ...at(first.place),
    },
  ];
}
