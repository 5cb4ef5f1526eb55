import { at, keysOf, oneLine, textAt } from '@msb/core';
import { type Pyproject, toolOf } from './pyproject.ts';

/** Labels that say what the image holds (https://specs.opencontainers.org/image-spec/annotations/). */
export function labels(pyproject: Pyproject, name: string): Readonly<Record<string, string>> {
  const project = at(pyproject.value, 'project');
  const poetry = toolOf(pyproject, 'poetry');
  const license = textAt(project, 'license') ?? textAt(project, 'license', 'text') ?? textAt(poetry, 'license');
  const urls = at(project, 'urls');
  const key = keysOf(urls).find((label) => /^(source|repository|code|github)/i.test(label));
  const source = (key === undefined ? undefined : textAt(urls, key)) ?? textAt(poetry, 'repository');
  const text = (label: string, value: string | undefined) => {
    const line = oneLine(value ?? '');
    return line === '' ? {} : { [`org.opencontainers.image.${label}`]: line };
  };
  return {
    ...text('title', name),
    ...text('description', textAt(project, 'description') ?? textAt(poetry, 'description')),
    ...text('licenses', license),
    ...text('source', source),
  };
}
