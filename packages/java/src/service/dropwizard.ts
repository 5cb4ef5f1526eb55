import { join, type Project } from '@msb/core';
import type { Module } from '../build.ts';

/** The configuration file that a Dropwizard program is started with, where it has one of the usual names. */
export function dropwizard(project: Project, module: Module): string | undefined {
  if (!module.dependencies.includes('io.dropwizard:dropwizard-core')) return undefined;
  const names = ['config.yml', 'config.yaml', 'configuration.yml', `${module.name}.yml`, 'example.yml'];
  return names.map((name) => join(module.folder, name)).find((file) => project.has(file));
}
