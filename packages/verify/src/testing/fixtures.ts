import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { VerifyRequest } from '../request.ts';

/** An image that is wrong in one way, and the rows that say so. */
export interface Fixture {
  readonly name: string;
  /** Lines of the Dockerfile that change, by what they were; `''` as a key adds lines before USER. */
  readonly change?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string | Buffer>>;
  readonly request?: Partial<VerifyRequest>;
  /** Rows that are not right, with their status. All others have to be. */
  readonly expected: Readonly<Record<string, 'warn' | 'fail'>>;
  /** What the first of them says. */
  readonly reason: RegExp;
}

/** The image that passes every check. */
export const good = `FROM msb-verify-test/parts AS parts
FROM scratch AS app
LABEL org.opencontainers.image.title="app"
COPY --from=parts /roots.crt /etc/ssl/certs/ca-certificates.crt
COPY zone /usr/share/zoneinfo/Europe/Berlin
COPY srv /srv
COPY usr /usr
COPY --from=parts /app /app
USER 65532:65532
WORKDIR /store
VOLUME /store
EXPOSE 8080
ENTRYPOINT ["/app"]
`;

/** What the program of the good image reads and writes. */
export const goodRequest = { reads: ['/srv/server.js'], writes: ['/store'] } as const;

const installed = (dev: boolean): string =>
  JSON.stringify({ packages: { 'node_modules/x': { version: '1.0.0', ...(dev && { dev }) } } });

const key = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
}).privateKey;

/** What the good image's Dockerfile copies. */
export const goodFiles: Readonly<Record<string, string>> = {
  zone: 'TZif2',
  'srv/server.js': 'console.log(1)\n',
  'srv/.npmrc': `//registry.example.com/:_authToken=\${NPM_TOKEN}\n`,
  'usr/lib/x86_64-linux-gnu/libgnutls.so.30': key, // GnuTLS tests itself with it
  'srv/.env.example': 'API_TOKEN=fill-me-in\n',
  'srv/node_modules/x/package.json': '{}',
  'srv/node_modules/.package-lock.json': installed(false),
};

const user = 'USER 65532:65532';
const start = 'ENTRYPOINT ["/app"]';
const roots = 'COPY --from=parts /roots.crt /etc/ssl/certs/ca-certificates.crt';
const app = 'COPY --from=parts /app /app';

/** Put together here, so that no scanner takes this file for a leak. */
const token = `npm${'_'}${randomBytes(24).toString('base64').replace(/[+/=]/g, 'x').slice(0, 32)}Ab3X`;

/** The head of a 64-bit program for a machine, by its number in ELF; nothing that could run. */
function elfFor(machine: number): Buffer {
  const head = Buffer.alloc(128);
  head.write('\x7fELF\x02\x01\x01', 'latin1');
  head.writeUInt16LE(2, 16);
  head.writeUInt16LE(machine, 18);
  return head;
}

