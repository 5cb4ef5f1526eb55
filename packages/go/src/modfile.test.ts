import { MemoryTree, MsbError, Project } from '@msb/core';
import { describe, expect, test } from 'vitest';
import { moduleName, readModFile } from './modfile.ts';

const read = (text: string) => readModFile(new Project(new MemoryTree({ 'go.mod': text })));

/** The error that reading a go.mod ends with. */
function failure(text: string): MsbError {
  try {
    read(text);
  } catch (error) {
    if (error instanceof MsbError) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('readModFile', () => {
  test('reads blocks, single lines, comments and quotes', () => {
    const mod = read(`// a comment
module "example.com/acme/orders/v2" // another

go 1.26.1
toolchain go1.27.0

require example.com/one v1.0.0
require (
	example.com/two v0.0.0-20260101000000-abcdefabcdef // indirect

	// nothing here
	"example.com/three" v1.2.3
)
replace (
	example.com/one => ./one
	example.com/two v0.0.0 => example.com/fork v1.0.0
)
exclude example.com/four v1.0.0
retract [v1.0.0, v1.1.0]
tool example.com/one/cmd/gen
godebug default=go1.21
ignore ./node_modules
`);
    expect(mod.module).toEqual({ value: 'example.com/acme/orders/v2', line: 2 });
    expect(mod.go).toEqual({ value: '1.26.1', line: 4 });
    expect(mod.toolchain).toEqual({ value: '1.27.0', line: 5 });
    expect(mod.requires).toEqual([
      { value: 'example.com/one', version: 'v1.0.0', line: 7, indirect: false },
      { value: 'example.com/two', version: 'v0.0.0-20260101000000-abcdefabcdef', line: 9, indirect: true },
      { value: 'example.com/three', version: 'v1.2.3', line: 12, indirect: false },
    ]);
    expect(mod.localReplaces).toEqual([{ module: 'example.com/one', value: './one', line: 15 }]);
  });

  test('reads CRLF and a byte order mark', () => {
    expect(read('\uFEFFmodule example.com/a\r\n\r\ngo 1.26\r\n').go).toEqual({ value: '1.26', line: 3 });
  });

  test.each([
    ['module example.com/a\n\nrequires example.com/b v1.0.0\n', 3, /unknown directive "requires"/],
    ['module example.com/a\nrequire (\n\texample.com/b v1.0.0\n', 2, /not closed/],
    ['go 1.26\n', 1, /no module line/],
    ['module\n', 1, /module names nothing/],
    ['module example.com/a\ngo\n', 2, /go names nothing/],
    ['<<<<<<< HEAD\nmodule example.com/a\n', 1, /unknown directive/],
    ['', 1, /no module line/],
  ])('%j is broken at line %i', (text, line, message) => {
    const error = failure(text);
    expect(error.code).toBe('broken-file');
    expect(error.message).toMatch(message);
    expect(error.place).toEqual({ file: 'go.mod', line });
    expect(error.hint).toContain(`line ${line}`);
  });
});

test.each([
  ['github.com/acme/orders', 'orders'],
  ['github.com/acme/orders/v2', 'orders'],
  ['gopkg.in/yaml.v3', 'yaml'],
  ['orders', 'orders'],
  ['v2', 'v2'],
])('the name of module %s is %s', (path, name) => expect(moduleName(path)).toBe(name));
