/** Patterns with one purpose, under one comment. */
export interface IgnoreGroup {
  readonly about: string;
  readonly patterns: readonly string[];
  /** Whether they hold for the project's own folder, too, where that is not the build context. */
  readonly everywhere?: boolean;
}

/** What no build needs. A pattern that would drop a file that this build does need is left out. */
export const commonGroups: readonly IgnoreGroup[] = [
  {
    about: 'version control, editors and CI',
    patterns: ['.git', '.gitattributes', '.github', '.gitlab-ci.yml', '.vscode', '.idea', '**/.DS_Store'],
  },
  {
    about: 'Docker itself',
    everywhere: true,
    patterns: ['Dockerfile*', '.dockerignore', 'compose*.y*ml', 'docker-compose*.y*ml', 'docker-bake.*', '.msb.json'],
  },
  {
    about: 'about the project, for people; their changes rebuild nothing',
    patterns: ['README*', 'CHANGELOG*', 'CONTRIBUTING*', 'LICENSE*'],
  },
];

/** What must never reach a layer. Not `id_*`: that would swallow `id_token.ts`. */
export const secretGroup: IgnoreGroup = {
  about: 'secrets; last, so that no line above lets them in again',
  patterns: [
    '**/.env*',
    '**/*.pem',
    '**/*.key',
    '**/*.p12',
    '**/*.pfx',
    '**/*.jks',
    '**/*.keystore',
    '**/.netrc',
    '**/.git-credentials',
    '**/.aws',
    '**/.kube',
    '**/.ssh',
    '**/id_rsa*',
    '**/id_ecdsa*',
    '**/id_ed25519*',
  ],
};
