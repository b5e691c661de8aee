import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { createCountReporter } from './support/count-reporter.ts'

/** The deliveries of the main run once more, in the engines that it leaves out. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    name: 'engines',
    include: ['test/browser/**/*.engines.test.ts'],
    globalSetup: 'test/support/find-browsers.ts',
    provide: { engines: ['firefox', 'webkit'] },
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ['default', createCountReporter()],
  },
})
