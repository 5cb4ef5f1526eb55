import { MemoryTree, scaffold } from '@msb/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { java } from '../index.ts';
import { mainJava, pom } from '../project.test.kit.ts';

const letters = [..."abcxyzABC019._-+@ $%{}()[]~,;'é日"];
const name = fc
  .string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 10 })
  .filter((text) => !/^[\s.~]|[\s.]$|^(target|src|node_modules|LICENSE|README)/i.test(text));
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));

/** Ways to spell a read of a file. */
const spellings: readonly ((literal: string) => string)[] = [
  (literal) => `Files.readString(Path.of(${literal}))`,
  (literal) => `new File(${literal})`,
  (literal) => `new FileInputStream(${literal})`,
  (literal) => `Files.lines(Paths.get(".", ${literal}))`,
];

const single = { folder: '', base: '' };
const member = { folder: 'app', base: 'app/' };

test.each([single, member])(
  'a file of any name that code reads is in the image, or the run says why not: $folder',
  (where) => {
    fc.assert(
      fc.property(path, fc.constantFrom(...spellings), (file, spelled) => {
        const code = mainJava('a.Main').replace('{}', () => `{ ${spelled(JSON.stringify(file))}; }`);
        const project = pom('<parent><artifactId>all</artifactId></parent>');
        const tree = new MemoryTree({
          ...(where.folder !== '' && {
            'pom.xml': pom('<modules><module>app</module></modules><packaging>pom</packaging>', 'all'),
          }),
          [`${where.base}pom.xml`]: where.folder === '' ? pom('') : project,
          [`${where.base}src/main/java/a/Main.java`]: code,
          [`${where.base}${file}`]: 'text',
        });
        const options = { runtime: 'distroless', name: 'app', main: 'a.Main', port: 0 };
        const { account, notes } = scaffold({ tree, folder: where.folder, ecosystems: [java], options });
        const read = account.reads.find((one) => one.when === 'run' && one.path === file);
        expect(read, file).toBeDefined();
        if (read?.outcome === 'added') {
          expect(tree.read(`${where.base}Dockerfile`, 'utf8'), file).toContain(file);
        } else {
          expect(
            notes.some(({ message }) => /isn't in the (image|repository)/.test(message)),
            `${read?.outcome} ${file}`,
          ).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  },
);
