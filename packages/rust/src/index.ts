import { type Ecosystem, loadManifest } from '@msb/core';
import { detectRust } from './detect.ts';
import { contextOf } from './scope.ts';

/** Rust: one static program, linked with musl. */
export const rust: Ecosystem = { ...loadManifest(import.meta.url, 'rust'), detect: detectRust, context: contextOf };
