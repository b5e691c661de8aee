import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { createCountReporter } from './support/count-reporter.ts'

/** What needs a process, a database or a disk. */
const slow = 'test/**/*.slow.test.{ts,tsx}'
/** What needs the built files. */
const built = ['test/package/**', 'test/browser/**', 'test/frameworks/**']
/** What has no document: the server, and what both sides share. */
const withoutDom = 'test/{server,schema,values,message,support}/**/*.test.ts'

/** Much of it waits: for a process, a receiver, a frame, a time-out. So there are more of them than processors. */
const beside = { sequence: { groupOrder: 1 }, maxWorkers: 4 }

const browser = {
  // One Chromium a worker, whichever files it runs: see support/browsers/shared-chromium.ts.
  isolate: false,
  globalSetup: 'test/support/find-browsers.ts',
  testTimeout: 30_000,
  hookTimeout: 60_000,
  expect: { poll: { timeout: 10_000 } },
}

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    reporters: ['default', createCountReporter()],
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit:dom',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [withoutDom, slow, ...built],
          environment: 'happy-dom',
          // A document of its own for each file costs half as much in a context as in a process.
          pool: 'vmThreads',
        },
      },
      {
        test: {
          name: 'unit:node',
          // No file leaves anything behind, and loading the server for each takes longer than testing it.
          isolate: false,
          include: [withoutDom],
          exclude: [slow],
          environment: 'node',
          expect: { poll: { timeout: 10_000 } },
        },
      },
      {
        test: {
          name: 'server',
          include: ['test/server/**/*.slow.test.ts'],
          environment: 'node',
          expect: { poll: { timeout: 10_000 } },
          ...beside,
        },
      },
      { test: { name: 'package', include: ['test/package/**/*.test.ts'], environment: 'node' } },
      {
        test: {
          ...browser,
          name: 'browser',
          include: ['test/browser/**/*.test.{ts,tsx}'],
          provide: { engines: ['chromium'], departures: process.env.CI ? 200 : 20 },
          ...beside,
        },
      },
      {
        test: {
          ...browser,
          name: 'frameworks',
          include: ['test/frameworks/**/*.test.ts'],
          provide: { engines: ['chromium'], departures: 0 },
        },
      },
      {
        test: {
          ...browser,
          name: 'engines',
          include: ['test/browser/**/*.engines.test.ts'],
          provide: { engines: ['firefox', 'webkit'], departures: process.env.CI ? 200 : 20 },
        },
      },
    ],
  },
})
