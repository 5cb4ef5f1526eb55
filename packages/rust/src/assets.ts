import { join, type Project } from '@msb/core';
import { type Code, matchesIn } from './code.ts';
import type { Sources } from './sources.ts';

/** A file or folder that a program reads while it runs, and the line that says so. */
export interface Asset {
  /** As the program names it, relative to its working folder. */
  readonly path: string;
  /** Where it is in the project: its root, else the folder of the program's package. */
  readonly from: string;
  readonly file: string;
  readonly line: number;
}

/**
 * Calls that read a program's own pages, templates and migrations by a path. Group 1 is the path, which is relative to
 * the working folder. Other settings than a folder of them are none: they differ from one container to the next.
 */
const reading: readonly RegExp[] = [
  // tower-http: ServeDir::new("static"); Rocket: FileServer::from("static"); Salvo: StaticDir::new(["static"])
  /\b(?:ServeDir|ServeFile|FileServer|StaticDir|StaticFile|StaticFilesEndpoint|StaticFileEndpoint)::(?:new|from)\(\s*\[?\s*(?:relative!\(\s*)?"([^"]+)"/,
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

/** What stands before the first glob or placeholder; a path that has none stays whole. */
const fixedPart = (path: string): string => {
  const names = join(path).split('/');
  const glob = names.findIndex((name) => /[*?[{]/.test(name));
  return (glob < 0 ? names : names.slice(0, glob)).join('/');
};

/** The files and folders of the project that a binary's sources read by a literal path; a folder covers what is in it. */
export function findAssets(project: Project, { own, shared, locals, packages }: Sources): readonly Asset[] {
  const home = packages[0]?.cargo.folder ?? '';
  const code = [...own, ...shared, ...locals].filter(isProgram);
  const named = reading.flatMap((pattern) =>
    [...matchesIn(code, pattern)].map(({ match, place }) => ({ written: match[1] ?? '', place })),
  );
  const implied = usual.flatMap(([pattern, written]) =>
    [...matchesIn(code, pattern)].map(({ place }) => ({ written, place })),
  );
  const found = new Map<string, Asset>();
  for (const { written, place } of [...named, ...implied]) {
    const path = fixedPart(written);
    const inside = path !== '' && !path.startsWith('..') && !written.startsWith('/');
    const from = [path, join(home, path)].find((candidate) => project.exists(candidate));
    if (inside && from !== undefined && !found.has(path)) found.set(path, { path, from, ...place });
  }
  const covered = (path: string): boolean => [...found.keys()].some((other) => path.startsWith(`${other}/`));
  return [...found.values()].filter(({ path }) => !covered(path)).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** A build.rs reads its files while the program is compiled. */
const isProgram = ({ file }: Code): boolean => !/(^|\/)build\.rs$/.test(file);
