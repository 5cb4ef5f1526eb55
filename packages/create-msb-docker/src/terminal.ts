/** Text styles; each is the identity where colour is not wanted. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
}

const style =
  (on: boolean, open: number, close: number) =>
  (text: string): string =>
    on ? `\u001b[${open}m${text}\u001b[${close}m` : text;

/** `on` follows https://no-color.org and whether the stream is a terminal; see {@link wantsColour}. */
export const paint = (on: boolean): Paint => ({
  bold: style(on, 1, 22),
  dim: style(on, 2, 22),
  red: style(on, 31, 39),
  green: style(on, 32, 39),
  yellow: style(on, 33, 39),
});

/** Whether a stream should get colours. */
export const wantsColour = (stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean =>
  stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';

/**
 * Text from a project, made harmless for a terminal: on one line, with control characters (C1 among them, which some
 * terminals obey) and marks that reorder text (https://trojansource.codes) spelled out.
 */
export const visible = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced
  text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, escaped);

const names: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const escaped = (char: string): string => names[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
