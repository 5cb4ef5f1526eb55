import { type Ecosystem, loadManifest } from '@msb/core';
import { detectJava } from './detect.ts';
import { contextOf } from './scope.ts';

/** Java and Kotlin, built with Maven or Gradle. */
export const java: Ecosystem = { ...loadManifest(import.meta.url, 'java'), detect: detectJava, context: contextOf };
