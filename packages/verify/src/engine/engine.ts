/** How one container engine is spoken to. All of them took over most of Docker's command line. */
export interface Engine {
  readonly id: string;
  readonly title: string;
  readonly program: string;
  /** Asks whether it works here; fails with the reason. */
  readonly probe: readonly string[];
  /** The start of a build; file, tag and context follow. */
  readonly build: readonly string[];
  /** BuildKit's own checks, as JSON; absent for builders that have none. */
  readonly lint?: readonly string[];
  /** Writes an image as an archive to its output. */
  save(image: string): readonly string[];
  /** Whether it opens /dev/stdout by name to save an image: that must be a pipe then, and Node's are sockets. */
  readonly savesByName?: boolean;
  /** Whether it can run what it builds. */
  readonly runs: boolean;
}

const save = (image: string): readonly string[] => ['save', image];

/** The engines that we know, the likeliest first. To add one, add a row. */
export const engines: readonly Engine[] = [
  {
    id: 'docker',
    title: 'Docker',
    program: 'docker',
    probe: ['version', '--format', '{{.Server.Version}}'],
    build: ['build', '--load', '--progress=rawjson'],
    lint: ['build', '--call=check,format=json'],
    save,
    runs: true,
  },
  {
    id: 'podman',
    title: 'Podman',
    program: 'podman',
    probe: ['version', '--format', '{{.Client.Version}}'],
    build: ['build', '--format=docker'],
    save: (image) => ['save', '--format=docker-archive', image],
    runs: true,
  },
  {
    id: 'nerdctl',
    title: 'nerdctl',
    program: 'nerdctl',
    probe: ['version', '--format', '{{.Client.Version}}'],
    build: ['build', '--progress=plain'],
    save,
    runs: true,
  },
  {
    id: 'buildah',
    title: 'Buildah',
    program: 'buildah',
    probe: ['version'],
    build: ['build', '--format=docker'],
    save: (image) => ['push', '--quiet', image, 'docker-archive:/dev/stdout'],
    savesByName: true,
    runs: false,
  },
];
