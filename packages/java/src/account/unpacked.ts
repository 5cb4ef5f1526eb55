import type { Place } from '@msb/core';

/**
 * Libraries that unpack machine code and load it, and what tells them where to: nothing can be loaded from the /tmp of
 * `docker run --tmpfs /tmp`, which is mounted `noexec` (https://docs.docker.com/engine/storage/tmpfs/).
 */
const libraries: readonly (readonly [dependency: RegExp, property: string])[] = [
  [/^org\.xerial:sqlite-jdbc$/, 'org.sqlite.tmpdir'],
  [/^org\.xerial\.snappy:/, 'org.xerial.snappy.tempdir'],
  [/^com\.github\.luben:zstd-jni$/, 'ZstdTempFolder'],
  [/^(net\.java\.dev\.jna:|com\.github\.oshi:|net\.sourceforge\.tess4j:)/, 'jna.tmpdir'],
  [/^(org\.duckdb:|org\.rocksdb:|com\.microsoft\.onnxruntime:|org\.openpnp:opencv)/, 'java.io.tmpdir'],
];

/** A property of the JVM that names a folder to unpack machine code to, and why. */
export interface Unpacked {
  readonly property: string;
  readonly place: Place;
}

/** The properties that the program's libraries need, each once. */
export const unpackedBy = (dependencies: readonly (readonly [name: string, place: Place])[]): readonly Unpacked[] =>
  libraries.flatMap(([dependency, property]) => {
    const found = dependencies.find(([name]) => dependency.test(name));
    return found ? [{ property, place: found[1] }] : [];
  });
