import { describe, expect, test } from 'vitest';
import { program, projectOf } from './project.test.kit.ts';
import { readWorkspace } from './workspace.ts';

const binariesOf = (files: Parameters<typeof projectOf>[0]): readonly string[] =>
  readWorkspace(projectOf(files)).members.flatMap(({ binaries }) =>
    binaries.map(({ name, file }) => `${name} ${file}`),
  );

describe('findBinaries', () => {
  test('by their place', () => {
    const files = program('', { 'src/bin/one.rs': '', 'src/bin/two/main.rs': '', 'src/bin/two/part.rs': '' });
    expect(binariesOf(files)).toEqual(['app src/main.rs', 'one src/bin/one.rs', 'two src/bin/two/main.rs']);
  });

  test('a declared one wins over the one found at the same path or of the same name', () => {
    const files = program('[[bin]]\nname = "server"\npath = "src/bin/s.rs"\n[[bin]]\nname = "two"\n', {
      'src/bin/s.rs': '',
      'src/bin/two.rs': '',
    });
    expect(binariesOf(files)).toEqual(['server src/bin/s.rs', 'two src/bin/two.rs', 'app src/main.rs']);
  });

  test('autobins = false leaves only the declared ones, and so does edition 2015', () => {
    const declared = '[[bin]]\nname = "x"\npath = "x.rs"\n';
    expect(binariesOf(program(`autobins = false\n${declared}`))).toEqual(['x x.rs']);
    expect(binariesOf({ 'Cargo.toml': `[package]\nname = "a"\n${declared}`, 'src/main.rs': '' })).toEqual(['x x.rs']);
  });

  test('required features and the line are kept', () => {
    const files = program('[[bin]]\nname = "x"\nrequired-features = ["http", "tls"]\n', { 'src/bin/x.rs': '' });
    const [binary] = readWorkspace(projectOf(files)).members.flatMap(({ binaries }) => binaries);
    expect(binary).toMatchObject({ features: ['http', 'tls'], place: { file: 'Cargo.toml', line: 5 } });
  });
});
