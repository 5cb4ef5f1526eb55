// How a Go project is built by hand, changed, and given another dependency.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../measure.mjs';

export const marker = 'go.mod';
export const examples = ['examples/go-web', 'templates/go/fixtures/gin/project'];
export const runtimes = ['alpine', 'distroless', 'scratch'];

/** What our Dockerfile says of the project: its image, its program, and the command that builds it. */
export function factsOf(dockerfile) {
  const [, image] = /^FROM (?:--platform=\S+ )?(golang:\S+) AS toolchain$/m.exec(dockerfile);
  const [, command, chdir = '', main] = /^ {4}(go build (?:-C (\S+) )?.* -o \S+ (\S+))/m.exec(dockerfile);
  const copies = [...dockerfile.matchAll(/^COPY --link (?!--from)(\S+) (\S+)$/gm)].map(([, from, to]) => [from, to]);
  return { image, command, main: join(chdir, main), cgo: /CGO_ENABLED=1/.test(dockerfile), copies };
}

const alpine = 'alpine:3.24';
const compiler = ({ cgo }) => (cgo ? 'RUN apk add --no-cache gcc musl-dev\n' : '');

/** The usual two stages, without caches: everything is copied, and then compiled. */
export const naive = (facts) => `FROM ${facts.image} AS build
${compiler(facts)}WORKDIR /src
COPY . .
RUN CGO_ENABLED=${facts.cgo ? 1 : 0} go build -o /out/app ./${facts.main}

FROM ${alpine}
WORKDIR /app
COPY --from=build /out/app /usr/local/bin/app
${facts.copies.map(([from, to]) => `COPY ${from} ${to}\n`).join('')}CMD ["app"]
`;

/** The toolchain with the sources and everything compiled once, for builds in a running container. */
export const bare = (facts) => `FROM ${facts.image}
${compiler(facts)}WORKDIR /src
COPY . .
ENV CGO_ENABLED=${facts.cgo ? 1 : 0} VERSION=dev
RUN ${facts.command}
CMD ["sleep", "infinity"]
`;

export const command = (facts) => facts.command;

/** Our image in the place of another tag of the same one. */
export function baseOf(image, facts) {
  if (/^golang:(?!.*(trixie|bookworm))/.test(image)) return facts.image;
  return /^alpine(:|$)/.test(image) ? alpine : undefined;
}

/** The source file that has the program's `func main`. */
export function mainFile(folder, { main }) {
  const files = readdirSync(join(folder, main)).filter((name) => /\.go$/.test(name) && !/_test\.go$/.test(name));
  const found = files.find((name) => /^func main\(\)/m.test(readFileSync(join(folder, main, name), 'utf8')));
  return join(main, found);
}

/** A line that changes the program; what compiles to the same code would not be linked again. */
export const change = (text, index) => `${text}\nfunc init() { println("changed ${index}") }\n`;

/** Modules without dependencies of their own; the first that is not required yet is added. */
const additions = ['github.com/rs/xid@v1.6.0', 'github.com/segmentio/ksuid@v1.0.4'];

/** Requires one more module. Returns false where the project's modules are vendored. */
export function addDependency(folder, facts) {
  if (existsSync(join(folder, 'vendor'))) return false;
  const mod = readFileSync(join(folder, 'go.mod'), 'utf8');
  const addition = additions.find((module) => !mod.includes(module.split('@')[0]));
  const text = `FROM ${facts.image} AS get\nWORKDIR /src\nCOPY go.mod go.sum* ./\nRUN go get ${addition}\nFROM scratch\nCOPY --from=get /src/ /\n`;
  writeFileSync(join(folder, 'Dockerfile.get'), text);
  writeFileSync(join(folder, 'Dockerfile.get.dockerignore'), '*\n!go.mod\n!go.sum\n');
  run('docker', ['build', '--file', join(folder, 'Dockerfile.get'), '--output', folder, folder]);
  const source = join(folder, mainFile(folder, facts));
  writeFileSync(source, withImport(readFileSync(source, 'utf8'), addition.split('@')[0]));
  return true;
}

const withImport = (text, module) => text.replace(/^package \w+$/m, (line) => `${line}\n\nimport _ "${module}"`);
