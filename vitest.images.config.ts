import { defineConfig } from 'vitest/config';

const conditions = ['@msb/source', 'module', 'node', 'development|production'];

/** The tests that build and run images: apart from the others, since they need a Docker engine and minutes. */
export default defineConfig({
  ssr: { resolve: { conditions } },
  resolve: { conditions },
  test: {
    include: ['packages/*/src/**/*.images.ts', 'tools/e2e/*.images.ts'],
    // two builds at a time keep two cores busy, where one waits for downloads half of the time; more would wait for CPUs
    maxWorkers: 2,
    testTimeout: 120_000,
  },
});
