// How a Rust project is built by hand, changed, and given another dependency.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { run } from '../measure.mjs';

export const marker = 'Cargo.toml';
export const examples = ['templates/rust/fixtures/axum/project'];
export const runtimes = ['scratch', 'distroless', 'alpine'];
export const alternatives = [['--lto', 'off']];

/** What our Dockerfile says of the project: its image, what the build adds to it, and the command that compiles. */
export function factsOf(dockerfile) {
  const [, image] = /^FROM (?:--platform=\S+ )?(rust:\S+) AS toolchain$/m.exec(dockerfile);
  const [, stage] = /^FROM (?:toolchain|target) AS tools\n(.*?\n)\n/ms.exec(dockerfile);
  // what is about cache mounts says nothing without them
  const tools = stage.replace(/^(#|ARG|RUN ln) .*\n/gm, '');
  const packages = tools.replace(/^(ENV|WORKDIR) (?:.*\\\n)*.*\n/gm, '');
  const [command] = /^cargo rustc .*$/m.exec(dockerfile);
  // the folder of another platform's results is that of this one's without a name
  const [, made] = /^install -D (\S+) \/out\//m.exec(
    dockerfile.replace(/"target\/\$\(cat \/target\)\/(\S+)"/g, 'target/$1'),
  );
  const [, folder] = /^WORKDIR (\S+)$/m.exec(tools);
  const word = (flag) => new RegExp(`--${flag} (\\S+)`).exec(command)?.[1];
  const chosen = ['package', 'bin', 'features'].flatMap((flag) => (word(flag) ? [`--${flag} ${word(flag)}`] : []));
  const copies = [...dockerfile.matchAll(/^COPY --link (?!--from)(\S+) (\S+)$/gm)].map(([, from, to]) => [from, to]);
  const shipped = copies.filter(([, to]) => !to.startsWith('/src'));
  return { image, tools, packages, command, chosen, made, folder, owner: word('package'), bin: word('bin'), shipped };
}

const alpine = 'alpine:3.24';
/** What is linked with glibc can't run on Alpine. */
const base = ({ image }) => (/alpine/.test(image) ? alpine : 'debian:trixie-slim');

/** The usual two stages, without caches: everything is copied, and then compiled. */
export const naive = (facts) => `FROM ${facts.image} AS build
${facts.packages}WORKDIR ${facts.folder}
COPY . /src
RUN cargo build --release ${facts.chosen.join(' ')}

FROM ${base(facts)}
WORKDIR /app
COPY --from=build ${join(facts.folder, facts.made)} /usr/local/bin/app
${facts.shipped.map(([from, to]) => `COPY ${from} ${to}\n`).join('')}CMD ["app"]
`;

/** The toolchain with the sources and everything compiled once, for builds in a running container. */
export const bare = (facts) => `FROM ${facts.image}
${facts.tools}COPY . /src
RUN ${facts.command}
CMD ["sleep", "infinity"]
`;

export const command = (facts) => facts.command;

/** Our image in the place of another tag of the same one. */
export function baseOf(image, facts) {
  if (/^rust(:|$)(?!.*(trixie|bookworm|slim))/.test(image)) return facts.image;
  return /^alpine(:|$)/.test(image) ? alpine : undefined;
}

/** The source file that has the program's `fn main`. */
export function mainFile(folder, { owner, bin }) {
  const root = dirname(manifest(folder, owner));
  const text = readFileSync(join(folder, root, 'Cargo.toml'), 'utf8');
  const [table] = text.split(/^(?=\[)/m).filter((part) => part.startsWith('[[bin]]') && part.includes(`"${bin}"`));
  const named = /^path = "(.*)"$/m.exec(table ?? '')?.[1];
  const usual = [`src/bin/${bin}.rs`, `src/bin/${bin}/main.rs`, 'src/main.rs'];
  const places = named ? [named] : usual;
  return places.map((place) => join(root, place)).find((place) => existsSync(join(folder, place)));
}

/** The manifest of a package, or else of the root. */
function manifest(folder, owner) {
  if (owner === undefined) return 'Cargo.toml';
  const names = (name) => new RegExp(`^name = "${owner}"$`, 'm').test(readFileSync(join(folder, name), 'utf8'));
  const manifests = readdirSync(folder, { recursive: true }).filter((name) => basename(name) === 'Cargo.toml');
  return manifests.find(names);
}

const begin = /\bfn main\(\)[^{]*\{/;

/** The program says something else when it starts. */
export const change = (text, index) => text.replace(begin, (line) => `${line}\n    eprintln!("changed ${index}");`);

/** Crates without dependencies of their own; the first that is not there yet is added. */
const additions = ['hex@0.4.3', 'fnv@1.0.7', 'base64@0.22.1'];

/** Requires one more crate. */
export function addDependency(folder, facts) {
  const lock = readFileSync(join(folder, 'Cargo.lock'), 'utf8');
  const addition = additions.find((crate) => !lock.includes(`name = "${crate.split('@')[0]}"`));
  const member = facts.owner ? ` --package ${facts.owner}` : '';
  const changed = [manifest(folder, facts.owner), 'Cargo.lock'];
  writeFileSync(
    join(folder, 'Dockerfile.get'),
    `FROM ${facts.image} AS get
WORKDIR /src
COPY . .
RUN cargo add${member} ${addition} && cargo update --workspace
FROM scratch
${changed.map((file) => `COPY --from=get /src/${file} /${file}`).join('\n')}
`,
  );
  run('docker', ['build', '--file', join(folder, 'Dockerfile.get'), '--output', folder, folder]);
  const source = join(folder, mainFile(folder, facts));
  writeFileSync(source, `${readFileSync(source, 'utf8')}\nuse ${addition.split('@')[0]} as _;\n`);
  return true;
}
