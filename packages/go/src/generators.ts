import type { ModFile } from './modfile.ts';

/** A generator that is a Go program: where it is, by the name that directives and Makefiles call it. */
export const generators: Readonly<Record<string, readonly string[]>> = {
  stringer: ['golang.org/x/tools/cmd/stringer'],
  mockgen: ['go.uber.org/mock/mockgen', 'github.com/golang/mock/mockgen'],
  moq: ['github.com/matryer/moq'],
  mockery: ['github.com/vektra/mockery/v3', 'github.com/vektra/mockery/v2'],
  counterfeiter: ['github.com/maxbrunsfeld/counterfeiter/v6'],
  wire: ['github.com/google/wire/cmd/wire', 'github.com/goforj/wire/cmd/wire'],
  swag: ['github.com/swaggo/swag/v2/cmd/swag', 'github.com/swaggo/swag/cmd/swag'],
  sqlc: ['github.com/sqlc-dev/sqlc/cmd/sqlc', 'github.com/kyleconroy/sqlc/cmd/sqlc'],
  templ: ['github.com/a-h/templ/cmd/templ'],
  gqlgen: ['github.com/99designs/gqlgen'],
  ent: ['entgo.io/ent/cmd/ent'],
  'oapi-codegen': [
    'github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen',
    'github.com/deepmap/oapi-codegen/v2/cmd/oapi-codegen',
    'github.com/deepmap/oapi-codegen/cmd/oapi-codegen',
  ],
  ogen: ['github.com/ogen-go/ogen/cmd/ogen'],
  easyjson: ['github.com/mailru/easyjson/easyjson'],
  msgp: ['github.com/tinylib/msgp'],
  enumer: ['github.com/dmarkham/enumer'],
  'go-enum': ['github.com/abice/go-enum'],
  goverter: ['github.com/jmattheis/goverter/cmd/goverter'],
  qtc: ['github.com/valyala/quicktemplate/qtc'],
  statik: ['github.com/rakyll/statik'],
  'controller-gen': ['sigs.k8s.io/controller-tools/cmd/controller-gen'],
  buf: ['github.com/bufbuild/buf/cmd/buf'],
  jet: ['github.com/go-jet/jet/v2/cmd/jet'],
  gowrap: ['github.com/hexdigest/gowrap/cmd/gowrap'],
};

/** A generator whose version the project names, and how Go runs it. */
export interface PinnedTool {
  /** `go tool golang.org/x/tools/cmd/stringer`, `go run github.com/a-h/templ/cmd/templ@v0.3.977`. */
  readonly run: string;
  /** What puts it on the path, for a directive that calls it by its name; absent where go.mod has it as a tool. */
  readonly install: string;
}

/**
 * How the build runs a generator in the version that go.mod names, as a tool or as a module that the program requires.
 * `undefined` for one that go.mod does not know, whose version nobody has chosen.
 */
export function pinned(name: string, { tools, requires }: ModFile): PinnedTool | undefined {
  const packages = Object.hasOwn(generators, name) ? (generators[name] ?? []) : [];
  for (const path of packages) {
    // go.sum proves a tool of go.mod's
    if (tools.includes(path)) return { run: `go tool ${path}`, install: `go install ${path}` };
    const owner = requires
      .filter(({ value }) => path === value || path.startsWith(`${value}/`))
      .sort((a, b) => b.value.length - a.value.length)[0];
    // of a module with a major version in its path, another major is another module
    if (owner === undefined || /^\/v\d+(?:\/|$)/.test(path.slice(owner.value.length))) continue;
    if (!/^v[\w.+-]+$/.test(owner.version)) continue;
    return { run: `go run ${path}@${owner.version}`, install: `go install ${path}@${owner.version}` };
  }
  return undefined;
}

/** How to let the build run a generator that go.mod does not know. */
export const pinHint = (name: string): string | undefined => {
  const [path] = Object.hasOwn(generators, name) ? (generators[name] ?? []) : [];
  return path === undefined ? undefined : `go get -tool ${path}@latest`;
};
