import { chromium, type Page } from 'playwright-core'
import type { Config, Tour } from '../../src/index.ts'
import { findOrInstall } from '../support/browsers.ts'
import { createSite } from '../support/site.ts'
import { quantile, table } from './table.ts'

const rounds = 40

/** Thirty tours of twenty steps; none of them starts on the page. */
const config: Config = {
  webhooks: [{ id: 'crm', url: 'https://crm.example/hook' }],
  tours: Array.from(
    { length: 30 },
    (_, tour): Tour => ({
      id: `tour-${tour}`,
      name: `Tour ${tour}`,
      start: [
        { url: `/area-${tour}/*` },
        { element: `#absent-${tour}` },
        { tags: { plan: { is: `plan-${tour}` } } },
      ][tour % 3],
      steps: Array.from({ length: 20 }, (_, step) => ({
        id: `step-${step}`,
        type: 'pointer' as const,
        element: `#element-${step}`,
        title: `Step ${step}`,
        content: 'Each project has a board of its own, and every board has **its own** rules.',
        fields: [{ name: `answer-${step}`, label: 'What do you think?', type: 'text' as const }],
      })),
    }),
  ),
}

const pageWith = (script: string, tours: Config['tours'] = []) =>
  `<!doctype html><html lang="en"><title>Idle</title><h1>Idle</h1>
  <script type="application/json" id="tourhook-config">${JSON.stringify({ ...config, tours })}</script>
  ${script && `<script src="/dist/${script}"></script>`}`

const parsing = '<script>JSON.parse(document.getElementById("tourhook-config").textContent)</script>'

const pages = {
  'an empty page': pageWith(''),
  'an empty page that parses the 30 tours': pageWith('', config.tours) + parsing,
  'the core, no tour': pageWith('tourhook.js'),
  'the core, 30 tours': pageWith('tourhook.js', config.tours),
  'the full script, no tour': pageWith('tourhook.full.js'),
  'the full script, 30 tours': pageWith('tourhook.full.js', config.tours),
}

/** What tours that do not start cost a page: script evaluation and init, in ms of the main thread. */
export async function benchIdle(): Promise<string> {
  const names = Object.keys(pages)
  const paths = Object.fromEntries(Object.values(pages).map((html, index) => [`/${index}`, html]))
  const site = await createSite({ pages: paths })
  const browser = await chromium.launch({ executablePath: await findOrInstall('chromium') })
  const context = await browser.newContext()
  const samples = names.map((): number[] => [])

  // Round by round, so that whatever else the machine does hits all of them alike. The first two warm up.
  for (let round = -2; round < rounds; round++) {
    for (const [index, taken] of samples.entries()) {
      const ms = await scriptMs(await context.newPage(), site.url(`/${index}`))
      if (round >= 0) taken.push(ms)
    }
  }
  await browser.close()
  await site.close()
  return table(
    ['script on the main thread, ms', 'median', 'p95'],
    samples.map((taken, index) => [
      names[index] ?? '',
      quantile(taken, 0.5).toFixed(1),
      quantile(taken, 0.95).toFixed(1),
    ]),
  )
}

/** How long a page's main thread runs scripts, from its beginning until it has been idle. */
async function scriptMs(page: Page, url: string): Promise<number> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  await page.goto(url)
  await page.evaluate(
    () => new Promise(resolve => setTimeout(() => requestIdleCallback(() => resolve(undefined)), 100)),
  )
  const { metrics } = await devtools.send('Performance.getMetrics')
  await page.close()
  return (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0) * 1_000
}
