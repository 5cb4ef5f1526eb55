/** What went wrong, as a stable word that scripts can test for. */
export type ErrorCode = keyof typeof exitCodes;

/**
 * The process exit code of every error: 2 usage, 3 a conflict with a file of the user's,
 * 4 the project can't be served as it is, or not on this machine, 5 what was made is not right. (0 is success, 1 a bug of
 * ours.)
 */
export const exitCodes = {
  'bad-option': 2,
  'open-question': 2,
  conflict: 3,
  'not-a-project': 4,
  'several-ecosystems': 4,
  'broken-file': 4,
  'no-entry-point': 4,
  'unknown-version': 4,
  unsupported: 4,
  'unsafe-value': 4,
  'outside-link': 4,
  'secret-in-build': 4,
  'not-writable': 4,
  'no-engine': 4,
  'no-network': 4,
  'build-failed': 5,
  'broken-template': 4,
} as const;

/** A place in one of the project's files. `line` counts from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number;
}

/**
 * An error the user can act on: one message, where it was seen, and what to do about it.
 * Anything else that is thrown is a bug of ours.
 */
export class MsbError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;
  readonly place: Place | undefined;

  constructor(code: ErrorCode, message: string, hint: string, place?: Place) {
    super(message);
    this.name = 'MsbError';
    this.code = code;
    this.hint = hint;
    this.place = place;
  }

  /** See {@link exitCodes}. */
  get exitCode(): number {
    return exitCodes[this.code];
  }
}

/** The same error with place and hint in its message, for doors such as Nx and plop that print nothing else of it. */
export function inOneMessage(error: unknown): unknown {
  if (!(error instanceof MsbError)) return error;
  const { code, message, hint, place } = error;
  return new MsbError(code, `${message}${place ? ` (${placeText(place)})` : ''}. ${hint}`, hint, place);
}

/** `go.mod:3`, or `go.mod` when the line is unknown. */
export const placeText = (place: Place): string =>
  place.line === undefined ? place.file : `${place.file}:${place.line}`;
