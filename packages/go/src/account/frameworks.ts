import type { Place } from '@msb/core';
import { programFolder } from '../code/values.ts';
import { importsOf } from '../packages.ts';
import { settle } from './settle.ts';
import type { ProgramCode, RunRead } from './types.ts';
import type { RunWrite } from './writes.ts';

/** Files that a framework reads and writes although no line of the program names them. */
interface Framework {
  /** The start of an import path. */
  readonly module: string;
  readonly reads: readonly string[];
  /** Folders, absolute or from the working folder. */
  readonly writes?: readonly string[];
}

const beego = ['conf/app.conf', 'views', 'static'];
const endings = ['yaml', 'yml', 'toml', 'json', 'ini', 'xml', 'properties'];
const goframe = ['', 'config/', 'manifest/config/'].flatMap((folder) => endings.map((end) => `${folder}config.${end}`));

const frameworks: readonly Framework[] = [
  // https://beego.wiki/docs/module/config/
  { module: 'github.com/beego/beego', reads: beego },
  { module: 'github.com/astaxie/beego', reads: beego },
  // https://goframe.org/en/docs/core/gcfg
  {
    module: 'github.com/gogf/gf',
    reads: [...goframe, 'resource/template', 'resource/public', 'resource/i18n', 'i18n', 'template'],
  },
  // next to the program: https://pkg.go.dev/github.com/pocketbase/pocketbase#Config
  {
    module: 'github.com/pocketbase/pocketbase',
    reads: ['pb_public', 'pb_migrations', 'pb_hooks'].map((name) => `${programFolder}/${name}`),
    writes: ['/usr/local/bin/pb_data'],
  },
];

/** What the frameworks that a program imports read and write by themselves. */
export function ofFrameworks(program: ProgramCode): {
  readonly reads: readonly RunRead[];
  readonly writes: readonly RunWrite[];
} {
  const files = program.packages.flatMap((item) => item.files);
  const imports = importsOf(program.project, files);
  const used = frameworks.flatMap((framework) => {
    const found = imports.find(({ path }) => path === framework.module || path.startsWith(`${framework.module}/`));
    const place: Place | undefined = found && { file: found.file, line: found.line };
    return place ? [{ ...framework, place }] : [];
  });
  return {
    reads: used.flatMap(({ reads, place }) => reads.flatMap((path) => settle(program, path, place))),
    writes: used.flatMap(({ writes = [], place }) => writes.map((path) => ({ path, kind: 'folder', place }) as const)),
  };
}
