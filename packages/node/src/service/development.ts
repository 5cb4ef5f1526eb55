import type { Hit, Note, Project } from '@msb/core';
import type { Build } from '../build.ts';
import type { PackageJson } from '../package-json.ts';
import { isTypeScript } from '../start/runners.ts';

/** Compilers that leave the names of modules in what they make; a bundler would bring the modules along. */
const compilers = /\b(?:tsc|nest build|swc|babel)\b/;
const bundlers = /\b(?:vite|esbuild|tsup|rollup|webpack|ncc|tsdown|unbuild|rsbuild|rspack|turbo|nx|bun build)\b/;

/** `import … from 'a/b'`, `require('@a/b')`: what is imported, and the package; types alone are taken out again. */
const imports =
  /^(?!\s*(?:\*|\/\/|(?:import|export)\s+type\b))(.*?)(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\(\s*)['"](@[\w.-]+\/[\w.-]+|[a-z][\w.-]*)(?=['"/])/;

/**
 * A package for development that the program imports. On a developer's machine it is there; an image has none of those,
 * so that the program would end where that line runs.
 */
export function developmentNotes(
  project: Project,
  { production, development, place }: PackageJson,
  files: readonly string[],
  build: Build | undefined,
): readonly Note[] {
  const text = build?.script?.text ?? build?.command ?? '';
  if (build !== undefined && (!compilers.test(text) || bundlers.test(text))) return [];
  for (const hit of project.matches(files, imports)) {
    const [, bindings = '', name = ''] = hit.match;
    if (!development.has(name) || production.has(name) || !isValue(project, hit, bindings)) continue;
    return [
      {
        message: `The program imports ${name} (${hit.file}:${hit.line}), which is for development only: the image does not have it`,
        hint: `Move it to dependencies: npm install --save-prod ${name}`,
        place: place('devDependencies', name),
      },
    ];
  }
  return [];
}

/** TypeScript drops an import whose names are types. */
function isValue(project: Project, { file }: Hit, bindings: string): boolean {
  if (!isTypeScript(file)) return true;
  const names =
    bindings.match(/\w+/g)?.filter((word) => !/^(?:import|export|const|let|var|await|as|default|type)$/.test(word)) ??
    [];
  const text = project.text(file) ?? '';
  return (
    names.length === 0 ||
    names.some((name) => new RegExp(String.raw`\b(?:new|extends)\s+${name}\b|(?<![\w.])${name}\s*[.(\x60]`).test(text))
  );
}
