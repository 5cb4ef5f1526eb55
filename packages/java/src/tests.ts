import { join, type Project } from '@msb/core';
import { type Build, closure, type Module } from './build.ts';

const code = /\.(java|kt|groovy|scala)$/;

/** The modules with tests among those that a program is made of, itself first. */
export function testedModules(project: Project, build: Build, module: Module): readonly Module[] {
  const sources = project.sources().filter((path) => code.test(path));
  return closure(build, module).filter(({ folder }) => {
    const tests = `${join(folder, 'src/test')}/`;
    return sources.some((path) => path.startsWith(tests));
  });
}
