import { MemoryTree, Project } from '@msb/core';
import { describe, expect, test } from 'vitest';
import { findTags } from './tags.ts';

const tags = (files: Readonly<Record<string, string>>, given = {}) =>
  findTags(new Project(new MemoryTree(files)), given);

describe('findTags', () => {
  test('a flag decides, with commas or blanks', () => {
    expect(tags({ Makefile: 'build:\n\tgo build -tags x .\n' }, { tags: 'b,a a' })).toEqual({ names: ['a', 'b'] });
  });

  test.each([
    ['go build -tags=full,netgo ./cmd/x', ['full', 'netgo']],
    ["$(GO) build -o bin/x -tags 'netgo full' .", ['full', 'netgo']],
    ['go install --tags "full" ./...', ['full']],
    ['go build -ldflags "-X main.tags=no" .', []],
    ['go build -tags "$(TAGS)" .', []],
    ['go test -tags integration ./...', []],
    ['go build -tags full .\n\tgo build -tags other .', []],
    ['go build -tags full .\n\tgo build ./tools/x', []],
  ])('%s', (command, names) => {
    expect(tags({ Makefile: `build:\n\t${command}\n` }).names).toEqual(names);
  });

  test('says which line of a release sets them', () => {
    const text =
      'builds:\n  - main: ./cmd/x\n    tags:\n      - full # everything\n      - "netgo"\n    goos: [linux]\n';
    const place = { file: '.goreleaser.yml', line: 3 };
    expect(tags({ '.goreleaser.yml': text })).toEqual({ names: ['full', 'netgo'], place });
    const inline = 'builds:\n- tags: [full]\n- id: plain\n';
    expect(tags({ '.goreleaser.yml': inline.replace('\n- id: plain', '') }).names).toEqual(['full']);
    expect(tags({ '.goreleaser.yml': inline }).names, 'one build has none').toEqual([]);
  });

  test('knows its own Dockerfile from others', () => {
    const build = 'RUN go build -tags=timetzdata -o /out/x .\n';
    expect(tags({ Dockerfile: build }).names).toEqual(['timetzdata']);
    expect(tags({ Dockerfile: `# Made by create-msb-docker (go on alpine)\n${build}` }).names).toEqual([]);
  });
});
