/**
 * Pages made in advance are asked of a server on localhost. In a build that is also `::1`, where the server then listens;
 * but as there is no other address of IPv6, Node connects by IPv4 alone: https://github.com/remix-run/react-router/issues/15255,
 * https://github.com/TanStack/router/issues/6275
 */
export const prerenders = { NODE_OPTIONS: '--dns-result-order=ipv4first' } as const;
