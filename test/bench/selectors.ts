import { chromium } from 'playwright-core'
import { findOrInstall } from '../support/browsers.ts'
import { selectorMakers, survivalOf, survivalTable } from '../support/survival.ts'

/** How many selectors still find their element after a page's next build, beside two other makers of selectors. */
export async function benchSelectors(): Promise<string> {
  const browser = await chromium.launch({ executablePath: await findOrInstall('chromium') })
  const picks = await survivalOf(browser)
  await browser.close()
  const times = selectorMakers.map(maker => {
    const each = picks.filter(pick => pick.maker === maker)
    return `${maker} ${(each.reduce((sum, { ms }) => sum + ms, 0) / each.length).toFixed(2)} ms`
  })
  return `${survivalTable(picks)}\n\nMean time of a pick: ${times.join(', ')}.`
}
