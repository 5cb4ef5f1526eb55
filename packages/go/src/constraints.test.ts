import { describe, expect, test } from 'vitest';
import { isBuilt } from './constraints.ts';

const source = (line: string): string => `// Copyright\n\n${line}\n\npackage main\n`;

describe('isBuilt', () => {
  test.each([
    ['serve.go', true],
    ['serve_linux.go', true],
    ['serve_linux_amd64.go', true],
    ['serve_unix.go', true],
    ['serve_windows.go', false],
    ['serve_windows_amd64.go', false],
    ['serve_wasm.go', false],
    ['serve_js_wasm.go', false],
    ['serve_linux_386.go', false],
    ['serve_linux_test.go', false],
    ['serve_test.go', false],
    ['windows.go', true],
    ['darwin/serve.go', true],
    ['_draft.go', false],
    ['.hidden.go', false],
  ])('%s: %s', (file, built) => expect(isBuilt(file, 'package main\n')).toBe(built));

  test.each([
    ['//go:build ignore', false],
    ['//go:build linux', true],
    ['//go:build !windows', true],
    ['//go:build linux && !cgo', true],
    ['//go:build cgo', false],
    ['//go:build (darwin || linux) && go1.21', true],
    ['//go:build !(linux || darwin)', false],
    ['//go:build windows || darwin && arm64', false],
    ['//go:build integration', false],
    ['// +build ignore', false],
    ['// +build linux,!cgo darwin', true],
    ['// +build linux\n// +build cgo', false],
    ['//go:build linux\n// +build windows', true],
    ['//go:build (', false],
    [`//go:build ${'('.repeat(100_000)}`, true],
    ['// go:build ignore is what this would be', true],
  ])('%.60s: %s', (line, built) => expect(isBuilt('main.go', source(line))).toBe(built));

  test('a constraint below the package clause is none', () => {
    expect(isBuilt('main.go', 'package main\n\n//go:build ignore\n')).toBe(true);
  });
});
