import { expect, test } from 'vitest';
import { below } from './folder.ts';

test.each([
  ['COPY . .', 'COPY web .'],
  ['COPY --link a b/ ./', 'COPY --link web/a web/b ./'],
  ['COPY --from=deps /a /b', 'COPY --from=deps /a /b'],
  ['ADD https://example.com/x /x', 'ADD https://example.com/x /x'],
  ["COPY <<'EOT' /etc/x", "COPY <<'EOT' /etc/x"],
  ['RUN --mount=type=bind,source=a,target=a b', 'RUN --mount=type=bind,source=web/a,target=a b'],
  ['    --mount=target=/src,src=. \\', '    --mount=target=/src,source=web \\'],
  ['RUN --mount=target=/src make', 'RUN --mount=target=/src,source=web make'],
  [
    'RUN --mount=type=cache,target=/x --mount=from=deps,source=a,target=a b',
    'RUN --mount=type=cache,target=/x --mount=from=deps,source=a,target=a b',
  ],
  ['RUN cp a b', 'RUN cp a b'],
])('%s', (line, expected) => expect(below(line, 'web')).toBe(expected));
