/** Scripts that start a program in production; npm's own name comes first. */
export const productionScripts: readonly string[] = [
  'start',
  'start:prod',
  'start:production',
  'serve:prod',
  'serve:production',
  'production',
  'prod',
];

/** Scripts for developers, which at least name the file. */
export const developmentScripts: readonly string[] = ['start', 'dev', 'start:dev', 'develop', 'serve', 'watch'];

/** All of them, in the order in which they are asked. */
export const startScripts: readonly string[] = [...new Set([...productionScripts, ...developmentScripts])];
