import type { Code } from '../code/constants.ts';
import { lineAt } from '../code/constants.ts';
import type { Found, Written } from './code.ts';
import { type Ground, inImage, localPath, spotOf } from './places.ts';
import type { PathUse } from './uses.ts';

/** What a framework writes where its configuration names no place: Tomcat makes `tomcat.<port>` in the working folder. */
export const frameworkWrites = (codes: readonly Code[]): readonly Written[] =>
  codes.flatMap(({ file, text }) => {
    const start = text.search(/\bnew\s+Tomcat\s*\(|\bTomcat\s*\(\s*\)/);
    if (start < 0 || /\bsetBaseDir\s*\(|\bbaseDir\s*=/.test(text)) return [];
    const port = /\b(?:setPort\s*\(|port\s*=)\s*(\d{2,5})/.exec(text)?.[1] ?? '8080';
    return [{ path: `tomcat.${port}`, kind: 'folder' as const, place: { file, line: lineAt(text, start) } }];
  });

/** Folders that a library reads without being told: templates of jte, which Javalin takes from the sources. */
const usual: readonly (readonly [call: RegExp, folder: string])[] = [
  [/\bJavalinJte\s*(?:\.\s*init\s*)?\(\s*\)/, 'src/main/jte'],
];

/** dotenv-java, which ends the program where the file is not there. */
const dotenv =
  /\bDotenv\s*\.\s*(?:load\s*\(|configure\s*\(\s*\)(?!(?:\s*\.\s*\w+\s*\([^()]*\))*?\s*\.\s*ignoreIfMissing))|(?<![\w.])dotenv\s*\(\s*\)/;

/** The file of variables that is read at the start. It holds secrets, so that it is not in the repository, as a rule. */
export const dotenvReads = (ground: Ground, codes: readonly Code[]): readonly Found[] =>
  codes.flatMap(({ file, text }) => {
    const start = text.includes('otenv') ? text.search(dotenv) : -1;
    if (start < 0) return [];
    const spot = spotOf(ground, '.env') ?? { path: '.env', at: inImage(ground, '.env'), missing: true };
    return [{ ...spot, place: { file, line: lineAt(text, start) } }];
  });

export const frameworkReads = (ground: Ground, codes: readonly Code[]): readonly Found[] =>
  codes.flatMap(({ file, text }) =>
    usual.flatMap(([call, folder]) => {
      const start = text.search(call);
      const spot = start < 0 ? undefined : spotOf(ground, folder);
      return spot ? [{ ...spot, place: { file, line: lineAt(text, start) } }] : [];
    }),
  );

/** Folders of compiled classes that a program finds by their path: `new File("target/classes")`, for a servlet container. */
const classes = /^(target\/classes|build\/classes\/(?:java|kotlin)\/main)$/;

/** The folders of compiled classes that the program reads, from its working folder. */
export const classFolders = (uses: readonly PathUse[]): readonly Pick<Found, 'path' | 'place'>[] => {
  const found = uses.flatMap(({ path, place }) => {
    const folder = localPath(path);
    return folder !== undefined && classes.test(folder) ? [{ path: folder, place }] : [];
  });
  return [...new Map(found.map((item) => [item.path, item])).values()];
};
