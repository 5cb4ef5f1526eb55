/** Hosts that only the container itself reaches, as part of a pattern. */
export const loopbackHost = String.raw`(?:127\.0\.0\.1|localhost|\[::1\])`;

/** Hosts that a program listens on, as part of a pattern. */
export const anyHost = String.raw`(?:0\.0\.0\.0|\[::\]|${loopbackHost})`;
