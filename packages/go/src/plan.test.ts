import { MemoryTree, MsbError, scaffold } from '@msb/core';
import { describe, expect, test } from 'vitest';
import { go } from './index.ts';

const program = 'package main\n\nfunc main() {\n}\n';

/** The Dockerfile of a project that nobody is asked about. */
function dockerfile(
  files: Readonly<Record<string, string>>,
  options: Readonly<Record<string, string | boolean>> = {},
): string {
  const tree = new MemoryTree({
    'go.mod': 'module example.com/acme/orders\n\ngo 1.26\n',
    'main.go': program,
    ...files,
  });
  scaffold({ tree, ecosystems: [go], options });
  return tree.read('Dockerfile', 'utf8') ?? '';
}

const required = 'module example.com/acme/orders\n\ngo 1.26\n\nrequire example.com/one v1.0.0\n';

describe('the build', () => {
  test('downloads nothing when nothing is required', () => {
    const text = dockerfile({});
    expect(text).not.toContain('go mod download');
    expect(text).toContain('FROM toolchain AS build');
    expect(text).toContain('go build -trimpath -buildvcs=false -ldflags=-s -tags=timetzdata -o /out/orders .\n');
  });

  test('mounts what the download reads', () => {
    const text = dockerfile({
      'go.mod': `${required}require example.com/far v1.0.0\nreplace example.com/one => ./libs/one/\nreplace example.com/two v1.0.0 => ./libs/two\n`,
      'go.sum': 'x',
      'libs/one/go.mod': 'module example.com/one\n',
      'libs/one/go.sum': 'x',
      'libs/two/go.mod': 'module example.com/two\n',
    });
    expect([...text.matchAll(/type=bind,source=(\S+),target=(\S+)/g)].map((match) => match[1])).toEqual([
      'go.mod',
      'go.sum',
      'libs/one/go.mod',
      'libs/one/go.sum',
      'libs/two/go.mod',
    ]);
    expect(text).toContain('FROM deps AS build');
    expect(text).not.toContain('-mod=mod');
    // go mod download writes to a go.mod that another Go release has tidied
    expect(text).toContain('--mount=type=bind,source=go.mod,target=go.mod,rw ');
  });

  test('downloads nothing when folders stand in for all modules', () => {
    const text = dockerfile({ 'go.mod': `${required}replace example.com/one => ./one\n`, 'one/go.mod': 'module x\n' });
    expect(text).not.toContain('go mod download');
    expect(text).not.toContain('-mod=mod');
  });

  test('accepts modules that no go.sum proves', () => {
    expect(dockerfile({ 'go.mod': required })).toContain('-mod=mod');
  });

  test('downloads nothing when modules are vendored', () => {
    const text = dockerfile({ 'go.mod': required, 'vendor/modules.txt': '# example.com/one v1.0.0\n' });
    expect(text).not.toContain('go mod download');
    expect(text).not.toContain('-mod=mod');
  });

  test('downloads modules that are vendored, where go build would not look there by itself', () => {
    const old = required.replace('go 1.26', 'go 1.13');
    expect(dockerfile({ 'go.mod': old, 'vendor/modules.txt': '# example.com/one v1.0.0\n' })).toContain(
      'go mod download',
    );
  });

  test('keeps symbols on request', () => {
    expect(dockerfile({}, { symbols: true })).toContain(
      'go build -trimpath -buildvcs=false -tags=timetzdata -o /out/orders .\n',
    );
    const stamped = {
      'v.go': 'package main\n\nvar version = "dev"\n',
      Makefile: 'x:\n\tgo build -ldflags "-X main.version=1"\n',
    };
    expect(dockerfile(stamped, { symbols: true })).toMatch(/-ldflags="-X main\.version=\$\{VERSION\}"/);
  });

  test('reads and builds under tags', () => {
    const files = {
      'full.go': '//go:build full\n\npackage main\n\nvar files = http.Dir("static")\n',
      'static/a.css': '',
    };
    expect(dockerfile(files)).toContain('-tags=timetzdata ');
    const text = dockerfile(files, { tags: 'full timetzdata' });
    expect(text).toContain('-tags=full,timetzdata ');
    expect(text).toContain('COPY --link static /app/static\n');
  });

  test('generates what is missing before it builds', () => {
    const text = dockerfile({
      'gen.go': 'package main\n\n//go:generate go run ./tools/gen -o kinds.go\n',
      'go.mod': required,
    });
    expect(text).toContain('FROM deps AS generate\n');
    expect(text).toContain('    go generate .\n');
    expect(text).toContain('FROM generate AS build\n');
  });

  test('writes to /tmp alone, and so has its home there', () => {
    expect(dockerfile({})).toContain('ENV HOME="/tmp"\n');
  });

  test('ships what the program reads at run time', () => {
    const text = dockerfile({
      'static/site.css': '',
      'web.go': 'package main\nvar files = http.Dir("./static")\n',
    });
    expect(text).toContain('WORKDIR /app\n');
    expect(text).toContain('COPY --link static /app/static\n');
  });

  test('compiles time zones in where the base has none', () => {
    expect(dockerfile({}, { runtime: 'alpine' })).toContain('-tags=timetzdata ');
    expect(dockerfile({}, { runtime: 'scratch' })).toContain('-tags=timetzdata ');
    expect(dockerfile({}, { runtime: 'distroless' })).not.toContain('-tags');
  });

  test('links C libraries against glibc, and ships those that the base lacks', () => {
    const box = '// #cgo pkg-config: libsodium\nimport "C"\n';
    const text = dockerfile({ 'box.go': `package main\n\n${box}` }, { runtime: 'distroless' });
    expect(text).toContain('FROM golang:1.26-trixie AS toolchain');
    expect(text).toContain('FROM gcr.io/distroless/cc-debian13:nonroot AS runtime-base');
    expect(text).toContain('apt-get install --yes --no-install-recommends libsodium-dev\n');
    expect(text).toContain('-ldflags=-s -tags=netgo,osusergo ');
    expect(text).toContain('COPY --link --from=libraries /libraries /usr/local/lib\n');
    expect(text).toContain('LD_LIBRARY_PATH="/usr/local/lib"');
  });

  test('private modules need no Git beside C libraries: that toolchain has it', () => {
    const files = {
      'box.go': 'package main\n\n// #cgo LDFLAGS: -lz\nimport "C"\n',
      'go.mod': 'module example.com/acme/orders\n\ngo 1.26\n\nrequire git.acme.dev/lib v1.0.0\n',
    };
    const text = dockerfile(files, { runtime: 'distroless', private: 'git.acme.dev' });
    expect(text).toContain('FROM compiler AS private\nENV GOPRIVATE="git.acme.dev"\n\n');
    expect(text).not.toContain('apk');
  });

  test('C++ needs nothing that the base lacks', () => {
    const files = { 'box.go': 'package main\n\nimport "C"\n', 'box.cpp': '' };
    const text = dockerfile(files, { runtime: 'distroless' });
    expect(text).toContain('FROM golang:1.26-trixie AS toolchain');
    expect(text).not.toMatch(/apt-get|LIBRARY_PATH|AS libraries/);
  });

  test('names UDP ports', () => {
    const socket = 'package main\nvar socket, _ = net.ListenPacket("udp", ":5353")\n';
    expect(dockerfile({ 'socket.go': socket })).toMatch(/^EXPOSE (?:\d+ )?5353\/udp$/m);
    expect(dockerfile({ 'socket.go': socket }, { udp: '53,67' })).toMatch(/^EXPOSE (?:\d+ )?53\/udp 67\/udp$/m);
    expect(dockerfile({ 'socket.go': socket }, { udp: '0' })).not.toContain('/udp');
  });

  test('compiles C in with a C compiler of the platform that ships, and asserts that the program is static', () => {
    const text = dockerfile({ 'sqlite.go': 'package main\n\nimport _ "github.com/mattn/go-sqlite3"\n' });
    expect(text).toContain('FROM golang:1.26-alpine3.24 AS toolchain');
    expect(text).toContain('FROM compiler AS build');
    expect(text).toContain('-ldflags="-s -linkmode external -extldflags -static"');
    expect(text).toContain('-tags=sqlite_omit_load_extension,netgo,osusergo,timetzdata ');
    expect(text).toContain("! readelf --program-headers /out/* | grep 'program interpreter'");
  });

  test('sees the files that only a build with C has', () => {
    const text = dockerfile({
      'sqlite.go': 'package main\n\nimport _ "github.com/mattn/go-sqlite3"\n',
      'pages_cgo.go': '//go:build cgo\n\npackage main\nvar files = http.Dir("static")\n',
      'static/a.css': '',
    });
    expect(text).toContain('COPY --link static /app/static\n');
  });

  test('keeps what is embedded in the build context', () => {
    const tree = new MemoryTree({
      'go.mod': 'module example.com/acme/orders\n\ngo 1.26\n',
      'main.go': `package main\n\n//go:embed README.md bin\nvar files embed.FS\n\nfunc main() {\n}\n`,
      'README.md': '',
      'bin/logo.svg': '',
    });
    scaffold({ tree, ecosystems: [go] });
    const ignored = (tree.read('.dockerignore', 'utf8') ?? '').split('\n');
    expect(ignored).toContain('LICENSE*');
    expect(ignored).not.toContain('*.md');
    expect(ignored).not.toContain('bin');
  });

  test('names the source of a hosted module', () => {
    expect(dockerfile({ 'go.mod': 'module github.com/acme/orders/v2\n' })).toContain(
      'org.opencontainers.image.source="https://github.com/acme/orders"',
    );
  });
});

