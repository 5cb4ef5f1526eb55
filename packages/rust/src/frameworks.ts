/** What a crate that serves says about a program that uses it. */
export interface Framework {
  /** Its port when the program names none. */
  readonly port?: number;
  /** It ends on SIGTERM by itself. */
  readonly stops?: boolean;
  /** Variables without which it listens where nothing reaches it. */
  readonly env?: (port: number) => Readonly<Record<string, string>>;
}

/**
 * Crates whose use means that a program serves. hyper and tonic are not among them: clients use them, too. Rocket
 * listens on loopback unless told (https://rocket.rs/guide/v0.5/configuration/); actix-web, ntex and Rocket handle
 * signals themselves.
 */
export const frameworks: Readonly<Record<string, Framework>> = {
  'actix-web': { stops: true },
  axum: {},
  gotham: {},
  ntex: { stops: true },
  poem: {},
  rocket: {
    port: 8000,
    stops: true,
    env: (port) => ({ ROCKET_ADDRESS: '0.0.0.0', ROCKET_PORT: String(port) }),
  },
  rouille: {},
  salvo: {},
  tide: {},
  tiny_http: {},
  trillium: {},
  warp: {},
};

/** The framework among some crates; `undefined` when there is none. */
export function findFramework(crates: readonly string[]): Framework | undefined {
  const name = crates.find((crate) => Object.hasOwn(frameworks, crate));
  return name === undefined ? undefined : frameworks[name];
}
