import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { extract } from 'tar-stream';

const run = promisify(execFile);
const largeOutput = { maxBuffer: 64 * 1024 * 1024 };

/** Runs `docker …`; resolves to what it printed, stderr after stdout. Rejects when it fails. */
export async function docker(...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await run('docker', [...args], largeOutput);
  return stdout + stderr;
}

/** Whether an engine answers. */
export const hasDocker = async (): Promise<boolean> =>
  docker('version', '--format', '{{.Server.Version}}').then(
    () => true,
    () => false,
  );

/** Builds an image and returns the plain build log. Rejects with the end of the log when the build fails. */
export async function build(context: string, tag: string, ...args: readonly string[]): Promise<string> {
  try {
    return await docker('build', '--progress=plain', '--tag', tag, ...args, context);
  } catch (error) {
    const log = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    throw new Error(`docker build failed:\n${log.slice(-4000)}`);
  }
}

/** One file of an image's file system. */
export interface ImageFile {
  /** Without a slash in front. */
  readonly path: string;
  readonly bytes: number;
  readonly uid: number;
  readonly mode: number;
}

/** Every regular file and link of an image, as a container would see them. */
export async function imageFiles(image: string): Promise<readonly ImageFile[]> {
  const id = (await docker('create', image, 'none')).trim().split('\n')[0] ?? '';
  try {
    const child = spawn('docker', ['export', id], { stdio: ['ignore', 'pipe', 'inherit'] });
    const files: ImageFile[] = [];
    const tar = extract();
    tar.on('entry', ({ name, size, type, uid, mode }, stream, next) => {
      const regular = type === 'file' || type === 'symlink' || type === 'link';
      if (regular) files.push({ path: name.replace(/^\.?\//, ''), bytes: size ?? 0, uid: uid ?? 0, mode: mode ?? 0 });
      stream.on('end', next).resume();
    });
    child.stdout.pipe(tar);
    await once(tar, 'finish');
    return files.filter(({ path }) => !madeByEngine.has(path));
  } finally {
    await docker('rm', '--force', id);
  }
}

const bases = new Map<string, Promise<readonly ImageFile[]>>();

/** The same of a base image, by its id (which names its content): read once, as most cases share theirs. */
export function filesOfBase(id: string): Promise<readonly ImageFile[]> {
  const known = bases.get(id) ?? imageFiles(id);
  bases.set(id, known);
  return known;
}

/** Files that the engine puts into every container, not into the image. */
const madeByEngine = new Set(['.dockerenv', 'etc/hostname', 'etc/hosts', 'etc/resolv.conf', 'etc/mtab', 'dev/console']);

/** The parts of an image's configuration that the tests look at. */
export interface ImageConfig {
  readonly User: string;
  readonly Entrypoint: readonly string[] | null;
  readonly Cmd: readonly string[] | null;
  readonly Labels: Readonly<Record<string, string>> | null;
  readonly Volumes?: Readonly<Record<string, unknown>> | null;
}

/** `docker image inspect`, typed. */
export const imageConfig = async (image: string): Promise<ImageConfig> =>
  JSON.parse(await docker('image', 'inspect', '--format', '{{json .Config}}', image));
