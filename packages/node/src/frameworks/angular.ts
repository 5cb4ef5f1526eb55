import { at, join, keysOf, type Note, type Place, pathWord, readJson, textAt, type Value } from '@msb/core';
import type { Framework } from './framework.ts';

const file = 'angular.json';

/** Angular that renders on the server (https://angular.dev/guide/ssr): its bundle needs no node_modules. */
export const angular: Framework = {
  title: 'Angular',
  packages: ['@angular/ssr'],
  command: 'ng build',
  detect({ project }) {
    if (!project.has(file)) return undefined;
    const json = readJson(project, file);
    const names = keysOf(at(json.value, 'projects')).filter((name) => isServer(optionsOf(json.value, name)));
    const [name] = names;
    if (name === undefined) return undefined;
    const options = optionsOf(json.value, name);
    const target = at(json.value, 'projects', name, 'architect') === undefined ? 'targets' : 'architect';
    const line = json.line('projects', name, target, 'build', 'options', 'ssr');
    const place: Place = { file, ...(line !== undefined && { line }) };
    const base = pathWord(
      join(textAt(options, 'outputPath') ?? textAt(options, 'outputPath', 'base') ?? `dist/${name}`),
      'outputPath',
    );
    const folder = pathWord(join(base, textAt(options, 'outputPath', 'server') ?? 'server'), 'outputPath');
    return {
      kind: 'server',
      about: 'server of its application builder',
      place,
      entry: `${folder}/server.mjs`,
      folders: [{ src: base, dest: base }],
      modules: 'inside',
      env: {},
      port: 4000,
      handlesSigterm: false,
      build: {
        env: { NG_CLI_ANALYTICS: 'false' },
        caches: ['.angular/cache'],
        outputs: [base, '.angular'],
      },
      notes: [hosts(place)],
    };
  },
};

const optionsOf = (value: Value, name: string): Value =>
  at(value, 'projects', name, 'architect', 'build', 'options') ??
  at(value, 'projects', name, 'targets', 'build', 'options');

/** The builder `application` has `ssr`; with `outputMode: static` it makes pages. */
const isServer = (options: Value): boolean =>
  at(options, 'ssr') !== undefined && at(options, 'ssr') !== false && textAt(options, 'outputMode') !== 'static';

const hosts = (place: Place): Note => ({
  message: 'Angular renders for the hosts that it was told about only',
  hint: 'Name yours when the container runs: docker run --env NG_ALLOWED_HOSTS=shop.example.com.',
  place,
});
