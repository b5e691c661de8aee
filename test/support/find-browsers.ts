import type { TestProject } from 'vitest/node'
import { type BrowserName, findOrInstall } from './browsers.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The engines that this run is about. */
    engines: BrowserName[]
    /** How many visitors leave, for each way of leaving. */
    departures: number
  }
}

/** Vitest's global setup: the browsers are there before the first test's clock runs. */
export default async function findBrowsers(project: TestProject) {
  for (const engine of project.getProvidedContext().engines) {
    await findOrInstall(engine)
    if (engine === 'chromium') await findOrInstall('headless-shell')
  }
}
