/** Hosts of repositories that everybody may read. */
const everybodys = [
  /(^|\.)maven\.org$/,
  /(^|\.)apache\.org$/,
  /(^|\.)spring\.io$/,
  /(^|\.)sonatype\.(org|com)$/,
  /(^|\.)gradle\.org$/,
  /(^|\.)google\.com$/,
  /(^|\.)jboss\.org$/,
  /(^|\.)redhat\.com$/,
  /(^|\.)kotlinlang\.org$/,
  /(^|\.)jetbrains\.(space|com|team)$/,
  /(^|\.)confluent\.io$/,
  /(^|\.)vaadin\.com$/,
  /(^|\.)eclipse\.org$/,
  /(^|\.)java\.net$/,
  /(^|\.)clojars\.org$/,
  /(^|\.)jitpack\.io$/,
  /(^|\.)jenkins-ci\.org$/,
  /(^|\.)oracle\.com$/,
  /^(maven|repo)\.reposilite\.com$/,
];

/** The host of a repository's address, unless everybody may read it; `undefined` for what is no address. */
export function privateHost(url: string): string | undefined {
  const host = /^https?:\/\/(?:[^/@]*@)?([a-z0-9.-]+)(?::\d+)?(?:\/|$)/i.exec(url)?.[1]?.toLowerCase();
  return host === undefined || everybodys.some((known) => known.test(host)) ? undefined : host;
}
