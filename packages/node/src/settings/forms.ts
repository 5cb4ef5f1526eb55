/** What the value of a variable has to look like. */
export interface Form {
  readonly kind: 'url' | 'email' | 'number' | 'boolean' | 'choice' | 'uuid' | 'text';
  /** The value that a build may have in its place. */
  readonly placeholder: string;
}

/** Addresses by what is at their end, as the name of the variable tells. */
const addresses: readonly (readonly [name: RegExp, address: string])[] = [
  [/MONGO/, 'mongodb://localhost:27017/placeholder'],
  [/REDIS|KV_URL/, 'redis://localhost:6379'],
  [/MYSQL|MARIA/, 'mysql://localhost:3306/placeholder'],
  [/AMQP|RABBIT/, 'amqp://localhost:5672'],
  [/SMTP/, 'smtp://localhost:25'],
  [/DATABASE|POSTGRES|(?:^|_)(?:PG|DB)(?:_|$)|NEON/, 'postgresql://localhost:5432/placeholder'],
  [/./, 'https://placeholder.invalid'],
];

const addressOf = (name: string): string => addresses.find(([pattern]) => pattern.test(name))?.[1] ?? '';

/** The form of a variable, by its rule in a schema (`z.string().url()`), else by its name. */
export function formOf(name: string, rule: string): Form {
  const choice =
    /\b(?:enum|picklist|valid|oneOf)\(\s*\[?\s*['"]([^'"]+)['"]/.exec(rule)?.[1] ??
    /\bliteral\(\s*['"]([^'"]+)['"]/.exec(rule)?.[1];
  if (choice !== undefined) return { kind: 'choice', placeholder: choice };
  if (/\.email\(|\bemail\(/.test(rule)) return { kind: 'email', placeholder: 'placeholder@example.com' };
  if (/\buuid\(/.test(rule)) return { kind: 'uuid', placeholder: '00000000-0000-4000-8000-000000000000' };
  if (/\b(?:number|num|port|int|bigint)\(/.test(rule)) return { kind: 'number', placeholder: '3000' };
  if (/\b(?:boolean|bool|stringbool)\(/.test(rule)) return { kind: 'boolean', placeholder: 'true' };
  const begins = /\.startsWith\(\s*['"]([^'"]+)['"]/.exec(rule)?.[1] ?? '';
  if (/\burl\(|\buri\(|:\/\//.test(rule) || (begins === '' && /(?:^|_)(?:URL|URI|DSN|ENDPOINT)(?:_|$)/.test(name)))
    return { kind: 'url', placeholder: addressOf(name) };
  const length = Number(/\.(?:min|length)\(\s*(\d+)/.exec(rule)?.[1] ?? 32);
  const text = `${begins}placeholder-${'0'.repeat(128)}`;
  const exact = /\.length\(/.test(rule) || length > 32 ? length : Math.max(32, length);
  return { kind: 'text', placeholder: text.slice(0, Math.max(exact, begins.length)) };
}
