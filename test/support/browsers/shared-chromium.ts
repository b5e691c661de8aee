import { type Browser, chromium } from 'playwright-core'
import { executableOf } from './find.ts'

type ChromiumProgram = 'chromium' | 'headless-shell'

const launched = new Map<ChromiumProgram, Promise<Browser>>()

/**
 * One Chromium for all the files that a worker runs, since a start costs a second of its two cores. A context in it
 * is a visitor's browser of its own. It ends with the worker; so does Playwright's folder for it.
 * The shell is the same engine, and opens and draws pages for less than half of the processor's time; the whole
 * browser has what is around it: the back/forward cache, a profile on the disk.
 */
export function sharedChromium(program: ChromiumProgram = 'headless-shell'): Promise<Browser> {
  const browser = launched.get(program) ?? launch(program)
  launched.set(program, browser)
  return browser
}

async function launch(program: ChromiumProgram): Promise<Browser> {
  return chromium.launch({ executablePath: await executableOf(program), ...chromiumSettings })
}

export const chromiumSettings = {
  // Visitors have that cache, and Tourhook must not keep a page out of it.
  ignoreDefaultArgs: ['--disable-back-forward-cache'],
  args: [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}
