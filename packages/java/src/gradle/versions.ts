/**
 * The newest Java that a version of Gradle runs on, the newest first
 * (https://docs.gradle.org/current/userguide/compatibility.html).
 */
const newest: readonly (readonly [gradle: number, java: number])[] = [
  [9.01, 25],
  [8.14, 24],
  [8.1, 23],
  [8.08, 22],
  [8.05, 21],
  [8.03, 20],
  [7.06, 19],
  [7.05, 18],
  [7.03, 17],
];

/** Of `8.10.2`: 23. A version that is no number, or older than all, says nothing: `undefined`, or 16. */
export function newestJavaOf(version: string): number | undefined {
  const [, major, minor = '0'] = /^(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  if (major === undefined) return undefined;
  const wanted = Number(major) + Number(minor) / 100;
  return newest.find(([gradle]) => wanted >= gradle)?.[1] ?? 16;
}
