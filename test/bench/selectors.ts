import { chromium } from 'playwright-core'
import { findOrInstall } from '../support/browsers.ts'
import { survivalOf, survivalTable } from '../support/survival.ts'

/** How many selectors still find their element after a page's next build, beside two other makers of selectors. */
export async function benchSelectors(): Promise<string> {
  const browser = await chromium.launch({ executablePath: await findOrInstall('chromium') })
  const picks = await survivalOf(browser)
  await browser.close()
  return survivalTable(picks)
}
