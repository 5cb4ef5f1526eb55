import { pathWord } from './dockerfile/quote.ts';
import { defaultImage } from './images.ts';
import type { Artifact, RuntimePlan, TemplateValues } from './plan.ts';

/** How a web server hands out a folder of files. */
export interface Site {
  /** Where the site begins below the host's name; begins and ends with a slash: `/`, `/docs/`. */
  readonly base: string;
  /**
   * What is sent, with status 200, where no file is, since a script in the browser knows the page: `/index.html`.
   * Without it the answer is 404, with the site's own `404.html` if it has one. Relative to the base, as what follows.
   */
  readonly fallback?: string;
  /**
   * Files that have a hash of their content in their names, so that browsers may keep them for ever: a folder
   * (`/assets/`), or a regular expression for the end of a path (`-[0-9a-f]{8}\.js$`).
   */
  readonly immutable: readonly string[];
}

/** The folder of the image that holds the site. */
const root = '/srv';

/** What a {@link RuntimePlan} of a site has in common with that of a program. */
type Common = Pick<RuntimePlan, 'target' | 'labels' | 'port'>;

/** The image of an unprivileged nginx that hands out the folder `from`. Throws `unsafe-value` for an unsafe path. */
export function siteRuntime(site: Site, from: Omit<Artifact, 'dest'>, common: Common): RuntimePlan {
  return {
    ...common,
    family: 'nginx',
    image: defaultImage('nginx', 'runtime'),
    site,
    artifacts: [{ ...from, src: pathWord(`${from.src}/`, 'A path'), dest: `${root}${site.base}` }],
    entrypoint: ['/usr/sbin/nginx'],
    cmd: ['-g', 'daemon off;'],
  };
}

/** The words of nginx' configuration for a site. Throws `unsafe-value` for a path that would be more than a word. */
export function siteValues({ base, fallback, immutable }: Site): TemplateValues {
  const path = (value: string): string => pathWord(value, 'A path of the site');
  const pattern = (value: string): string =>
    value.startsWith('/') ? `^${path(base + value.slice(1)).replaceAll('.', '\\.')}` : value;
  return {
    root,
    base: path(base),
    below: base !== '/',
    fallback: fallback === undefined ? undefined : path(base + fallback.slice(1)),
    immutable: immutable.map(pattern),
  };
}
