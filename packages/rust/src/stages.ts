import { join, nameWord, pathWord, quoted, type StagePlan, shellWord } from '@msb/core';
import type { RustBuild } from './plan.ts';
import type { Program } from './programs.ts';
import { testCommand } from './tests.ts';

/** The stages that compile: what the toolchain lacks, the dependencies as a layer of their own, and the programs. */
export function buildStages(build: RustBuild, name: string): readonly StagePlan[] {
  const folder = folderOf(build);
  const skip = skipOf(build);
  const output = pathWord(build.config.output, 'The target');
  const programs = build.programs.map((program) => {
    const made = nameWord(program.binary.name, 'The name of the binary');
    const file = build.cross ? `"target/$(cat /target)/release/${made}"` : `target/${output}/${made}`;
    return { cargo: cargo('rustc', build, program), made: file, name: made };
  });
  const from = build.dependencies ? 'deps' : 'tools';
  const { names, secrets, scripts } = build.asked;
  const asked = names.length > 0 && { about: aboutArguments(names), names };
  const values = { folder, skip, cache: name, from, deps: build.dependencies, programs };
  return [
    ...(build.cross ? [{ template: 'rust/target' }] : []),
    toolsStage(build, folder),
    ...depsStages(build, name, folder, skip),
    {
      template: build.libc === 'musl' ? 'rust/build' : 'rust/build-gnu',
      values: { ...values, asked, secrets, scripts: scripts.join(' ') },
    },
  ];
}

/** What a comment says of build arguments. */
const aboutArguments = ([first, ...others]: readonly string[]): string =>
  `what the program is told when it is built: docker build --build-arg ${first}=…${others.length > 0 ? ' and so on' : ''}`;

const folderOf = ({ folder }: RustBuild): string => pathWord(`/${join('src', folder)}`, 'The folder of the workspace');

/** What `find` is told to keep out of: results, and crates that are checked by their sums. */
const skipOf = (build: RustBuild): string =>
  ['target', ...build.config.vendored]
    .map((path) => pathWord(`${folderOf(build)}/${path}`, 'A folder of crates'))
    .map((path) => `-path ${path} -prune -o`)
    .join(' ');

/** Runs the tests of the packages that the programs are compiled from, as anybody would: without optimization. */
export function testStage(build: RustBuild, name: string): readonly StagePlan[] {
  const { tested, programs, locked, config, named } = build;
  if (tested.length === 0) return [];
  const cargo = testCommand(named ? tested : [], programs, { locked, args: config.args });
  return [{ template: 'rust/test', values: { cargo, cache: name, folder: folderOf(build), skip: skipOf(build) } }];
}

function toolsStage({ native, config, toolchain, profile, libc, cross }: RustBuild, folder: string): StagePlan {
  const lines = (env: Readonly<Record<string, string>>): readonly string[] =>
    Object.entries(env).map(([key, value]) => `${key}=${quoted(value)}`);
  return {
    template: libc === 'musl' ? 'rust/tools' : 'rust/tools-gnu',
    values: {
      folder,
      packages: native.packages.join(' '),
      pin: toolchain.file,
      from: cross ? 'target' : 'toolchain',
      profile: lines(profile.env).join(' \\\n    '),
      lto: profile.lto,
      settings: lines({ ...native.env, ...config.env }),
    },
  };
}

/**
 * Compiles the dependencies apart from the project's code, for caches that carry layers only. Folders that they are
 * compiled with, vendored crates for instance, are there with all that is in them.
 */
function depsStages(build: RustBuild, name: string, folder: string, skip: string): readonly StagePlan[] {
  if (!build.dependencies) return [];
  const fetch = build.locked ? 'cargo fetch --locked' : 'cargo fetch';
  const whole = build.whole.map((path) => pathWord(join(build.folder, path), 'A folder of crates'));
  const patched = build.patched.map((path) => pathWord(`/src/${join(build.folder, path)}`, 'A folder of crates'));
  const commands = build.programs.map((program) => ({ cargo: cargo('build', build, program), fetch }));
  const values = { folder, cache: name, whole, patched: patched.join(' '), commands, clean: clean(build) };
  return [
    { template: 'rust/skeleton', values: { skip } },
    { template: 'rust/deps', values },
  ];
}

/** The command that forgets what the project's own packages were compiled to; its lines are as long as a reader likes. */
function clean({ locked, config, own }: RustBuild): string {
  const packages = own.map((spec) => `--package ${spec}`);
  const lines = ['cargo clean --release'];
  for (const word of [...(locked ? ['--locked'] : []), ...config.args, ...packages]) {
    const longer = `${lines.at(-1)} ${word}`;
    if (longer.length > 110) lines.push(`    ${word}`);
    else lines[lines.length - 1] = longer;
  }
  return lines.join(' \\\n');
}

/** A command that compiles one program. */
function cargo(command: string, { locked, named, config }: RustBuild, { owner, binary, features }: Program): string {
  return [
    `cargo ${command} --release`,
    ...(locked ? ['--locked'] : []),
    ...config.args,
    ...(named ? [`--package ${nameWord(owner.name, 'The name of the package')}`] : []),
    `--bin ${nameWord(binary.name, 'The name of the binary')}`,
    ...(features.length > 0 ? [`--features ${shellWord(features.join(','), 'A feature')}`] : []),
  ].join(' ');
}
