import { exposedPort, type FoundPort, findPort, type Hit, type Note, type Project } from '@msb/core';

/** How a program can be seen to serve something. */
const serving = [
  /\.?ListenAndServe(TLS)?\(/,
  /\bnet\.Listen\(/,
  /\bgrpc\.NewServer\(/,
  /\b(gin|fiber|echo|iris)\.(Default|New)\(/,
];

/** Lines that name the port, the surest first. Port 0 and short numbers are no service. */
const ports = [
  /(?:ListenAndServe(?:TLS)?|\.Run|\.Listen|\.Start|StartServer)\(\s*"[^":]*:(\d{2,5})"/,
  /\bnet\.Listen\(\s*"tcp[46]?",\s*"[^":]*:(\d{2,5})"/,
  /\bAddr:\s*"[^":]*:(\d{2,5})"/,
  /(?:listen|addr|address|bind|port)\b.*?"[^":\s]*:(\d{2,5})"/i,
  /(?:listen|port|\bPORT)\w*"?\s*(?:,|\)|:?=|==).*?\b"?:?(\d{4,5})"?\b/i,
  /getenv\(\s*"\w*PORT\w*",\s*"(\d{2,5})"/i,
  /\bport"?,\s*.*?"(\d{2,5})"/i,
];

const loopback = /(?:ListenAndServe(?:TLS)?|\.Run|\.Listen|\.Start)\(\s*(?:"tcp",\s*)?"(?:127\.0\.0\.1|localhost):\d+"/;

/** Whether the program listens, and on which port. Files of the main package are looked at first. */
export interface Service {
  readonly serves: Hit | undefined;
  readonly port: FoundPort | undefined;
  readonly notes: readonly Note[];
}

export function findService(project: Project, sources: readonly string[], main: string): Service {
  const folder = main === '.' ? '' : main.slice(2);
  const own = sources.filter((path) => path.split('/').slice(0, -1).join('/') === folder);
  const others = sources.filter(
    (path) => !own.includes(path) && !/(^|\/)(examples?|tools?|scripts?|mocks?)\//.test(path),
  );
  const serves = project.search([...own, ...others], serving);
  if (!serves) return { serves, port: undefined, notes: [] };
  const port = findPort(project, own, ports) ?? findPort(project, others, ports) ?? exposedPort(project);
  const local = project.search([...own, ...others], [loopback]);
  const notes: Note[] = local
    ? [
        {
          message: 'The program listens on loopback only, where nothing outside the container reaches it',
          hint: 'Let it listen on :PORT, or on an address that a flag or variable sets.',
          place: { file: local.file, line: local.line },
        },
      ]
    : [];
  return { serves, port, notes };
}
