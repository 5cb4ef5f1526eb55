import type { Packaging } from './packaging.ts';

/** Quarkus' fast-jar (https://quarkus.io/guides/maven-tooling#fast-jar): a folder in which things that change alike lie together. */
export const quarkus: Packaging = {
  title: 'Quarkus, fast-jar',
  offline: ['quarkus:go-offline'],
  task: 'quarkusBuild',
  needsMain: false,
  stages: () => [],
  artifacts: ({ folder, build }) => {
    const made = `${folder}/${build.tool.id === 'maven' ? 'target' : 'build'}/quarkus-app`;
    return [
      { stage: 'build', src: `${made}/lib/`, dest: '/app/lib/' },
      { stage: 'build', src: `${made}/quarkus-run.jar`, dest: '/app/' },
      { stage: 'build', src: `${made}/quarkus/`, dest: '/app/quarkus/' },
      { stage: 'build', src: `${made}/app/`, dest: '/app/app/' },
    ];
  },
  start: () => ['-jar', 'quarkus-run.jar'],
};
