import type { Fact, Note, Project } from '@msb/core';
import type { Build, Module } from './build.ts';
import { secrets } from './plan.ts';
import type { MainChoice } from './select.ts';
import type { Service } from './service/service.ts';
import type { JavaChoice } from './version/choose.ts';

/** What was found, for the report. */
export function factsOf(
  build: Build,
  java: JavaChoice,
  module: Module | undefined,
  more: { readonly packaging?: string; readonly main?: MainChoice | undefined; readonly service?: Service | undefined },
): readonly Fact[] {
  const { wrapper, tool, modules } = build;
  const [first] = modules;
  const { main, service, packaging } = more;
  return [
    { name: 'Java', value: `${java.version}, ${java.reason}`, ...(java.place && { place: java.place }) },
    wrapper
      ? { name: tool.title, value: `${wrapper.version}, of the wrapper`, place: wrapper.place }
      : { name: tool.title, value: 'of the image', ...(first && { place: first.place }) },
    ...(module && modules.length > 1 ? [{ name: 'module', value: module.name, place: module.place }] : []),
    ...(module && packaging ? [{ name: 'packed as', value: packaging, place: packagedAt(module) }] : []),
    ...(main?.main ? [{ name: 'main class', value: main.main, ...(main.place && { place: main.place }) }] : []),
    ...(service?.port
      ? [
          {
            name: 'port',
            value: String(service.port.port),
            place: { file: service.port.file, line: service.port.line },
          },
        ]
      : []),
  ];
}

const packagedAt = (module: Module) => (module.springBoot ?? module.archive.whole ?? { place: module.place }).place;

/** Credentials for repositories that no public mirror has come as a secret. */
export function repositoryNotes({ repositories, tool }: Build): readonly Note[] {
  const [first] = repositories;
  if (first === undefined) return [];
  const { id, src } = secrets[tool.id];
  return [
    {
      message: `Dependencies come from ${repositories.map(({ host }) => host).join(', ')}, too; a build that has to sign in there gets your credentials as a secret, which no layer keeps`,
      hint: `Build with --secret id=${id},src=${src}; without it, nobody signs in.`,
      place: first.place,
    },
  ];
}

/** What the build asks that is not there in an image. */
export function outsideNotes({ git, database, started, tool }: Build): readonly Note[] {
  return [
    ...started.map(({ value, place }) => ({
      message: `The build files start ${value}, which the image of ${tool.title} does not have`,
      hint: 'If this build needs it, build with an image that has it: docker build --build-context toolchain=docker-image://<image> .',
      place,
    })),
    ...(git
      ? [
          {
            message:
              'The build asks Git for a version, and the history of the project is no part of the build: it gets 0.0.0',
            hint: 'Hand it over: docker build --build-arg VERSION=1.2.3 .',
            place: git.place,
          },
        ]
      : []),
    ...(database
      ? [
          {
            message: `The build connects to a database (${database.value}), which a build of an image can't reach`,
            hint: 'Generate the code from the migration scripts (jOOQ: DDLDatabase), or commit what is generated.',
            place: database.place,
          },
        ]
      : []),
  ];
}

/** A wrapper that can't be used, since a part of it is missing. */
export function wrapperNotes(project: Project, { tool, wrapper }: Build): readonly Note[] {
  const properties = 'gradle/wrapper/gradle-wrapper.properties';
  if (tool.id !== 'gradle' || wrapper || !project.has(properties)) return [];
  return [
    {
      message: 'The wrapper is incomplete, so Gradle comes from an image, in the newest version',
      hint: 'Commit gradlew and gradle/wrapper/gradle-wrapper.jar.',
      place: { file: properties },
    },
  ];
}
