/** A tool that writes code which the project imports and Git does not have. */
export interface Generator {
  /** The package that brings it. */
  readonly package: string;
  /** The tool in a script. */
  readonly runs: RegExp;
  /** Its configuration: files of the project, without their endings. */
  readonly configs: readonly string[];
  /** Where its code goes unless the configuration says so. */
  readonly usual?: RegExp;
  /** What runs it where no script does. */
  readonly command?: string;
}

const row = (name: string, runs: RegExp, configs: readonly string[], more: Partial<Generator> = {}): Generator => ({
  package: name,
  runs,
  configs,
  ...more,
});

/** Tools that generate code, by their documentation. Adding one is adding a row. */
export const generators: readonly Generator[] = [
  // https://the-guild.dev/graphql/codegen/docs/config-reference/codegen-config
  row('@graphql-codegen/cli', /\b(?:graphql-codegen|gql-gen)\b/, ['codegen', '.graphqlrc', 'graphql.config'], {
    command: 'npx graphql-codegen',
  }),
  // https://buf.build/docs/configuration/v2/buf-gen-yaml/
  row('@bufbuild/buf', /\bbuf\s(?:[^&|;]*\s)?generate\b/, ['buf.gen'], { command: 'npx buf generate' }),
  // https://openapi-ts.dev/cli
  row('openapi-typescript', /\bopenapi-typescript\b/, ['redocly'], {}),
  // https://heyapi.dev/openapi-ts/configuration
  row('@hey-api/openapi-ts', /\bopenapi-ts\b/, ['openapi-ts.config'], { command: 'npx openapi-ts' }),
  // https://orval.dev/reference/configuration/overview
  row('orval', /\borval\b/, ['orval.config'], { command: 'npx orval' }),
  // https://typespec.io/docs/handbook/cli/
  row('@typespec/compiler', /\btsp\s+compile\b/, ['tspconfig'], { command: 'npx tsp compile .' }),
  // https://tsoa-community.github.io/docs/generating.html
  row('tsoa', /\btsoa\s+(?:spec-and-routes|routes|spec)\b/, ['tsoa'], { command: 'npx tsoa spec-and-routes' }),
  // https://panda-css.com/docs/references/cli#panda-codegen
  row('@pandacss/dev', /\bpanda(?:\s+codegen)?\b/, ['panda.config'], {
    usual: /(^|\/)styled-system(\/|$)/,
    command: 'npx panda codegen',
  }),
  // https://inlang.com/m/gerre34r/library-inlang-paraglideJs
  row('@inlang/paraglide-js', /\bparaglide-js\s+compile\b/, ['project.inlang/settings'], {
    usual: /(^|\/)paraglide(\/|$)/,
  }),
  // https://velite.js.org/reference/cli
  row('velite', /\bvelite\b/, ['velite.config'], { usual: /(^|\/)\.velite(\/|$)/, command: 'npx velite build' }),
  // https://fumadocs.dev/docs/mdx/cli
  row('fumadocs-mdx', /\bfumadocs-mdx\b/, ['source.config'], {
    usual: /(^|\/)\.source(\/|$)/,
    command: 'npx fumadocs-mdx',
  }),
  // https://relay.dev/docs/guides/compiler/
  row('relay-compiler', /\brelay-compiler\b/, ['relay.config'], {
    usual: /(^|\/)__generated__(\/|$)/,
    command: 'npx relay-compiler',
  }),
  // https://lingui.dev/ref/cli#compile
  row('@lingui/cli', /\blingui\s+compile\b/, ['lingui.config'], { usual: /(^|\/)locales?(\/|$)/ }),
  row('ts-proto', /\bprotoc\b/, [], {}),
  row('grpc-tools', /\bgrpc_tools_node_protoc\b/, [], {}),
  row('protobufjs-cli', /\bpb(?:js|ts)\b/, [], {}),
  row('typechain', /\btypechain\b/, [], {}),
  row('peggy', /\bpeggy\b/, [], {}),
];

/** What a type checker reads of a framework, which the framework's own build makes only later. */
export const frameworkTypes: readonly { readonly package: string; readonly runs: RegExp; readonly command: string }[] =
  [
    { package: '@sveltejs/kit', runs: /\bsvelte-kit\s+sync\b/, command: 'npx svelte-kit sync' },
    { package: 'nuxt', runs: /\bnuxt?i?\s+(?:prepare|typecheck)\b/, command: 'npx nuxt prepare' },
    { package: '@react-router/dev', runs: /\breact-router\s+typegen\b/, command: 'npx react-router typegen' },
  ];

/** Programs that check types, before or beside the build of a framework. */
export const typeCheckers = /\b(?:tsc|vue-tsc|svelte-check)\b/;
