import type { Detection, Note, Place, Project, RuntimeFamily } from '@msb/core';
import type { PackageJson } from './package-json.ts';

/** A browser that the program starts, which then has to be in the image. */
export interface Browser {
  /** The package that drives it. */
  readonly name: string;
  readonly place: Place;
  /** Variables of the running program. */
  readonly env: Readonly<Record<string, string>>;
  readonly notes: readonly Note[];
}

/** Where Debian's package puts it (https://packages.debian.org/trixie/chromium). */
const program = '/usr/bin/chromium';

/** The only base that a browser is added to: distroless has no libraries for one, and Playwright knows no musl. */
const family: RuntimeFamily = 'slim';

/** Packages that drive a browser: the variable that says where it is, and whether the package itself asks for it. */
const drivers: Readonly<Record<string, { readonly variable: string; readonly asks: boolean }>> = {
  puppeteer: { variable: 'PUPPETEER_EXECUTABLE_PATH', asks: true }, // https://pptr.dev/guides/configuration
  'puppeteer-core': { variable: 'PUPPETEER_EXECUTABLE_PATH', asks: false },
  playwright: { variable: 'PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH', asks: false },
  'playwright-core': { variable: 'PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH', asks: false },
  'playwright-chromium': { variable: 'PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH', asks: false },
};

const starts = /\.launch(?:PersistentContext|Server)?\(/;

/**
 * The browser that a program starts; `undefined` where it starts none, or talks to one that runs elsewhere. `files` are
 * the sources of the program.
 */
export function browserOf(
  project: Project,
  { production }: PackageJson,
  files: readonly string[],
): Browser | undefined {
  const name = Object.keys(drivers).find((driver) => production.has(driver));
  const driver = name === undefined ? undefined : drivers[name];
  const hit = project.search(files, [starts]);
  const place = name === undefined ? undefined : production.get(name)?.place;
  if (name === undefined || driver === undefined || place === undefined || hit === undefined) return undefined;
  const told = driver.asks || project.search(files, [/\bexecutablePath\b/]) !== undefined;
  return {
    name,
    place,
    env: { [driver.variable]: program, XDG_CONFIG_HOME: '/tmp/.chromium', XDG_CACHE_HOME: '/tmp/.chromium' },
    notes: [about(place), ...(told ? [] : [untold(name, driver.variable, { file: hit.file, line: hit.line })])],
  };
}

const about = (place: Place): Note => ({
  message:
    "The image has Debian's Chromium, which makes it some 700 MB bigger; it runs without its own sandbox, as a container lets it have none",
  hint: 'Let it open pages that you trust only, or leave it to a container of its own and connect to that.',
  place,
});

const untold = (name: string, variable: string, place: Place): Note => ({
  message: `${name} starts a browser that it downloaded itself, unless it is told where another one is`,
  hint: `Tell it: launch({ executablePath: process.env.${variable} }); the image sets that.`,
  place,
});

/** Why a program with a browser does not fit on every base. */
export const browserRuntimes = (browser: Browser | undefined): Detection['runtimes'] =>
  browser && {
    families: [family],
    reason: {
      message: `It starts a browser with ${browser.name}, whose libraries no smaller base has: it ships on slim`,
      hint: 'Leave the browser to a container of its own, and connect to that, to ship without one.',
      place: browser.place,
    },
  };
