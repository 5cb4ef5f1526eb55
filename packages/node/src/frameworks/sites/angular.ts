import { at, type JsonFile, join, keysOf, MsbError, readJson, textAt, type Value } from '@msb/core';
import type { Framework, FrameworkContext } from '../framework.ts';
import { site } from './row.ts';
import type { Found, Settings } from './settings.ts';

const file = 'angular.json';

/** The build of the one application in angular.json, and where it is. */
interface Application {
  readonly name: string;
  readonly json: JsonFile;
  readonly path: readonly string[];
  readonly options: Value;
  /** The options of the configuration that a build takes by itself. */
  readonly production: Value;
}

/**
 * Angular as a site: https://angular.dev/reference/configs/workspace-config. The application builder puts what is for
 * browsers into a folder of its own: https://angular.dev/tools/cli/build-system-migration
 */
export const angular: Framework = {
  ...site({
    title: 'Angular',
    packages: ['@angular/core'],
    command: 'ng build',
    is: (settings) => {
      if (!settings.project.has(file)) return false;
      const { options, production } = application(settings);
      const [server, mode] = ['ssr', 'outputMode'].map((key) => at(production, key) ?? at(options, key));
      return mode === 'static' || server === undefined || server === false;
    },
    folder: outputFolder,
    base: (settings) => {
      const { options, production } = application(settings);
      const found = settings.read({ flag: '--base-href', usual: '' });
      if (found.value !== '') return found;
      return { value: textAt(production, 'baseHref') ?? textAt(options, 'baseHref') ?? '/' };
    },
    fallback: (settings) =>
      textAt(application(settings).options, 'outputMode') === 'static' ? undefined : '/index.html',
    // `main-6UHQ3FXW.js` of the application builder, `main.0123456789abcdef.js` of the older one.
    immutable: [String.raw`-[A-Z0-9]{8}\.\w+$`, String.raw`\.[0-9a-f]{16,20}\.(?:css|js|woff2?)$`],
    prefixes: ['NG_APP_'],
    env: { NG_CLI_ANALYTICS: 'false' },
    caches: ['.angular/cache'],
    maps: (settings) =>
      settings.runs(/--source-map\b/) || Boolean(at(application(settings).production, 'sourceMap') ?? false),
  }),
};

function outputFolder(settings: Settings): Found {
  const { name, json, path, options } = application(settings);
  const flag = settings.read({ flag: '--output-path', usual: '' });
  const text = textAt(options, 'outputPath') ?? textAt(options, 'outputPath', 'base');
  const base = flag.value || text || `dist/${name}`;
  const browser = at(options, 'outputPath', 'browser');
  const own = typeof browser === 'string' ? browser : 'browser';
  const builder = textAt(at(json.value, ...path), 'builder') ?? '';
  const line = json.line(...path, 'options', 'outputPath') ?? json.line(...path);
  return {
    value: /:application$/.test(builder) ? join(base, own) : join(base),
    place: line === undefined ? { file } : { file, line },
  };
}

function application({ project }: Pick<FrameworkContext, 'project'>): Application {
  const json = readJson(project, file);
  const projects = at(json.value, 'projects');
  const names = keysOf(projects).filter((name) => textAt(projects, name, 'projectType') !== 'library');
  const name = [textAt(json.value, 'defaultProject'), names[0]].find((one) => one !== undefined && names.includes(one));
  const key = ['architect', 'targets'].find((each) => at(projects, name ?? '', each) !== undefined) ?? 'architect';
  if (name === undefined) {
    const hint = 'Add the application there, or build it with --start.';
    throw new MsbError('unsupported', `${file} has no application`, hint, { file });
  }
  const path = ['projects', name, key, 'build'];
  const build = at(json.value, ...path);
  const chosen = textAt(build, 'defaultConfiguration') ?? 'production';
  return {
    name,
    json,
    path,
    options: at(build, 'options'),
    production: at(build, 'configurations', chosen),
  };
}
