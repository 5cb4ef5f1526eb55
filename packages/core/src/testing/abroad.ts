import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';

/** What another computer's environment says. Setting TZ also moves the clock of this process. */
const environment: Readonly<Record<string, string>> = {
  TZ: 'Pacific/Kiritimati',
  LANG: 'tr_TR.UTF-8',
  LC_ALL: 'tr_TR.UTF-8',
  HOME: '/none',
  USER: 'x',
  NODE_ENV: 'production',
  PORT: '9',
  CI: '1',
};

/** Puts other properties in the place of those of an object; returns what puts the first ones back. */
function swap(object: object, others: Readonly<Record<string, unknown>>): () => void {
  const before = Object.keys(others).map((name) => [name, Object.getOwnPropertyDescriptor(object, name)] as const);
  for (const [name, value] of Object.entries(others)) {
    Object.defineProperty(object, name, { value, configurable: true, writable: true });
  }
  return () => {
    for (const [name, descriptor] of before) if (descriptor) Object.defineProperty(object, name, descriptor);
  };
}

/** Gives a process other variables and no others; returns what gives it back its own. */
function swapEnvironment(): () => void {
  const before = { ...process.env };
  const set = (values: NodeJS.ProcessEnv): void => {
    for (const name of Object.keys(process.env)) if (values[name] === undefined) delete process.env[name];
    for (const [name, value] of Object.entries(values)) process.env[name] = value;
  };
  set(environment);
  return () => set(before);
}

const later = Date.now() + 1e11;

/** A clock that stands still, years ahead. */
const laterDate = new Proxy(Date, {
  construct: (date, args) => Reflect.construct(date, args.length === 0 ? [later] : args),
  get: (date, name) => (name === 'now' ? () => later : Reflect.get(date, name)),
});

const { toLocaleLowerCase, toLocaleUpperCase, localeCompare } = String.prototype;

/** What a text does in a Turkish environment, where nobody says which language is meant. */
const turkish = {
  toLocaleLowerCase(this: string, locale?: string | string[]): string {
    return toLocaleLowerCase.call(this, locale ?? 'tr');
  },
  toLocaleUpperCase(this: string, locale?: string | string[]): string {
    return toLocaleUpperCase.call(this, locale ?? 'tr');
  },
  // backwards, to notice who sorts by the host's language
  localeCompare(this: string, other: string, locale?: string, options?: Intl.CollatorOptions): number {
    return locale === undefined ? -localeCompare.call(this, other) : localeCompare.call(this, other, locale, options);
  },
};

/** Runs `act` as another computer would: its system, time, language, variables and chance. */
export function abroad<T>(act: () => T): T {
  const restore = [
    swapEnvironment(),
    swap(process, { platform: 'darwin', arch: 'arm64' }),
    swap(os, { hostname: () => 'elsewhere', homedir: () => '/none', platform: () => 'darwin', arch: () => 'arm64' }),
    swap(globalThis, { Date: laterDate }),
    swap(Math, { random: () => 0.125 }),
    swap(String.prototype, turkish),
    swap(Number.prototype, { toLocaleString: (): string => '1.234,5' }),
  ];
  syncBuiltinESMExports();
  try {
    return act();
  } finally {
    for (const undo of restore.reverse()) undo();
    syncBuiltinESMExports();
  }
}
