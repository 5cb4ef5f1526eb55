import type { Code } from '../code.ts';
import type { Required } from './settings.ts';

/** A struct, with the attributes in front of it. */
const struct =
  /((?:#\[(?:[^\][]|\[[^\]]*\])*\]\s*)*)(?:pub(?:\([^)]*\))?\s+)?struct\s+(\w+)(?:<[^>]*>)?\s*\{([^}]*)\}/g;

/** A field, with its attributes. */
const field = /((?:#\[(?:[^\][]|\[[^\]]*\])*\]\s*)*)(?:pub(?:\([^)]*\))?\s+)?(\w+)\s*:\s*([^,\n]+(?:<[^>]*>)?)/g;

/** Types whose value may be missing. */
const optional = /^(?:std::option::)?(?:Option|Vec|bool)\b/;

/**
 * Variables that fields of structs stand for: clap's `#[arg(env = "X")]`, envconfig's `#[envconfig(from = "X")]`, and
 * all fields of what envy reads.
 */
export function requiredFields(code: Code): readonly Required[] {
  const { text } = code;
  if (!/\benv\b|\benvy\b|\benvconfig\b/.test(text)) return [];
  return [...text.matchAll(struct)].flatMap((found) => {
    const [whole, attributes = '', name = '', body = ''] = found;
    const start = found.index + whole.lastIndexOf(body);
    const prefix = envyPrefix(text, name);
    return [...body.matchAll(field)].flatMap((item) => {
      const [, own = '', key = '', type = ''] = item;
      if (optional.test(type.trim())) return [];
      const variable = named(own, key) ?? (prefix === undefined ? undefined : envyName(own, attributes, prefix, key));
      if (variable === undefined) return [];
      const line = text.slice(0, start + item.index + own.length).split('\n').length;
      return [{ name: variable, place: { file: code.file, line } }];
    });
  });
}

/** The variable of a field that clap or envconfig reads and that has no default. */
function named(attributes: string, key: string): string | undefined {
  if (/\bdefault(?:_value\w*)?\s*[=,)]|\bdefault\b(?!_)/.test(attributes)) return undefined;
  const [, envconfig] = /#\[envconfig\([^)]*\bfrom\s*=\s*"([^"]+)"/.exec(attributes) ?? [];
  if (envconfig !== undefined) return envconfig;
  const [, clap] = /#\[(?:arg|clap|structopt)\(([\s\S]*)\)\]/.exec(attributes) ?? [];
  if (clap === undefined) return undefined;
  const [, variable] = /\benv\s*=\s*"([^"]+)"/.exec(clap) ?? [];
  return variable ?? (/(?:^|[,\s])env(?:\s*[,)]|\s*$)/.test(clap) ? key.toUpperCase() : undefined);
}

/** The prefix of the variables that envy reads a struct from; `undefined` where it reads none. */
function envyPrefix(text: string, name: string): string | undefined {
  const [, prefix] = new RegExp(String.raw`envy::prefixed\(\s*"([^"]*)"\s*\)\s*\.from_env::<${name}>`).exec(text) ?? [];
  if (prefix !== undefined) return prefix;
  const plain = new RegExp(
    String.raw`envy::from_env::<${name}>|:\s*${name}\s*=\s*envy::from_env|->\s*(?:\w+::)*Result<${name}[^{]*\{[^}]*envy::from_env`,
  );
  return plain.test(text) ? '' : undefined;
}

function envyName(own: string, ofStruct: string, prefix: string, key: string): string | undefined {
  if (/#\[serde\([^)]*\b(?:default|skip|flatten)\b/.test(own) || /#\[serde\([^)]*\bdefault\b/.test(ofStruct))
    return undefined;
  const [, renamed] = /#\[serde\([^)]*\brename\s*=\s*"([^"]+)"/.exec(own) ?? [];
  return `${prefix}${(renamed ?? key).toUpperCase()}`;
}
