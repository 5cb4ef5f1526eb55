import { at, lineOf, type Place, type Project, readToml, type Value } from '@msb/core';

/** pyproject.toml, parsed (https://packaging.python.org/en/latest/specifications/pyproject-toml/). */
export interface Pyproject {
  readonly value: Value;
  /** Where a key is, found by its name at the start of a line. */
  place(key: string): Place;
}

/** The name of the file. */
export const pyprojectFile = 'pyproject.toml';

/** Reads pyproject.toml; one that is not there says nothing. Throws `broken-file`. */
export function readPyproject(project: Project): Pyproject {
  if (!project.has(pyprojectFile)) return { value: {}, place: () => ({ file: pyprojectFile }) };
  const text = project.mustText(pyprojectFile);
  return {
    value: readToml(project, pyprojectFile),
    place: (key) => {
      const line = lineOf(text, new RegExp(`^\\s*(?:${key}\\s*=|\\[+[^\\]]*\\b${key}\\]|"${key})`));
      return { file: pyprojectFile, ...(line !== undefined && { line }) };
    },
  };
}

/** The table of a tool: `[tool.uv]`. */
export const toolOf = (pyproject: Pyproject, name: string): Value => at(pyproject.value, 'tool', name);
