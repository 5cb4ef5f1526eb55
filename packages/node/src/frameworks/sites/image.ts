import { MsbError, type Options, pathWord, type RuntimePlan, siteRuntime } from '@msb/core';
import type { NodeBuild } from '../../plan.ts';
import type { MadeSite } from '../framework.ts';

/** What a site has in place of a program, which is nothing: the web server of the image answers, on a port of ours. */
export const nothingRuns: Pick<NodeBuild, 'start' | 'service'> = {
  start: { env: {}, flags: [], entry: 'index.html', args: [], place: undefined, fromDependency: false },
  service: { serves: true, port: undefined, readsPort: undefined, hostVariable: undefined },
};

/** The port that the web server listens on unless another one is asked for. */
export const sitePort = 8080;

/** The image of a site. Throws `bad-option` for port 0. */
export function siteImage(
  made: MadeSite,
  workdir: string,
  options: Options,
  labels: Readonly<Record<string, string>>,
): RuntimePlan {
  const port = Number(options.port ?? sitePort);
  if (port === 0) {
    const hint = `Leave --port out for ${sitePort}, or name another one.`;
    throw new MsbError(
      'bad-option',
      '--port 0 is for programs that serve nothing, and this image is a web server',
      hint,
    );
  }
  const folder = `${workdir}/${pathWord(made.folder, 'The folder of the site')}`;
  // /app is the build context as the stages have it.
  const from = made.asIs ? { src: folder.replace(/^\/app\//, '') } : { stage: 'build', src: folder };
  return siteRuntime(made.site, from, { labels, port });
}
