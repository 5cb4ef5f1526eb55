import { posix } from 'node:path';
import { type Check, fail, pass, some, warn } from '../check.ts';
import type { Image, SeenFile } from '../image/image.ts';
import { lookup, lookupCommand } from '../image/lookup.ts';

/** A user as numbers; one that the image does not know has none. */
export interface Account {
  readonly uid: number | undefined;
  readonly gid: number;
}

/** Looks up `app`, `app:staff` or `1000` in the image's /etc/passwd. */
export function accountOf(image: Pick<Image, 'config' | 'text'>): Account {
  const [user = '', group] = (image.config.user || '0').split(':');
  const rows = (file: string): readonly (readonly string[])[] =>
    (image.text(file) ?? '').split('\n').map((line) => line.split(':'));
  const entry = rows('etc/passwd').find(([name, , uid]) => name === user || uid === user);
  const uid = /^\d+$/.test(user) ? Number(user) : entry ? Number(entry[2]) : user === 'root' ? 0 : undefined;
  const known = rows('etc/group').find(([name]) => name === group);
  const gid =
    group === undefined ? Number(entry?.[3] ?? 0) : /^\d+$/.test(group) ? Number(group) : Number(known?.[2] ?? 0);
  return { uid, gid };
}

export const numericUser: Check = {
  id: 'user',
  title: 'user',
  run({ image }) {
    const { user } = image.config;
    const { uid } = accountOf(image);
    const hint = 'End the last stage with USER 65532:65532.';
    if (uid === 0) return fail(user === '' || user === '0' ? 'runs as root' : `runs as ${user}, which is root`, hint);
    if (/^\d+(:\S+)?$/.test(user)) return pass(user);
    return warn(`${user} is a name: Kubernetes' runAsNonRoot cannot tell that it is not root`, hint);
  },
};

/** Folders that are there to be written to. */
const scratch = /^(tmp|var\/tmp|dev|proc|sys|run|var\/run|var\/lock|var\/log|var\/cache|home\/[^/]+$)(\/|$)/;

export const writable =
  ({ uid, gid }: Account) =>
  (file: SeenFile): boolean =>
    (file.uid === uid && (file.mode & 0o200) !== 0) ||
    (file.gid === gid && (file.mode & 0o020) !== 0) ||
    (file.mode & 0o002) !== 0;

/**
 * What the container starts: each word of its command that is a file of the image. A script as the entrypoint hands over
 * to the program that CMD names: `exec "$@"`.
 */
export function programsOf(image: Image): readonly SeenFile[] {
  const { entrypoint, cmd, workdir } = image.config;
  const [first, ...rest] = [...entrypoint, ...cmd];
  const started = first === undefined ? undefined : lookupCommand(image, first);
  const [next] = entrypoint.length > 0 && started?.interpreter !== undefined ? cmd : [];
  const found = [
    started,
    next === undefined || next.includes('/') ? undefined : lookupCommand(image, next),
    ...rest.filter((word) => /^[\w./@-]+$/.test(word)).map((word) => lookup(image, posix.resolve(workdir, word))),
  ];
  return found.filter((file) => file?.type === 'file').filter((file) => file !== undefined);
}

export const writablePaths: Check = {
  id: 'writable',
  title: 'writable',
  run({ image }) {
    const account = accountOf(image);
    if (account.uid === 0) return undefined; // root may write anything, and the row `user` says so
    const volumes = image.config.volumes.map((path) => `${path.replace(/^\/|\/$/g, '')}/`);
    const files = [...image.files.values()].filter(
      ({ type, path, layer }) =>
        type === 'file' && !layer.inBase && !scratch.test(path) && !volumes.some((volume) => path.startsWith(volume)),
    );
    const found = files.filter(writable(account));
    const hint = 'Copy it without --chown, so that it belongs to root: the program then reads it and cannot change it.';
    const programs = new Set(programsOf(image).map(({ path }) => path));
    const own = found.filter(({ path }) => programs.has(path)).map(({ path }) => `/${path}`);
    if (own.length > 0) return fail(`the program can change itself: ${some(own)}`, hint);
    if (found.length === 0) return pass('nothing that it could change');
    const count = found.length === 1 ? '1 file' : `${found.length} files`;
    return warn(`${count} that it could change: ${some(found.map(({ path }) => `/${path}`))}`, hint);
  },
};
