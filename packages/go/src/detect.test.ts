import { inspect, MemoryTree, type MsbError, settle } from '@msb/core';
import { describe, expect, test } from 'vitest';
import { go } from './index.ts';

const program = 'package main\n\nfunc main() {\n}\n';
const mod = 'module example.com/acme/orders\n\ngo 1.26\n';

const look = (files: Readonly<Record<string, string>>, options: Readonly<Record<string, string | number>> = {}) =>
  inspect({ tree: new MemoryTree({ 'go.mod': mod, ...files }), ecosystems: [go], options });

function failure(run: () => unknown): MsbError {
  try {
    run();
  } catch (error) {
    return error as MsbError;
  }
  throw new Error('nothing was thrown');
}

describe('detectGo', () => {
  test('answers what the project says, with evidence', () => {
    const main = 'package main\n\nfunc main() {\n\tlog.Fatal(http.ListenAndServe(":8081", nil))\n}\n';
    const { options, open, detection } = look({ 'main.go': main });
    expect(options).toMatchObject({ main: '.', port: 8081, name: 'orders' });
    expect(open.map(({ name }) => name)).toEqual(['runtime']);
    expect(detection.facts).toEqual([
      { name: 'Go', value: '1.26', place: { file: 'go.mod', line: 3 } },
      { name: 'module', value: 'example.com/acme/orders', place: { file: 'go.mod', line: 1 } },
      { name: 'main', value: '.', place: { file: 'main.go', line: 3 } },
      { name: 'port', value: '8081', place: { file: 'main.go', line: 4 } },
      { name: 'modules', value: 'none, the standard library is enough' },
    ]);
  });

  test('has no question about the port of a tool', () => {
    expect(look({ 'main.go': program }).open.map(({ name }) => name)).toEqual(['runtime']);
  });

  test('calls a guessed port a guess, but not one that was given', () => {
    const files = { 'main.go': 'package main\n\nfunc main() {\n\thttp.ListenAndServe(address, nil)\n}\n' };
    const [note, ...others] = settle(look(files)).detection.notes;
    expect(note?.message).toContain('8080 is assumed');
    expect(note?.place).toEqual({ file: 'main.go', line: 4 });
    expect(others).toEqual([]);
    expect(settle(look(files, { port: 8080 })).detection.notes).toEqual([]);
  });

  test('asks which program, and reads the one that was chosen', () => {
    const serve = (port: number) => `package main\n\nfunc main() {\n\thttp.ListenAndServe(":${port}", nil)\n}\n`;
    const files = { 'cmd/a/main.go': serve(8081), 'cmd/b/main.go': serve(8082) };
    expect(look(files).open.map(({ name }) => name)).toContain('main');
    expect(look(files, { main: 'cmd/b' }).options).toMatchObject({ main: 'cmd/b', port: 8082, name: 'b' });
  });

  test('several programs and nobody to ask: all of them are listed', () => {
    const error = failure(() => settle(look({ 'cmd/a/main.go': program, 'cmd/b/main.go': program })));
    expect(error.code).toBe('open-question');
    expect(error.message).toContain('./cmd/a, ./cmd/b');
    expect(error.hint).toBe('Choose with --main ./cmd/a.');
  });

  test('a library with one example is not taken for a program', () => {
    const files = { 'orders.go': 'package orders\n', 'examples/base/main.go': program };
    expect(failure(() => settle(look(files))).message).toContain('./examples/base');
    expect(look(files, { main: 'examples/base' }).options.name).toBe('base');
  });

  test('a library is no program', () => {
    expect(failure(() => look({ 'orders.go': 'package orders\n' })).code).toBe('no-entry-point');
  });

  test('what another program of the module needs does not matter', () => {
    const files = {
      'main.go': program,
      'cmd/import/main.go':
        'package main\n\nimport _ "gopkg.in/gographics/imagick.v3/imagick"\n\n//go:embed dist\n\nfunc main() {\n}\n',
    };
    expect(look(files).detection.notes).toEqual([]);
    expect(failure(() => look(files, { main: './cmd/import' })).code).toBe('unsupported');
  });

  test('C that is optional is compiled in, unless it needs a library', () => {
    const required = `${mod}\nrequire github.com/mattn/go-sqlite3 v1.14.53\n`;
    const cgo = (more: string, options = {}) => {
      const text = `//go:build cgo\n\npackage main\n\nimport _ "github.com/mattn/go-sqlite3"\n${more}`;
      const { facts } = look({ 'go.mod': required, 'main.go': program, 'sqlite.go': text }, options).detection;
      return facts.find(({ name }) => name === 'cgo')?.place;
    };
    expect(cgo('')).toEqual({ file: 'sqlite.go', line: 5 });
    expect(cgo('import _ "github.com/h2non/bimg"\n')).toBeUndefined();
    expect(cgo('', { cgo: 'false' })).toBeUndefined();
  });

  test.each(['../shared', './a/../../shared', '/srv/shared'])('a module in %s is out of reach', (folder) => {
    const error = failure(() =>
      look({
        'go.mod': `${mod}\nrequire example.com/b v1.0.0\nreplace example.com/b => ${folder}\n`,
        'main.go': program,
      }),
    );
    expect(error.code).toBe('unsupported');
    expect(error.place).toEqual({ file: 'go.mod', line: 6 });
  });

  test('a missing go.sum is a note', () => {
    const files = { 'go.mod': `${mod}\nrequire example.com/b v1.0.0\n`, 'main.go': program };
    expect(look(files).detection.notes.map(({ hint }) => hint)).toEqual(['Run go mod tidy and commit go.sum.']);
    expect(look({ ...files, 'go.sum': 'x' }).detection.notes).toEqual([]);
    expect(look({ ...files, 'vendor/modules.txt': 'x' }).detection.notes).toEqual([]);
  });
});
