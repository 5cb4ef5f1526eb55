import { type Check, fail, pass, some } from '../check.ts';
import type { SeenFile } from '../image/image.ts';
import { lookup } from '../image/lookup.ts';
import { type Account, accountOf, writable } from './user.ts';

/** Whether an account may read a file, or look into a folder. */
function mayRead({ uid, gid }: Account, { type, mode, uid: owner, gid: group }: SeenFile): boolean {
  if (uid === 0) return true;
  const shift = owner === uid ? 6 : group === gid ? 3 : 0;
  const wanted = type === 'directory' ? 0o5 : 0o4;
  return ((mode >> shift) & wanted) === wanted;
}

const count = (paths: readonly string[], what: string): string =>
  `${paths.length} ${what}${paths.length === 1 ? '' : 's'}`;

export const readable: Check = {
  id: 'reads',
  title: 'reads',
  run({ image, request: { reads = [] } }) {
    if (reads.length === 0) return undefined;
    const account = accountOf(image);
    const missing = reads.filter((path) => lookup(image, path) === undefined);
    if (missing.length > 0) {
      const hint = 'Copy it into the last stage, or name it with --include: the program reads it when it runs.';
      return fail(`the image lacks ${some(missing)}`, hint);
    }
    const closed = reads.filter((path) => {
      const file = lookup(image, path);
      return file !== undefined && !mayRead(account, file);
    });
    if (closed.length === 0) return pass(`${count(reads, 'file')} that the program reads`);
    return fail(`its user can't read ${some(closed)}`, 'Let everybody read it: chmod a+r, or COPY --chmod.');
  },
};

export const volumes: Check = {
  id: 'writes',
  title: 'writes',
  run({ image, request: { writes = [] } }) {
    if (writes.length === 0) return undefined;
    const account = accountOf(image);
    const declared = new Set(image.config.volumes.map((path) => path.replace(/(.)\/$/, '$1')));
    const undeclared = writes.filter((path) => !declared.has(path));
    if (undeclared.length > 0) {
      return fail(
        `${some(undeclared)} is no volume, so that a read-only container can't write there`,
        `Add VOLUME ${undeclared[0]}.`,
      );
    }
    const closed = writes.filter((path) => {
      const folder = lookup(image, path);
      return account.uid !== 0 && (folder === undefined || !writable(account)(folder));
    });
    if (closed.length === 0)
      return pass(`${some(writes)}, ${writes.length === 1 ? 'a volume' : 'volumes'} of its user`);
    return fail(
      `its user can't write to ${some(closed)}`,
      'Make the folder after USER, with WORKDIR, so that it belongs to that.',
    );
  },
};
