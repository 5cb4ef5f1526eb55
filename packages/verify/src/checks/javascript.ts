import { at, keysOf, readJson } from '@msb/core';
import { type Check, type Evidence, fail, pass, some, warn } from '../check.ts';
import type { SeenFile } from '../image/image.ts';

const own = ({ image }: Evidence): readonly SeenFile[] =>
  [...image.files.values()].filter(({ layer, type }) => !layer.inBase && type === 'file');

export const sourceMaps: Check = {
  id: 'source-maps',
  title: 'source maps',
  onlyWarns: 'who wants readable stack traces ships them on purpose',
  run(evidence) {
    const files = own(evidence).filter(({ path }) => !path.includes('node_modules/'));
    if (!files.some(({ path }) => /\.[cm]?js$/.test(path))) return undefined;
    const maps = files.filter(({ path }) => /\.([cm]?js|css)\.map$/.test(path)).map(({ path }) => `/${path}`);
    if (maps.length === 0) return pass('none');
    return warn(
      `${maps.length} that show your sources: ${some(maps)}`,
      'Leave them out of the build, or send them to where errors are collected and delete them there.',
    );
  },
};

/** Which packages only development needs: as the image's own record of its installation says, else package.json. */
export const devDependencies: Check = {
  id: 'dev-dependencies',
  title: 'development',
  run(evidence) {
    const folders = new Set(
      own(evidence).flatMap(
        ({ path }) => /^(.*?node_modules\/(?:@[^/]+\/)?[^/.][^/]*)\/package\.json$/.exec(path)?.[1] ?? [],
      ),
    );
    if (folders.size === 0) return undefined;
    const known = recorded(evidence, folders);
    const found = [...known, ...declared(evidence, folders)];
    const names = [...new Set(found.map((path) => path.replace(/^.*node_modules\//, '')))];
    if (names.length === 0) return pass(`none of ${folders.size} packages`);
    // The installation's own record is certain; package.json is only a sign.
    return (known.length > 0 ? fail : warn)(
      `${names.length === 1 ? '1 package' : `${names.length} packages`} that only development needs: ${some(names)}`,
      'Install with npm ci --omit=dev (or prune) in the stage that node_modules is copied from.',
    );
  },
};

/** npm writes down which packages are for development (https://docs.npmjs.com/cli/configuring-npm/package-lock-json). */
function recorded({ image }: Evidence, folders: ReadonlySet<string>): readonly string[] {
  const locks = [...image.files.keys()].filter((path) => /(^|\/)node_modules\/\.package-lock\.json$/.test(path));
  return locks.flatMap((path) => {
    const root = path.slice(0, -'node_modules/.package-lock.json'.length);
    const packages: unknown = at(parse(image.text(path)), 'packages');
    return keysOf(packages)
      .filter((name) => at(packages, name, 'dev') === true && folders.has(root + name))
      .map((name) => root + name);
  });
}

/**
 * Without such a record: packages that package.json names for development alone. One of them may be there for another
 * package's sake, so that only all of them together prove that nobody left them out.
 */
function declared({ image, project }: Evidence, folders: ReadonlySet<string>): readonly string[] {
  if (
    !project.has('package.json') ||
    [...image.files.keys()].some((path) => path.endsWith('node_modules/.package-lock.json'))
  )
    return [];
  const { value } = readJson(project, 'package.json');
  const names = keysOf(at(value, 'devDependencies')).filter((name) => at(value, 'dependencies', name) === undefined);
  const there = names.filter((name) => [...folders].some((folder) => folder.endsWith(`node_modules/${name}`)));
  return names.length > 0 && there.length === names.length ? there : [];
}

function parse(text = ''): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
