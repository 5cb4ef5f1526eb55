import { exposedPort, type FoundPort, findPort, type Note, type Place, type Project } from '@msb/core';
import type { Module } from '../build.ts';
import { resourceFolders } from '../mains.ts';
import { findSetting, numberIn } from './config.ts';
import { type Framework, frameworks } from './frameworks.ts';

/** What an unattended run takes when nothing names a port. */
export const usualPort = 8080;

/** Where sources name the port, the surest first. */
const ports = [
  /\bInetSocketAddress\s*\((?:[^()]*,)?\s*(\d{2,5})\s*\)/,
  /\bServerSocket\s*\(\s*(\d{2,5})\b/,
  /\bembeddedServer\s*\([^)]*?\bport\s*=\s*(\d{2,5})/,
  /\bembeddedServer\s*\(\s*\w+\s*,\s*(\d{2,5})/,
  /\.(?:listen|start|bind|forPort|port|http|setPort|withPort|asServer|addHttpListener)\s*\(\s*(?:\w+\s*\(\s*)?(\d{2,5})\b/,
  /\bnew\s+(?:Server|Tomcat|TJWSEmbeddedJaxrsServer)\s*\(\s*(\d{2,5})\s*\)/,
  /^\s*port\s*\(\s*(\d{2,5})\s*\)/,
  /"(?:\w+_)?PORT"\s*(?:,|\)\s*\?:|\)\s*\.orElse\w*\()\s*(?:\(\)\s*->\s*)?"?(\d{2,5})\b/,
  /"(?:\w+_)?PORT"[^;\n]{0,80}?[,:(]\s*"?(\d{4,5})\b/,
  /\b(?:int|Int|val|var|Integer)\s+(?:\w*_)?(?:PORT|port|\w+Port)\b[^=\n;]*=\s*(\d{2,5})\b/,
];

/** How a program can be seen to listen, without a framework that we know or with one that it gets by another library. */
const listening = [
  /\b(?:HttpServer|HttpsServer)\.create\s*\(/,
  /\bnew\s+ServerSocket\s*\(/,
  /\bServerSocketChannel\.open\s*\(/,
  /\bembeddedServer\s*\(/,
  /@(?:RestController|Controller)\b/,
  /^import\s+(?:jakarta|javax)\.ws\.rs\.Path\b/,
  /\bServerBootstrap\s*\(/,
];

/** Whether a program listens, where, and what was found out about it. */
export interface Service {
  readonly serves: boolean;
  readonly framework: Framework | undefined;
  readonly listens: Place | undefined;
  readonly port: FoundPort | undefined;
  readonly notes: readonly Note[];
}

/** Reads it from the configuration and sources of a module, and from what it and the modules in it depend on. */
export function findService(project: Project, modules: readonly Module[], sources: readonly string[]): Service {
  const dependencies = modules.flatMap((module) => module.dependencies);
  const framework = frameworks.find(({ dependency }) => dependencies.some((name) => dependency.test(name)));
  const code = sources.filter((path) => /\.(java|kt)$/.test(path));
  const listens = project.search(code, listening);
  if (framework === undefined && listens === undefined) {
    return { serves: false, framework, listens: undefined, port: undefined, notes: [] };
  }
  const folders = modules.flatMap(resourceFolders);
  const port =
    configured(project, folders, framework) ??
    findPort(project, code, ports) ??
    hocon(project, folders, framework) ??
    exposedPort(project);
  const place = listens && { file: listens.file, line: listens.line };
  return { serves: true, framework, listens: place, port, notes: loopback(project, folders, framework) };
}

function configured(
  project: Project,
  folders: readonly string[],
  framework: Framework | undefined,
): FoundPort | undefined {
  const keys = framework?.port ?? ['server.port'];
  const setting = findSetting(project, folders, keys, framework?.files);
  const port = setting && numberIn(setting.value);
  return setting && port !== undefined && port > 0 && port < 65536
    ? { port, file: setting.place.file, line: setting.place.line ?? 1 }
    : undefined;
}

/** `port = 8080` in Ktor's application.conf, or in the YAML of a Dropwizard program. */
function hocon(project: Project, folders: readonly string[], framework: Framework | undefined): FoundPort | undefined {
  if (framework?.title !== 'Ktor' && framework?.title !== 'Dropwizard') return undefined;
  const files = folders.flatMap((folder) =>
    ['application.conf', 'config.yml', 'config.yaml'].map((name) => `${folder}/${name}`.replace(/^\//, '')),
  );
  return findPort(project, files, [/^\s*port\s*[=:]\s*(\d{2,5})\s*$/]);
}

function loopback(project: Project, folders: readonly string[], framework: Framework | undefined): readonly Note[] {
  const setting = framework?.host && findSetting(project, folders, framework.host, framework.files);
  if (!setting || !/^(localhost|127\.|::1)/.test(setting.value)) return [];
  return [
    {
      message: `The program listens on ${setting.value}, which nothing outside of its container reaches`,
      hint: 'Listen on 0.0.0.0, at least in production.',
      place: setting.place,
    },
  ];
}
