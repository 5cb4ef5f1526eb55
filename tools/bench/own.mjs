// The Dockerfile that a project has itself.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where projects keep one beside their root, with a folder for each base perhaps. */
const places = ['', 'docker', 'build', 'packaging/docker', 'packaging/docker/alpine'];

/** A Dockerfile of the project's own that its root is the build context of; `undefined` when there is none. */
export function ownDockerfile(project) {
  const file = places.map((place) => join(place, 'Dockerfile')).find((name) => existsSync(join(project, name)));
  if (file === undefined) return undefined;
  return { name: `its own ${file}`, text: readFileSync(join(project, file), 'utf8') };
}

/** The same text on the bases that ours is built on, so that neither has the smaller ones. */
export function onOurBases(text, baseOf) {
  return text.replace(/^(FROM\s+(?:--\S+\s+)*)(\S+)/gim, (line, from, image) => {
    const base = baseOf(image.replace(/^docker\.io\/(library\/)?/, ''));
    return base === undefined ? line : `${from}${base}`;
  });
}