export const fixtures: readonly Fixture[] = [
  {
    name: 'is built for another architecture',
    change: { [app]: 'COPY --chmod=0755 arm64 /app' },
    files: { arm64: elfFor(183) },
    expected: { program: 'fail', starts: 'fail' },
    reason: /\/app is for arm64, the image for amd64/,
  },
  {
    name: 'is a script without its interpreter',
    change: { [start]: 'ENTRYPOINT ["/srv/run.sh"]' },
    files: { 'srv/run.sh': '#!/bin/sh\nexec /app\n' },
    expected: { program: 'fail', starts: 'fail' },
    reason: /\/srv\/run\.sh is a script for \/bin\/sh, which the image lacks/,
  },
  {
    name: 'exits at once',
    change: { [start]: 'ENTRYPOINT ["/app", "-exit"]' },
    expected: { starts: 'fail' },
    reason: /^exits with 3 after .*: DATABASE_URL is not set/,
  },
  {
    name: 'never answers',
    change: { [start]: 'ENTRYPOINT ["/app", "-mute"]' },
    request: { startTimeout: 2 },
    expected: { starts: 'fail' },
    reason: /^nothing answers on port 8080/,
  },
  {
    name: 'writes to its root',
    change: { [start]: 'ENTRYPOINT ["/app", "-write=/data/cache.db"]', '': 'COPY --chown=65532:65532 data /data' },
    files: { 'data/.keep': '' },
    expected: { 'read-only': 'fail', writable: 'warn' },
    reason: /^writes \/data\/cache\.db: with --read-only it exits with 3/,
  },
  {
    name: 'needs a capability',
    change: { [start]: 'ENTRYPOINT ["/app", "-chown=/tmp/x"]', [user]: 'USER 0' },
    expected: { privileges: 'fail', user: 'fail' },
    reason: /^starts with capabilities only/,
  },
  {
    name: 'needs both',
    change: {
      [start]: 'ENTRYPOINT ["/app", "-chown=/data/x"]',
      [user]: 'COPY data /data\nUSER 0',
    },
    files: { 'data/.keep': '' },
    expected: { 'read-only': 'fail', privileges: 'fail', user: 'fail' },
    reason: /^writes \/data\/x: with --read-only it exits with 3/,
  },
  {
    name: 'ignores SIGTERM',
    change: { [start]: 'ENTRYPOINT ["/app", "-deaf"]' },
    expected: { stops: 'fail' },
    reason: /^SIGTERM does not end it: killed after 1\d/,
  },
  { name: 'runs as root', change: { [user]: '' }, expected: { user: 'fail' }, reason: /^runs as root/ },
  {
    name: 'runs as a name',
    change: { [user]: 'COPY passwd /etc/passwd\nUSER app' },
    files: { passwd: 'app:x:65532:65532::/:/none\n' },
    expected: { user: 'warn' },
    reason: /^app is a name/,
  },
  {
    name: 'reads what only one user may',
    change: { [start]: 'ENTRYPOINT ["/app", "-read=/own.txt"]', '': 'COPY --chown=65532:65532 --chmod=0400 own.txt /' },
    files: { 'own.txt': 'x' },
    expected: { 'any-user': 'warn' },
    reason: /^as 31337:0 it exits with 3 .*permission denied/,
  },
  {
    name: 'can change its own program',
    change: { [app]: 'COPY --chown=65532:65532 --from=parts /app /app' },
    expected: { writable: 'fail' },
    reason: /^the program can change itself: \/app/,
  },
  {
    name: 'ships a shell',
    change: { '': 'COPY --from=busybox /bin/busybox /bin/sh' },
    expected: { shell: 'fail' },
    reason: /^\/bin\/sh, by COPY \/bin\/busybox \/bin\/sh/,
  },
  {
    name: 'lacks a file that the program reads',
    request: { reads: ['/srv/server.js', '/srv/prompts/hello.md'] },
    expected: { reads: 'fail' },
    reason: /^the image lacks \/srv\/prompts\/hello\.md/,
  },
  {
    name: 'has a folder that its user may not write to',
    change: { 'WORKDIR /store': 'USER 0\nWORKDIR /store\nUSER 65532:65532' },
    expected: { writes: 'fail' },
    reason: /^its user can't write to \/store/,
  },
  {
    name: 'ships a package manager',
    change: { '': 'COPY zone /sbin/apk' },
    expected: { 'package-manager': 'fail' },
    reason: /^\/sbin\/apk, by COPY zone/,
  },
  {
    name: 'ships a compiler',
    change: { '': 'COPY zone /usr/bin/x86_64-linux-gnu-gcc-14' },
    expected: { compiler: 'fail' },
    reason: /gcc-14, by COPY/,
  },
  {
    name: 'ships its history',
    change: { '': 'COPY git /srv/.git' },
    files: { 'git/HEAD': 'ref: refs/heads/main\n' },
    expected: { vcs: 'fail' },
    reason: /^\/srv\/\.git \(COPY git \/srv\/\.git\)/,
  },
  {
    name: 'leaves .npmrc in an early layer',
    change: { 'COPY srv /srv': 'COPY early/.npmrc /srv/.npmrc\nCOPY srv /srv' },
    files: { 'early/.npmrc': '//registry.example.com/:_authToken=0123-4567\n' },
    expected: { credentials: 'fail' },
    reason: /^\/srv\/\.npmrc \(COPY early\/\.npmrc .*, which a later layer only hides\)/,
  },
  {
    name: 'ships settings',
    files: { 'srv/.env': 'LOG_LEVEL=debug\n' },
    expected: { credentials: 'warn' },
    reason: /^\/srv\/\.env/,
  },
  {
    name: 'ships a private key',
    files: { 'srv/tls.pem': key },
    expected: { keys: 'fail' },
    reason: /^private key in \/srv\/tls\.pem/,
  },
  {
    name: 'ships a token',
    files: { 'srv/settings.json': JSON.stringify({ registry: token }) },
    expected: { tokens: 'fail' },
    reason: /^npm token in \/srv\/settings\.json/,
  },
  {
    name: 'has a password in its history',
    change: { '': 'ENV DB_PASSWORD=hunter2' },
    expected: { history: 'fail', buildkit: 'warn' },
    reason: /^the value of DB_PASSWORD is in the image's history, by ENV/,
  },
  { name: 'has no CA roots', change: { [roots]: '' }, expected: { 'ca-roots': 'warn' }, reason: /^none/ },
  {
    name: 'has broken CA roots',
    change: { [roots]: 'COPY zone /etc/ssl/certs/ca-certificates.crt' },
    expected: { 'ca-roots': 'fail' },
    reason: /holds no valid certificate/,
  },
  {
    name: 'has no time zones',
    change: { 'COPY zone /usr/share/zoneinfo/Europe/Berlin': '' },
    expected: { 'time-zones': 'warn' },
    reason: /^none: a program that asks for one/,
  },
  {
    name: 'names a time zone that it has not',
    change: { 'COPY zone /usr/share/zoneinfo/Europe/Berlin': 'ENV TZ=Europe/Berlin' },
    expected: { 'time-zones': 'fail' },
    reason: /^none, and TZ=Europe\/Berlin therefore means UTC/,
  },
  {
    name: 'ships source maps',
    files: { 'srv/server.js.map': '{}' },
    expected: { 'source-maps': 'warn' },
    reason: /^1 that show your sources: \/srv\/server\.js\.map/,
  },
  {
    name: 'ships development dependencies',
    files: { 'srv/node_modules/.package-lock.json': installed(true) },
    expected: { 'dev-dependencies': 'fail' },
    reason: /^1 package that only development needs: x/,
  },
  {
    name: 'is over its budget',
    request: { maxSize: 1_000_000 },
    expected: { size: 'fail' },
    reason: /^\d\.\d MB of 1\.0 MB · \/app/,
  },
  {
    name: 'hides bytes in an early layer',
    change: { 'COPY srv /srv': 'COPY early /srv\nCOPY srv /srv' },
    files: { 'early/big': 'x'.repeat(2_000_000), 'srv/big': 'y' },
    expected: { waste: 'warn' },
    reason: /^2\.0 MB that a later layer replaces or deletes: \/srv\/big 2\.0 MB/,
  },
  {
    name: 'hides most of its bytes',
    change: { 'COPY srv /srv': 'COPY early /srv\nCOPY srv /srv' },
    files: { 'early/big': 'x'.repeat(12_000_000), 'srv/big': 'y' },
    expected: { waste: 'fail' },
    reason: /^12\.0 MB that a later layer replaces or deletes: \/srv\/big 12\.0 MB/,
  },
  {
    name: 'builds on what has no updates',
    change: { '': 'COPY os-release /etc/os-release' },
    files: { 'os-release': 'ID=alpine\nVERSION_ID=3.14.2\n' },
    expected: { base: 'fail' },
    reason: /^alpine 3\.14 has had no updates since 2023-05-01/,
  },
  {
    name: 'says nothing of itself',
    change: { 'LABEL org.opencontainers.image.title="app"': '' },
    expected: { labels: 'warn' },
    reason: /^nothing says what it is/,
  },
  {
    name: 'has a warning of BuildKit',
    change: { 'FROM scratch AS app': 'FROM scratch as app' },
    expected: { buildkit: 'warn' },
    reason: /^FromAsCasing in line 2/,
  },
];

/** The Dockerfile of a fixture. */
export function dockerfileOf({ change = {} }: Fixture): string {
  const changed = Object.entries(change).reduce((text, [line, by]) => {
    if (line !== '' && !text.includes(`${line}\n`)) throw new Error(`the good Dockerfile has no line ${line}`);
    return line === ''
      ? text.replace(/^USER|^EXPOSE/m, `${by}\n$&`)
      : text.replace(`${line}\n`, by === '' ? '' : `${by}\n`);
  }, good);
  return changed;
}
