import { type Browser, chromium } from 'playwright-core'
import { findOrInstall } from './find.ts'

let launched: Promise<Browser> | undefined

/**
 * One Chromium for all the files that a worker runs, since a start costs a second of its two cores. A context in it
 * is a visitor's browser of its own. It ends with the worker; so does Playwright's folder for it.
 */
export function sharedChromium(): Promise<Browser> {
  launched ??= launch()
  return launched
}

async function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: await findOrInstall('chromium'), ...chromiumSettings })
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
