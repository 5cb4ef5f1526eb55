import { type Code, matchesIn } from '../code.ts';
import type { Sources } from '../sources.ts';
import type { PathCall } from './calls.ts';
import type { Named } from './named.ts';

/** A path that a crate reads although no code names it. */
interface Convention {
  /** The code that takes it into use. */
  readonly code: RegExp;
  readonly paths: readonly string[];
  /** Whether the program ends where they are not there. */
  readonly must?: boolean;
}

const conventions: readonly Convention[] = [
  // https://api.rocket.rs/v0.5/rocket_dyn_templates/: template_dir is "templates"
  { code: /\bTemplate::(?:fairing|custom|try_custom)\(/, paths: ['templates'] },
  // https://rocket.rs/guide/v0.5/configuration/: Rocket.toml in the working folder or above it
  { code: /\brocket::(?:build|ignite|custom)\(|#\[(?:rocket::)?launch\]/, paths: ['Rocket.toml'] },
  // https://loco.rs/docs/the-app/your-project/: config/<environment>.yaml, and what a page needs
  { code: /\bloco_rs::|\bimpl Hooks for\b/, paths: ['config', 'assets'] },
  // https://docs.rs/diesel_migrations: the nearest folder named migrations
  { code: /\bFileBasedMigrations::find_migrations_directory\(/, paths: ['migrations'] },
  // https://docs.rs/dotenvy: without `.ok()` the program ends where there is no .env
  { code: /\bdotenv\(\)\s*(?:\.(?:unwrap|expect)\(|\?)/, paths: ['.env'], must: true },
  // https://docs.rs/leptos_config: settings of cargo-leptos
  { code: /\bget_configuration\(\s*None\s*\)/, paths: ['Cargo.toml'] },
];

const reading = (must: boolean): PathCall => ({ name: /./, does: 'read', must });

/** What the crates that a program uses read by convention; a file that is not there is no fault then. */
export function conventionsOf({ own, shared, locals }: Sources): readonly Named[] {
  const code: readonly Code[] = [...own, ...shared, ...locals];
  return conventions.flatMap(({ code: pattern, paths, must = false }) => {
    const [hit] = matchesIn(code, pattern);
    if (hit === undefined) return [];
    return paths.map((text) => ({ base: 'working', text, place: hit.place, aPath: true, call: reading(must) }));
  });
}
