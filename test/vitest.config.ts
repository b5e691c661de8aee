import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { createCountReporter } from './support/count-reporter.ts'

/** What runs in a document: the tour and what surrounds it. */
const dom = [
  'test/{tour,delivery,render,adapters}/**/*.test.{ts,tsx}',
  'test/{tourhook,events,hostile}.test.ts',
  'test/script.test.ts',
  'test/compat.test.ts',
]

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    reporters: ['default', createCountReporter()],
    // Much of it waits for a process, a browser or a disk.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit:node',
          include: ['test/**/*.test.ts'],
          exclude: [...dom, 'test/{browser,engines,bench}/**'],
          environment: 'node',
          expect: { poll: { timeout: 10_000 } },
        },
      },
      { test: { name: 'unit:dom', include: dom, environment: 'happy-dom' } },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: 'test/support/find-browsers.ts',
          provide: { engines: ['chromium'] },
          // After the rest, so that what is timed stays true.
          sequence: { groupOrder: 1 },
          testTimeout: 30_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 10_000 } },
        },
      },
    ],
  },
})
