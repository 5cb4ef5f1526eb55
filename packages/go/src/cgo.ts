import { MsbError, type Project } from '@msb/core';
import { constraint } from './constraints.ts';
import { type GoPackage, importsOf } from './packages.ts';

/** Modules that are no use without a C compiler (https://go.dev/wiki/cgo), and what to use instead. */
const cgoModules: Readonly<Record<string, string>> = {
  'github.com/mattn/go-sqlite3': 'modernc.org/sqlite is SQLite without C',
  'gorm.io/driver/sqlite': 'github.com/glebarez/sqlite is the same driver without C',
  'github.com/confluentinc/confluent-kafka-go': 'github.com/twmb/franz-go is a Kafka client without C',
  'github.com/marcboeker/go-duckdb': 'Ship it on an image with glibc, written by hand',
  'github.com/duckdb/duckdb-go': 'Ship it on an image with glibc, written by hand',
  'github.com/otiai10/gosseract': 'Call tesseract as a service',
  'gopkg.in/gographics/imagick.v3': 'Call ImageMagick as a service',
  'github.com/h2non/bimg': 'Call libvips as a service',
};

const isOf = (path: string, module: string): boolean => path === module || path.startsWith(`${module}/`);

/**
 * Throws `unsupported` when a program needs C: its image could not be a static program without libraries. Files that
 * a constraint leaves out when cgo is off do not count, and neither does a package with a variant for that (`!cgo`).
 */
export function refuseCgo(project: Project, packages: readonly GoPackage[]): void {
  for (const { files } of packages) {
    for (const { path, file, line } of importsOf(project, files)) {
      const module = Object.keys(cgoModules).find((candidate) => isOf(path, candidate));
      const own = path === 'C' && !files.some((other) => /!\s*cgo\b/.test(constraint(project.text(other) ?? '')));
      if (module === undefined && !own) continue;
      throw new MsbError(
        'unsupported',
        `${own ? 'This file calls C' : `${path} is made of C code`}, and a static program is built without cgo`,
        module === undefined ? 'Add a file for builds without C, with //go:build !cgo.' : `${cgoModules[module]}.`,
        { file, line },
      );
    }
  }
}
