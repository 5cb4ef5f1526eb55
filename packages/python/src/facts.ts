import type { Fact } from '@msb/core';
import type { PythonBuild } from './plan.ts';

/** What was found, each with its place. */
export function facts(
  build: PythonBuild,
  reason: string,
  asset: { file: string; line?: number } | undefined,
): readonly Fact[] {
  const { version, dependencies, start, service, native, installed, request } = build;
  const { extras, groups } = request.wanted;
  const count = [...dependencies.packages.values()].filter(({ implied }) => !implied).length;
  const amount =
    count === 0 ? 'none' : dependencies.complete ? `${count} package${count === 1 ? '' : 's'}` : `${count} named`;
  const { port } = service;
  return [
    {
      name: 'Python',
      value: version.reason === version.minor ? version.minor : `${version.minor}, ${version.reason}`,
      ...(version.place && { place: version.place }),
    },
    {
      name: 'packages',
      value: `${dependencies.title}: ${reason}`,
      ...(dependencies.place && { place: dependencies.place }),
    },
    {
      name: 'dependencies',
      value: `${amount}${dependencies.locked ? '' : ', not locked'}`,
      ...(dependencies.place && { place: dependencies.place }),
    },
    ...(extras.length > 0
      ? [{ name: 'extras', value: extras.join(', '), place: build.pyproject.place(extras[0] ?? '') }]
      : []),
    ...(groups.length > 0
      ? [{ name: 'groups', value: groups.join(', '), place: build.pyproject.place(groups[0] ?? '') }]
      : []),
    { name: 'start', value: start.candidate.about, place: start.candidate.place },
    ...(port ? [{ name: 'port', value: String(port.port), place: { file: port.file, line: port.line } }] : []),
    ...(installed && request.self && build.sources
      ? [
          {
            name: 'sources',
            value: build.linkedFor
              ? `are what is installed, as for development: a wheel would not have ${build.linkedFor.path}`
              : 'ship beside the installed project, since they name files there',
            ...(build.linkedFor ? { place: build.linkedFor.place } : asset && { place: asset }),
          },
        ]
      : []),
    ...native.facts,
  ];
}
