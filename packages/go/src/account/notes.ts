import { type GivenOptions, givenText, isKnownTool, type Note, type Project } from '@msb/core';
import { makerOf } from '../frontend.ts';
import type { GoProgram } from '../programs.ts';
import { hidesReads } from './report.ts';

/** Says where a program reads the folder that it runs in, of which nothing tells what it needs. */
export function everythingNotes(programs: readonly GoProgram[]): readonly Note[] {
  const place = programs.map(({ account }) => account.everything).find((found) => found !== undefined);
  if (place === undefined) return [];
  return [
    {
      message: 'Your app reads the folder that it runs in, which has only the files that its code names',
      hint: 'Name what else it needs there: --include public,index.html',
      place,
    },
  ];
}

/** Says where a program writes files whose names only a run knows next to those that it reads. */
export function scatteredNotes(programs: readonly GoProgram[]): readonly Note[] {
  const [write] = programs.flatMap((program) => program.account.writes.filter((one) => hidesReads(program, one)));
  if (write === undefined) return [];
  return [
    {
      message: 'Your app writes files next to those that it reads, in /app, which is read-only to it',
      hint: 'Let it write to a folder of its own, which then becomes a volume, or to /tmp.',
      place: write.place,
    },
  ];
}

/** Says which front end makes what a program reads and nobody has made yet: the image can't have it before. */
export function unmadeNotes(project: Project, programs: readonly GoProgram[]): readonly Note[] {
  const [missing] = programs.flatMap(({ account }) => account.missing.filter(({ path }) => makerOf(project, path)));
  const front = missing && makerOf(project, missing.path);
  if (missing === undefined || front === undefined) return [];
  return [
    {
      message: `The front end in ${front.folder === '' ? 'this folder' : front.folder} makes ${missing.path}, which your app reads`,
      hint: `Run its build (${front.place.file}: ${front.script}) first, then this command again: the image gets what is there.`,
      ...(missing.place && { place: missing.place }),
    },
  ];
}

/** What every Linux with a shell has: BusyBox, as in Alpine. */
const busybox = new Set(
  'sh ash cat cp mv rm ls ln mkdir rmdir chmod chown touch head tail sort uniq wc cut tr tee xargs find grep egrep sed awk echo printf env test true false sleep date kill killall ps pgrep pkill top uptime free df du stat id whoami hostname uname nproc which basename dirname readlink realpath md5sum sha1sum sha256sum base64 gzip gunzip zcat bzip2 tar unzip wget nc nslookup ping traceroute ip ifconfig route netstat mount umount dd od hexdump seq yes diff cmp vi less more timeout nohup nice crontab'.split(
    ' ',
  ),
);

/** Says which programs the code starts that the image lacks, beside those that core knows the packages of. */
export function toolNotes(programs: readonly GoProgram[], given: GivenOptions): readonly Note[] {
  const family = givenText(given, 'runtime') ?? 'alpine';
  const tools = programs.flatMap(({ account }) => account.tools).filter(({ name }) => !isKnownTool(name));
  const ofShell = tools.filter(({ name }) => busybox.has(name));
  const others = tools.filter(({ name }) => !busybox.has(name));
  return [
    ...(family === 'alpine'
      ? []
      : note(ofShell, `which ${family} doesn't have`, 'Ship on what has it: --runtime alpine.')),
    ...note(others, "which the image doesn't have", 'If it needs it, add it to an image of your own.'),
  ];
}

function note(tools: GoProgram['account']['tools'], lack: string, hint: string): readonly Note[] {
  const [first] = tools;
  if (first === undefined) return [];
  const names = [...new Set(tools.map(({ name }) => name))];
  const shown = names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
  return [{ message: `Your app starts ${shown}, ${lack}`, hint, place: first.place }];
}
