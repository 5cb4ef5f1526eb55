/** What is asked of `verify`. */
export interface VerifyRequest {
  /** The build context, an absolute path. */
  readonly context: string;
  /** The Dockerfile, an absolute path. */
  readonly file: string;
  /** More arguments of the build: `--secret`, `--build-arg`, `--target` … */
  readonly buildArgs: readonly string[];
  /** The engine to use; the first that is there when absent. */
  readonly engine?: string;
  /** The port that has to answer; 0 for a program that serves nothing; from the image when absent. */
  readonly port?: number;
  readonly path?: string;
  /** For tools: the arguments to run the image with; it then has to exit with 0. */
  readonly command?: readonly string[];
  /** `NAME=value` for the containers. */
  readonly env: readonly string[];
  /** In bytes. */
  readonly maxSize?: number;
  /** How long a build may go without finishing, and a container until it answers; in seconds. */
  readonly buildTimeout: number;
  readonly startTimeout: number;
  /** Files that the program reads, absolute in the image, and folders that it writes to. */
  readonly reads?: readonly string[];
  readonly writes?: readonly string[];
  /** Whether nothing in the program ends it on SIGTERM, so that an init has to start it. */
  readonly init?: boolean;
  /** The family that was chosen when the file was made: alpine and slim bring a shell on purpose. */
  readonly family?: string;
}
