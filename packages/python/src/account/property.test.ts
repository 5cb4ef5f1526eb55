import { ignoreMatcher, inspect, MemoryTree, propose, settle } from '@msb/core';
import { assert, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { python } from '../index.ts';
import type { Files } from '../project.test.kit.ts';

/** Names of tools' outputs, of secrets, and of what a build is made of; a backslash is no part of a name on all systems. */
const others =
  /^\.{1,2}$|[/\\]|^\.(env|git|aws|kube|ssh|netrc|venv)|^(node_modules|__pycache__|main\.py|app|packages|pyproject\.toml|requirements\.txt|uv\.lock)$|\.(pem|key|p12|pfx|jks|keystore|py|pyc|pyo|pyd)$|\.egg-info$|^id_(rsa|ecdsa|ed25519)|^[a-z][\w+]*:/;

const name = string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter(
  (text) => !others.test(text) && text === text.normalize() && !/[\p{C}]/u.test(text),
);

const system = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n';
const manifest = '[project]\nname = "shop"\nversion = "1"\ndependencies = []\n[project.scripts]\nshop = "shop:main"\n';

/** Projects, by how they are built: the folder that the file lies in, and the code that reads it. */
const shapes: Readonly<
  Record<string, (file: string) => { readonly files: Files; readonly folder: string; readonly path: string }>
> = {
  sources: (file) => ({
    files: { 'requirements.txt': '', 'main.py': `text = open(${JSON.stringify(file)}).read()\n`, [file]: '' },
    folder: '',
    path: file,
  }),
  'a package that reads from its working folder': (file) => ({
    files: {
      'pyproject.toml': `${manifest}${system}`,
      'src/shop/__init__.py': `text = open(${JSON.stringify(file)}).read()\n`,
      [file]: '',
    },
    folder: '',
    path: file,
  }),
  'a package that reads beside its modules': (file) => ({
    files: {
      'pyproject.toml': `${manifest}${system.replaceAll('hatchling', 'setuptools')}`,
      'src/shop/__init__.py': `text = (Path(__file__).parent / ${JSON.stringify(file)}).read_text()\n`,
      [`src/shop/${file}`]: '',
    },
    folder: '',
    path: `src/shop/${file}`,
  }),
  'a member of a workspace': (file) => ({
    files: {
      'pyproject.toml': '[tool.uv.workspace]\nmembers = ["packages/*"]\n',
      'packages/app/pyproject.toml': `${manifest}${system}`,
      'packages/app/src/shop/__init__.py': `text = (Path(__file__).parents[2] / ${JSON.stringify(file)}).read_text()\n`,
      [`packages/app/${file}`]: '',
    },
    folder: 'packages/app',
    path: `packages/app/${file}`,
  }),
};

describe('a file that code names is in the image, or it is said why not', () => {
  test.each(Object.entries(shapes))('%s', (_, shape) => {
    assert(
      property(name, (file) => {
        const { files, folder, path } = shape(file);
        const request = { tree: new MemoryTree(files), folder, ecosystems: [python], options: { runtime: 'slim' } };
        const { account, files: written, plan } = propose(settle(inspect(request)));
        const ignored = ignoreMatcher(written.find((one) => one.path.endsWith('ignore'))?.text ?? '');
        const read = account.reads.find((one) => one.when === 'run' && one.path.endsWith(file));
        // what lies among the modules is built with them, or ships with the sources
        const ships = plan.runtime.artifacts.some(({ dest }) => dest === '/app') && !ignored(path);
        expect(ships || ['image', 'added', 'unnamed'].includes(read?.outcome ?? 'no read')).toBe(true);
      }),
      { numRuns: 25 },
    );
  });
});
