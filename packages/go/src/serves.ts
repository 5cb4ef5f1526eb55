import { exposedPort, type FoundPort, type Hit, type Note, type Project } from '@msb/core';
import { type GoPackage, importsOf } from './packages.ts';
import {
  clientPorts,
  clientSettings,
  nearFolders,
  operatorSettings,
  ownSettings,
  type PortIdiom,
  portIdioms,
} from './settings.ts';
import { findUdp } from './udp.ts';

/** How a program can be seen to serve something. */
const serving = [
  /\bListenAndServe(TLS)?\(/,
  /\b(net|tls)\.Listen(TCP|Config)?[({]/,
  /\bhttp\.Server\{/,
  /\bgrpc\.NewServer\(/,
  /\b(gin|fiber|echo|iris)\.(Default|New)\(/,
];

/** Larger files are generated, and no place for a setting. In characters. */
const largestSource = 256 * 1024;

/** Whether the program listens, and on which port. */
export interface Service {
  readonly serves: Hit | undefined;
  readonly port: FoundPort | undefined;
  /** Where it takes datagrams. */
  readonly udp: readonly FoundPort[];
  readonly notes: readonly Note[];
}

/** What an unattended run takes when nothing names the port: the one that most programs in containers use. */
export const usualPort = 8080;

/** Reads the sources of a program, its own package first. */
export function findService(project: Project, packages: readonly GoPackage[]): Service {
  const files = packages.flatMap((item) => item.files);
  const serves = project.search(files, serving);
  const udp = findUdp(project, packages);
  if (!serves) return { serves, port: undefined, udp, notes: [] };
  const found = findPort(project, packages);
  const port = found ?? exposedPort(project);
  if (!port) return { serves, port, udp, notes: [] };
  return { serves, port, udp, notes: [...(found?.loopback ? [loopbackNote(found)] : []), ...lowPort(port)] };
}

interface SourcePort extends FoundPort {
  /** The address next to the number is one that only the machine itself reaches. */
  readonly loopback: boolean;
}

function findPort(project: Project, packages: readonly GoPackage[]): SourcePort | undefined {
  const all = packages.flatMap(({ files }) => files);
  const near = packages.filter(({ folder }, index) => index === 0 || nearFolders.test(folder));
  const nearFiles = near.flatMap(({ files }) => files);
  const codes = new Map(all.map((file) => [file, once(() => codeOf(project, file))]));
  let operatorPort: SourcePort | undefined;
  for (const idiom of portIdioms) {
    for (const { port, operator } of hitsOf(project, codes, idiom.near ? nearFiles : all, idiom)) {
      if (!operator) return port;
      operatorPort ??= port;
    }
  }
  return operatorPort;
}

/** The code of a file without its comments; nothing of one so large that it is generated. */
function codeOf(project: Project, file: string): string {
  const source = project.text(file) ?? '';
  return source.length > largestSource ? '' : withoutComments(source);
}

/** Makes a value when it is first asked for, and keeps it. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

interface PortHit {
  readonly port: SourcePort;
  readonly operator: boolean;
}

function* hitsOf(
  project: Project,
  codes: ReadonlyMap<string, () => string>,
  files: readonly string[],
  idiom: PortIdiom,
): Generator<PortHit> {
  for (const file of files) {
    if (idiom.imports && !importsOf(project, [file]).some(({ path }) => path === idiom.imports)) continue;
    const text = codes.get(file)?.() ?? '';
    for (const match of text.matchAll(idiom.pattern)) {
      const port = idiom.port ?? Number(match[1]);
      const [whole] = match;
      const foreign =
        !idiom.listens && ((clientPorts.has(port) && !ownSettings.test(whole)) || clientSettings.test(whole));
      if (port < 1 || port > 65535 || foreign) continue;
      const digits = match[1] === undefined ? whole.length : whole.lastIndexOf(match[1]);
      const line = text.slice(0, match.index + digits).split('\n').length;
      const loopback = /"(?:https?:\/\/)?(127\.0\.0\.1|localhost|\[::1\]):\d+"?$/.test(whole);
      yield { port: { port, file, line, loopback }, operator: operatorSettings.test(whole) };
    }
  }
}

/** Blanks comments out; every line stays where it is. A `/*` in a string is most often a route, so it starts none. */
const withoutComments = (text: string): string =>
  text
    .replace(/^[ \t]*\/\*[\s\S]{0,20000}?\*\//gm, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|\s)\/\/.*$/gm, '$1');

const loopbackNote = ({ file, line }: FoundPort): Note => ({
  message: 'The program listens on loopback unless told otherwise, and nothing outside the container reaches that',
  hint: 'Let it listen on :PORT, or set the flag or variable for its address when you run the container.',
  place: { file, line },
});

/**
 * Docker and containerd 2 let everybody listen on low ports in a container (net.ipv4.ip_unprivileged_port_start=0);
 * Kubernetes with an older containerd does not (https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/).
 */
const lowPort = ({ port, file, line }: FoundPort): readonly Note[] =>
  port >= 1024
    ? []
    : [
        {
          message: `Port ${port} is below 1024: an unprivileged program may listen there under Docker, but not everywhere`,
          hint: 'Prefer one such as 8080, or set the sysctl net.ipv4.ip_unprivileged_port_start=0 for the pod.',
          place: { file, line },
        },
      ];
