import type { Module } from '../build.ts';
import { jarValues, type Packaging } from './packaging.ts';

/** `3.3.1` → 3.03; what is no number is taken for a new one. */
function versionOf({ springBoot }: Module): number {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(springBoot?.value ?? '') ?? [];
  return major === undefined ? Number.POSITIVE_INFINITY : Number(major) + Number(minor) / 100;
}

const layers = ['dependencies', 'spring-boot-loader', 'snapshot-dependencies', 'application'] as const;

const shared = { task: 'bootJar', needsMain: false } as const;

/**
 * A jar of Spring Boot, taken apart (https://docs.spring.io/spring-boot/reference/packaging/container-images/dockerfiles.html).
 * Before 3.3 its classes are started by a loader.
 */
export function springBoot(module: Module): Packaging {
  const version = versionOf(module);
  if (version < 2.03) return whole;
  if (version < 3.03)
    return loader(
      version < 3.02 ? 'org.springframework.boot.loader' : 'org.springframework.boot.loader.launch',
      module,
    );
  return module.ownLayers ? extracted : layered;
}

const startJar = () => ['-jar', 'app.jar'] as const;
const startAndStop = ['-Dspring.context.exit=onRefresh'] as const;

const layered: Packaging = {
  ...shared,
  title: 'Spring Boot, in layers',
  startAndStop,
  stages: (made) => [
    { template: 'java/boot-layers', values: { ...jarValues(made), mode: 'tools', options: ' --layers' } },
  ],
  artifacts: () =>
    layers
      .filter((layer) => layer !== 'spring-boot-loader') // empty: app.jar names its libraries itself
      .map((layer) => ({ stage: 'app', src: `/out/${layer}/`, dest: '/app/' })),
  start: startJar,
};

/** Layers of the project's own have other names: its libraries and its own jar are what there is in any case. */
const extracted: Packaging = {
  ...shared,
  title: 'Spring Boot, with its libraries apart',
  startAndStop,
  stages: (made) => [{ template: 'java/boot-layers', values: { ...jarValues(made), mode: 'tools', options: '' } }],
  artifacts: () => [
    { stage: 'app', src: '/out/lib/', dest: '/app/lib/' },
    { stage: 'app', src: '/out/app.jar', dest: '/app/' },
  ],
  start: startJar,
};

const loader = (group: string, { packaging }: Module): Packaging => ({
  ...shared,
  title: 'Spring Boot, in layers with its loader',
  stages: (made) => [{ template: 'java/boot-layers', values: { ...jarValues(made), mode: 'layertools', options: '' } }],
  artifacts: () => layers.map((layer) => ({ stage: 'app', src: `/out/${layer}/`, dest: '/app/' })),
  start: () => [`${group}.${packaging.value === 'war' ? 'WarLauncher' : 'JarLauncher'}`],
});

const whole: Packaging = {
  ...shared,
  title: 'Spring Boot, one jar',
  stages: (made) => [{ template: 'java/jar', values: jarValues(made) }],
  artifacts: () => [{ stage: 'app', src: '/out/app.jar', dest: '/app/' }],
  start: startJar,
};
