/** What `--templates` says where ours are wanted in the place of those that the last run took; a folder is `./none`. */
export const noTemplates = 'none';

/**
 * What `--templates` names, looked for before the other flags are read: those of the ecosystems that it brings are not
 * known until then.
 */
export function templatesFlag(args: readonly string[]): string | undefined {
  const end = args.indexOf('--');
  const own = end < 0 ? args : args.slice(0, end);
  const index = own.findLastIndex((arg) => arg === '--templates' || arg.startsWith('--templates='));
  const flag = own[index];
  return flag === undefined
    ? undefined
    : flag === '--templates'
      ? (own[index + 1] ?? '')
      : flag.slice('--templates='.length);
}
