import { type Fact, type FoundPort, isOurs, type Project } from '@msb/core';
import type { GoPackage } from './packages.ts';

/** A DNS server (https://pkg.go.dev/github.com/miekg/dns#Server). */
const dnsServer = /\bdns\.Server\{/;

/** How a program can be seen to take datagrams. */
const receiving = [/\bListenUDP\(/, /\bListenPacket\((?:\w+,\s*)?"udp[46]?"/, dnsServer];

/** Lines that name the port that datagrams arrive at. Group 1 is the number. */
const idioms: readonly RegExp[] = [
  // net.ListenPacket("udp", ":5353"); net.ResolveUDPAddr("udp", ":5353"), where another host would be somebody else's
  /\b(?:ListenPacket|ResolveUDPAddr)\((?:\w+,\s*)?"udp[46]?",\s*"(?:0\.0\.0\.0|\[::\])?:(\d{1,5})"/,
  // net.ListenUDP("udp", &net.UDPAddr{Port: 5353})
  /\bListenUDP\(\s*"udp[46]?",\s*&net\.UDPAddr\{[^}]*\bPort:\s*(\d{1,5})/,
  // a flag or a setting: "statsd.listen-udp", "…").Default(":9125"); flag.Int("udp-port", 8125, "…")
  /"[\w.-]{0,40}(?:(?:listen|addr|port|bind)[\w.-]{0,40}udp|udp[\w.-]{0,40}(?:listen|addr|port|bind))[\w.-]{0,40}".{0,200}?[\s":(](\d{2,5})"?\s*[),]/i,
];

/** The ports that somebody's own Dockerfile exposes for datagrams. */
function exposed(project: Project): readonly FoundPort[] {
  if (isOurs(project.text('Dockerfile') ?? '')) return [];
  return [...project.matches(['Dockerfile'], /^\s*EXPOSE\s+(.+)$/i)].flatMap(({ file, line, match }) =>
    [...(match[1] ?? '').matchAll(/\b(\d{1,5})\/udp\b/gi)].map(([, port]) => ({ port: Number(port), file, line })),
  );
}

/**
 * The UDP ports that a program listens on: those that its sources name, else those of the project's own Dockerfile, else
 * that of DNS for a DNS server. None for a program that takes no datagrams.
 */
export function findUdp(project: Project, packages: readonly GoPackage[]): readonly FoundPort[] {
  const files = packages.flatMap((item) => item.files);
  if (!project.search(files, receiving)) return [];
  const named = idioms.flatMap((idiom) =>
    [...project.matches(files, idiom)].map(({ file, line, match }) => ({ port: Number(match[1]), file, line })),
  );
  const dns = project.search(files, [dnsServer]);
  const usual = dns ? [{ port: 53, file: dns.file, line: dns.line }] : [];
  const found = [named, exposed(project), usual].find((ports) => ports.length > 0) ?? [];
  const valid = found.filter(({ port }) => port > 0 && port < 65536);
  return [...new Map([...valid].reverse().map((item) => [item.port, item])).values()].sort((a, b) => a.port - b.port);
}

/** A fact for each UDP port. */
export const udpFacts = (ports: readonly FoundPort[]): readonly Fact[] =>
  ports.map(({ port, file, line }) => ({ name: 'udp', value: String(port), place: { file, line } }));

/** The ports of `--udp`: `53,853`; `0` is none. */
export const readUdp = (text: string): readonly number[] =>
  text
    .split(',')
    .map(Number)
    .filter((port) => port > 0);
