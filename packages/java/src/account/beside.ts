import { join } from '@msb/core';
import { closure } from '../build.ts';
import type { Found } from './code.ts';
import { type Ground, inImage } from './places.ts';

/** Files that a library looks for in the working folder, by its name; a folder in front may be `*`. */
const beside: readonly (readonly [dependency: RegExp, files: readonly RegExp[]])[] = [
  // https://docs.spring.io/spring-boot/reference/features/external-config.html#features.external-config.files
  [/^org\.springframework\.boot:/, [/^(config\/([^/]+\/)?)?(application|bootstrap)(-[\w-]+)?\.(properties|ya?ml)$/]],
  // https://quarkus.io/guides/config-reference#application-properties-file
  [/^io\.quarkus[\w.]*:/, [/^config\/application(-[\w-]+)?\.(properties|ya?ml)$/]],
  // https://docs.micronaut.io/latest/guide/#propertySource
  [/^io\.micronaut[\w.]*:/, [/^config\/application(-[\w-]+)?\.(properties|ya?ml|json|toml)$/]],
  [/^io\.helidon[\w.]*:/, [/^(application|meta-config)\.(ya?ml|properties|conf|json)$/]],
  // https://vertx.io/docs/vertx-config/java/#_using_the_config_retriever
  [/^io\.vertx:vertx-config/, [/^conf\/config\.(json|ya?ml|properties)$/]],
  [/^org\.quartz-scheduler:/, [/^quartz\.properties$/]],
  [/^com\.hazelcast:/, [/^hazelcast(-client)?\.(xml|ya?ml)$/]],
  [/^io\.sentry:/, [/^sentry\.properties$/]],
];

/** What the program's libraries find beside it, of what the repository has in the folder of the module or at its root. */
export function besideReads(ground: Ground): readonly Found[] {
  const { project, build, module } = ground;
  const modules = closure(build, module);
  const dependencies = modules.flatMap((item) => item.dependencies);
  const applies = (pattern: RegExp): boolean =>
    dependencies.some((name) => pattern.test(name)) ||
    (pattern.source.includes('springframework') && !!module.springBoot);
  const patterns = beside.filter(([dependency]) => applies(dependency)).flatMap(([, files]) => files);
  if (patterns.length === 0) return [];
  const seen = new Set<string>();
  return [...new Set([module.folder, ''])].flatMap((base) =>
    filesNear(ground, base).flatMap((name) => {
      if (seen.has(name) || !patterns.some((pattern) => pattern.test(name))) return [];
      seen.add(name);
      const path = join(base, name);
      return project.has(path) ? [{ path, at: inImage(ground, name), place: { file: path } }] : [];
    }),
  );
}

/** Files of a folder, and of those in it that programs are configured in. */
function filesNear({ project }: Ground, base: string): readonly string[] {
  const inside = (folder: string): readonly string[] =>
    project.list(join(base, folder)).map((name) => join(folder, name));
  const config = inside('config');
  return [...inside(''), ...config, ...config.flatMap(inside), ...inside('conf')];
}
