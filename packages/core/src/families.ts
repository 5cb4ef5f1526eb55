/** What there is to say of a family of base images. */
export interface FamilyTraits {
  /** For prompts and help. */
  readonly about: string;
  /** The unprivileged account that its images run as; its group has the same number. */
  readonly uid: number;
  /** Whether its images have a shell. */
  readonly shell: boolean;
  /** What it can ship: programs of a language, or a site, whose files the family's own server hands out. */
  readonly ships: 'program' | 'site';
}

/** 65532 is distroless' nonroot, and ours where the base has no such account. */
const nonroot = 65532;

/** The families of base images that a program or a site can ship on. */
export const families = {
  alpine: { about: 'busybox shell and apk; easy to look into', uid: nonroot, shell: true, ships: 'program' },
  distroless: {
    about: 'CA roots and time zones, no shell, no package manager',
    uid: nonroot,
    shell: false,
    ships: 'program',
  },
  // The account of nginxinc/nginx-unprivileged: https://github.com/nginx/docker-nginx-unprivileged
  nginx: { about: 'a web server for files that browsers get', uid: 101, shell: true, ships: 'site' },
  scratch: { about: 'nothing but your program, CA roots and /tmp', uid: nonroot, shell: false, ships: 'program' },
  slim: { about: 'Debian with a shell and apt', uid: nonroot, shell: true, ships: 'program' },
} as const satisfies Readonly<Record<string, FamilyTraits>>;

/** One of {@link families}. */
export type RuntimeFamily = keyof typeof families;

/** The names of all {@link families}. */
export const runtimeFamilies = Object.keys(families) as readonly RuntimeFamily[];
