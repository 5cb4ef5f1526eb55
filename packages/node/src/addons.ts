/** What is known of a package with machine code. */
export interface Addon {
  /**
   * An expression that fails when its machine code is missing. Most load it at once; better-sqlite3 only when a database
   * is opened, so that its `require` proves nothing.
   */
  readonly probe?: string;
  /**
   * Whether a compiler has to be there: it has no binaries in its own package, and those that it looks for elsewhere are
   * made for some versions of Node and some platforms, or out of reach of the build. Of a range, as package.json has it.
   */
  readonly compiles?: (range: string) => boolean;
}

/** The first version of a range as a number: `^5.1.2` → 5.1; `undefined` for a tag or an address. */
const lowest = (range: string): number | undefined => {
  const [, major, minor = '0'] = /^[\s^~>=v]*(\d+)(?:\.(\d+))?/.exec(range) ?? [];
  return major === undefined ? undefined : Number(major) + Number(minor) / 100;
};

const loads = (name: string): string => `require('${name}')`;
const compiled = (name: string, probe = loads(name)): readonly [string, Addon] => [
  name,
  { probe, compiles: () => true },
];
const prebuilt = (name: string): readonly [string, Addon] => [name, { probe: loads(name) }];
const before = (name: string, major: number): readonly [string, Addon] => [
  name,
  { probe: loads(name), compiles: (range) => (lowest(range) ?? major) < major },
];

/** Packages that are known to hold machine code. Adding one is adding a row. */
export const addons: ReadonlyMap<string, Addon> = new Map<string, Addon>([
  before('argon2', 0.41), // prebuilds are in its package since 0.41
  before('bcrypt', 6), // prebuilds are in its package since 6.0
  compiled('better-sqlite3', "new (require('better-sqlite3'))(':memory:')"),
  prebuilt('canvas'), // it brings Cairo along, which a compiler alone could not replace
  compiled('cpu-features'),
  compiled('farmhash'),
  compiled('iconv'),
  compiled('isolated-vm'),
  compiled('kerberos'),
  compiled('libxmljs'),
  compiled('libxmljs2'),
  compiled('node-expat'),
  compiled('node-pty'),
  compiled('node-rdkafka'),
  compiled('re2'),
  prebuilt('sharp'),
  compiled('sqlite3'),
  compiled('unix-dgram'),
  prebuilt('zeromq'),
]);
