import { join, type Place, type Project } from '@msb/core';

/** A file or folder that a program reads while it runs, and the line that says so; there is none for `--include`. */
export interface Asset {
  readonly path: string;
  readonly place?: Place;
}

/**
 * Calls that read a program's own pages, templates and migrations by a path. Group 1 is the path, which is relative to
 * the working folder. Settings (`os.ReadFile("config.yaml")`) are none: they differ from one container to the next.
 */
const reading: readonly RegExp[] = [
  // http.FileServer(http.Dir("static")), os.DirFS("public")
  /\b(?:http\.Dir|os\.DirFS)\("([^"]+)"\)/,
  // template.ParseGlob("templates/*.html"), template.Must(template.New("x").ParseFiles("a.html"))
  /\.Parse(?:Glob|Files)\("([^"]+)"/,
  // gin: r.LoadHTMLGlob("templates/**/*"), r.LoadHTMLFiles("index.html")
  /\.LoadHTML(?:Glob|Files)\("([^"]+)"/,
  // gin, echo and fiber: r.Static("/assets", "./assets"), r.StaticFile("/favicon.ico", "favicon.ico")
  /\.(?:Static|StaticFile|File)\("[^"]*",\s*"([^"]+)"/,
  // http.ServeFile(w, r, "index.html")
  /\bhttp\.ServeFile\(\w+,\s*\w+,\s*"([^"]+)"/,
  // fiber's html.New("./views", ".html")
  /\bhtml\.New\("([^"]+)"/,
  // golang-migrate: migrate.New("file://db/migrations", …)
  /"file:\/\/([^"/][^"]*)"/,
];

/** What stands before the first glob; a path that is none stays whole. */
const fixedPart = (path: string): string => {
  const names = join(path).split('/');
  const glob = names.findIndex((name) => /[*?[{]/.test(name));
  return (glob < 0 ? names : names.slice(0, glob)).join('/');
};

/** The files and folders of the project that the sources read by a literal path; a folder covers what is in it. */
export function findAssets(project: Project, sources: readonly string[]): readonly Asset[] {
  const found = new Map<string, Asset>();
  for (const { file, line, match } of reading.flatMap((pattern) => [...project.matches(sources, pattern)])) {
    const path = fixedPart(match[1] ?? '');
    const inside = path !== '' && !path.startsWith('..') && !match[1]?.startsWith('/');
    if (inside && !found.has(path) && project.exists(path)) found.set(path, { path, place: { file, line } });
  }
  return withoutCovered([...found.values()]);
}

/** Assets without those that lie in the folder of another one; the first of two of one path stays. */
export function withoutCovered(assets: readonly Asset[]): readonly Asset[] {
  const unique = [...new Map([...assets].reverse().map((asset) => [asset.path, asset])).values()];
  const covered = (path: string): boolean => unique.some((other) => path.startsWith(`${other.path}/`));
  return unique.filter(({ path }) => !covered(path)).sort((a, b) => (a.path < b.path ? -1 : 1));
}
