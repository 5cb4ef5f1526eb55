/** Strings and comments of Java, Kotlin and Groovy, whichever begins first. */
const tokens = /"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;

/** The text with comments blanked out, so that lines stay where they are. */
export const withoutComments = (text: string): string =>
  text.replace(tokens, (token) => (/^\/[/*]/.test(token) ? token.replace(/[^\n]/g, ' ') : token));
