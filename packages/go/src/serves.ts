import { exposedPort, type FoundPort, type Hit, type Note, type Project } from '@msb/core';
import type { GoPackage } from './packages.ts';
import { findPort } from './ports.ts';
import { findUdp } from './udp.ts';

/** How a program can be seen to serve something. */
const serving = [
  /\bListenAndServe(TLS)?\(/,
  /\b(net|tls)\.Listen(TCP|Config)?[({]/,
  /\bhttp\.Server\{/,
  /\bgrpc\.NewServer\(/,
  /\b(gin|fiber|echo|iris)\.(Default|New)\(/,
];

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