describe('hostile values', () => {
  /** Lines that could be instructions of a Dockerfile. */
  const instructions = (text: string): readonly string[] =>
    text
      .split('\n')
      .filter((line) => /^[A-Z]+\b/.test(line))
      .map((line) => line.split(' ')[0] ?? '');

  const names = [
    'a b',
    'a"b',
    "a'b",
    'a$(id)',
    'a`id`',
    'a\\nUSER 0',
    'a;id',
    'ä',
    'a\u2028b',
    'a&&b',
    '-o',
    '..',
    '$IFS',
  ];

  test.each(names)('a module named %j breaks no Dockerfile', (name) => {
    const plain = instructions(dockerfile({}));
    try {
      const text = dockerfile({ 'go.mod': `module "example.com/${name}"\n\ngo 1.26\n` });
      expect(instructions(text)).toEqual(plain);
      expect(text).toMatch(/-o \/out\/[A-Za-z0-9._-]+ \.\n/);
    } catch (error) {
      expect(error).toBeInstanceOf(MsbError);
      expect((error as MsbError).message).not.toContain('\n');
    }
  });

  test.each(names)('a program in a folder named %j breaks no Dockerfile', (name) => {
    try {
      const files = { 'main.go': 'package orders\n', [`cmd/${name}/main.go`]: program };
      const text = dockerfile(files);
      expect(text).toMatch(/-o \/out\/[A-Za-z0-9._-]+ \.[A-Za-z0-9._/-]*\n/);
    } catch (error) {
      expect(error).toBeInstanceOf(MsbError);
      expect((error as MsbError).message).not.toContain('\n');
    }
  });

  test.each(names)('a replaced module in a folder named %j breaks no Dockerfile', (name) => {
    const files = {
      'go.mod': `${required}require example.com/far v1.0.0\nreplace example.com/one => "./${name}"\n`,
      [`${name}/go.mod`]: 'module x\n',
    };
    try {
      const mounts = [...dockerfile(files).matchAll(/type=bind,source=(.*),target=(.*) \\/g)];
      for (const [, source] of mounts) expect(source).toMatch(/^[\p{L}\p{N}._/-]+$/u);
    } catch (error) {
      expect(error).toBeInstanceOf(MsbError);
    }
  });

  test('a program whose name no image may have is refused in words', () => {
    expect(() => dockerfile({ 'main.go': 'package orders\n', 'cmd/größe/main.go': program })).toThrow(
      expect.objectContaining({ code: 'unsafe-value', message: expect.stringContaining('größe') }),
    );
  });
});
