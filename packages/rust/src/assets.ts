import { join, type Place, type Project } from '@msb/core';
import { type Code, matchesIn } from './code.ts';
import type { Sources } from './sources.ts';

/** A file or folder that a program reads while it runs, and the line that says so; there is none for `--include`. */
export interface Asset {
  /** Where it is in the build context. */
  readonly from: string;
  /** Where the program looks for it, from the image's root. */
  readonly dest: string;
  readonly place?: Place;
}

/** The working folder of a program that reads files of the project. */
export const workdir = '/app';

/** The folder in which the template `build` compiles. */
const compiledIn = '/src';

/**
 * Calls that read a program's own pages, templates and migrations by a path. Group 1 is the path, which is relative to
 * the working folder. Other settings than a folder of them are none: they differ from one container to the next.
 */
const reading: readonly RegExp[] = [
  // tower-http: ServeDir::new("static"); Rocket: FileServer::from("static"); Salvo: StaticDir::new(["static"])
  /\b(?:ServeDir|ServeFile|FileServer|StaticDir|StaticFile|StaticFilesEndpoint|StaticFileEndpoint)::(?:new|from)\(\s*\[?\s*"([^"]+)"/,
  // actix-web: Files::new("/static", "./static")
  /\bFiles::new\(\s*"[^"]*",\s*"([^"]+)"/,
  // actix-web and Rocket: NamedFile::open("static/index.html")
  /\bNamedFile::open(?:_async)?\(\s*"([^"]+)"/,
  // warp::fs::dir("www/static")
  /\bfs::(?:dir|file)\(\s*"([^"]+)"/,
  // Tide: app.at("/public").serve_dir("public/")
  /\.serve_(?:dir|file)\(\s*"([^"]+)"/,
  // Tera::new("templates/**/*.html"), minijinja's path_loader("templates")
  /\b(?:Tera::(?:new|parse)|path_loader)\(\s*"([^"]+)"/,
  // Handlebars: register_templates_directory("templates", …), with the ending first before version 5
  /\.register_templates_directory\(\s*(?:"\.[^"/]*",\s*)?"([^"]+)"/,
  /\.register_template_file\(\s*"[^"]*",\s*"([^"]+)"/,
  // a folder of settings: config's File::with_name("config/default"), File::with_name(&format!("config/{stage}"))
  /\bFile::with_name\(\s*&?(?:format!\(\s*)?"([^"]+)\/[^"/]*"/,
  // current_dir()?.join("configuration"), in one statement or the next
  /\bcurrent_dir\(\)[^;]*;?[^;]*\.join\(\s*"([^"]+)"/,
  // Migrator::new(Path::new("./migrations")), fs::read_to_string("templates/mail.txt")
  /\b(?:Path::new|PathBuf::from|read_to_string|read_dir|fs::read|File::open)\(\s*"(\.?\/?(?:static|public|www|assets|templates|views|migrations)(?:\/[^"]*)?)"/,
];

/** What names no path, as its folder is a convention. */
const usual: readonly (readonly [pattern: RegExp, path: string])[] = [
  // https://api.rocket.rs/v0.5/rocket_dyn_templates/: template_dir is "templates"
  [/\bTemplate::(?:fairing|custom|try_custom)\(/, 'templates'],
];

/** Paths in the folder of the package, which is where it was compiled (CARGO_MANIFEST_DIR). */
export const manifestFolder: readonly RegExp[] = [
  // Path::new(env!("CARGO_MANIFEST_DIR")).join("assets")
  /\benv!\(\s*"CARGO_MANIFEST_DIR"\s*\)\s*\)\s*\.join\(\s*"([^"/][^"]*)"/,
  /(?<!include(?:_str|_bytes|_dir)?!\s*\(\s*)\bconcat!\(\s*env!\(\s*"CARGO_MANIFEST_DIR"\s*\)\s*,\s*"\/([^"]+)"/,
  // https://api.rocket.rs/v0.5/rocket/fs/macro.relative: FileServer::from(relative!("static"))
  /\brelative!\(\s*"([^"/][^"]*)"/,
];

/** What stands before the first glob or placeholder; a path that has none stays whole. */
const fixedPart = (path: string): string => {
  const names = join(path).split('/');
  const glob = names.findIndex((name) => /[*?[{]/.test(name));
  return (glob < 0 ? names : names.slice(0, glob)).join('/');
};

/**
 * The files and folders of the project that a binary's sources read by a literal path, and those that `--include` names;
 * a folder covers what is in it.
 */
export function findAssets(project: Project, sources: Sources, included: readonly string[] = []): readonly Asset[] {
  const code = programCode(sources);
  const named = included.map((path) => inWorkdir(project, sources, path));
  const found = new Map<string, Asset>();
  for (const asset of [...named, ...fromWorkdir(project, sources, code), ...fromManifest(project, sources, code)]) {
    if (!project.exists(asset.from) || found.has(asset.dest)) continue;
    found.set(asset.dest, { ...asset, from: project.inContext(asset.from) });
  }
  const covered = (path: string): boolean => [...found.keys()].some((other) => path.startsWith(`${other}/`));
  return [...found.values()].filter(({ dest }) => !covered(dest)).sort((a, b) => (a.dest < b.dest ? -1 : 1));
}

/** A path as a program finds it from its working folder: that of the project, else that of the binary's package. */
function inWorkdir(project: Project, { packages }: Sources, path: string): Asset {
  const home = packages[0]?.cargo.folder ?? '';
  return { from: project.exists(path) ? path : join(home, path), dest: `${workdir}/${path}` };
}

/** What is read from the working folder. */
function fromWorkdir(project: Project, sources: Sources, code: readonly Code[]): readonly Asset[] {
  const named = hits(code, reading);
  const implied = usual.flatMap(([pattern, path]) => hits(code, [pattern]).map((hit) => ({ ...hit, path })));
  return [...named, ...implied].flatMap(({ path: written, place }) => {
    const path = fixedPart(written);
    return isInside(path) && !written.startsWith('/') ? [{ ...inWorkdir(project, sources, path), place }] : [];
  });
}

/** What is read from the folder of a package. */
function fromManifest(project: Project, { packages }: Sources, code: readonly Code[]): readonly Asset[] {
  const folders = packages.map(({ cargo }) => cargo.folder).sort((a, b) => b.length - a.length);
  return hits(code, manifestFolder).flatMap(({ path, place }) => {
    const home = folders.find((folder) => folder === '' || place.file.startsWith(`${folder}/`)) ?? '';
    const from = join(home, fixedPart(path));
    return isInside(from) ? [{ from, dest: `${compiledIn}/${project.inContext(from)}`, place }] : [];
  });
}

const isInside = (path: string): boolean => path !== '' && !path.startsWith('..');

const hits = (code: readonly Code[], patterns: readonly RegExp[]) =>
  patterns.flatMap((pattern) =>
    [...matchesIn(code, pattern)].map(({ match, place }) => ({ path: match[1] ?? '', place })),
  );

/** What a program runs; a build.rs reads its files while the program is compiled. */
export const programCode = ({ own, shared, locals }: Sources): readonly Code[] =>
  [...own, ...shared, ...locals].filter(({ file }) => !/(^|\/)build\.rs$/.test(file));
