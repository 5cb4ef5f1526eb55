/** What an ELF file needs of the machine and of the image. */
export interface Elf {
  /** As images spell it: amd64, arm64 … */
  readonly architecture: string;
  /** The loader, `/lib64/ld-linux-x86-64.so.2`; absent in a static program. */
  readonly interpreter?: string;
}

/** One entry of a layer. */
export interface LayerFile {
  /** Without a slash in front. */
  readonly path: string;
  readonly type: 'file' | 'directory' | 'symlink' | 'link' | 'other';
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** What a link leads to. */
  readonly target?: string;
  readonly elf?: Elf;
  /** The first line of a script, without `#!`. */
  readonly interpreter?: string;
  /** What a program has in it, or does; absent when nothing is known. */
  readonly signs?: readonly Sign[];
}

/** Certificates or time zones that a program brings; that Go made it; that it looks up time zones by name. */
export type Sign = 'roots' | 'zones' | 'go' | 'zone lookup';

/** A secret that lies open in a file. */
export interface Leak {
  readonly kind: string;
  readonly path: string;
}

/** One layer: what it adds, and what it takes away. */
export interface Layer {
  readonly files: readonly LayerFile[];
  /** Paths that it deletes (its whiteouts), without a slash in front. */
  readonly deleted: readonly string[];
  /** Folders whose earlier content it hides. */
  readonly emptied: readonly string[];
  readonly leaks: readonly Leak[];
  /** The texts of the few files that checks read, by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** The instruction that made it. */
  readonly madeBy: string;
  /** Whether it belongs to the image that the Dockerfile starts from. */
  readonly inBase: boolean;
}

/** The parts of an image's configuration that checks look at. */
export interface ImageConfig {
  readonly user: string;
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly number[];
  readonly volumes: readonly string[];
  readonly workdir: string;
  readonly architecture: string;
}

/** An image, read from end to end once. */
export interface Image {
  readonly config: ImageConfig;
  readonly layers: readonly Layer[];
  /** Every step that made it, as its history tells them. */
  readonly history: readonly string[];
  /** What a container sees: later layers over earlier ones. */
  readonly files: ReadonlyMap<string, SeenFile>;
  /** The text of one of the few files that are kept, as a container sees it. */
  text(path: string): string | undefined;
}

/** A file as a container sees it, and the layer that brought it. */
export interface SeenFile extends LayerFile {
  readonly layer: Layer;
}
