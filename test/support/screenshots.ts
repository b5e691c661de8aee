import { mkdir, readFile } from 'node:fs/promises'
import { chromium, type Page } from 'playwright-core'
import { startDemo } from '../../examples/demo/demo.ts'
import type { FullTourhook } from '../../src/script/create-full.ts'
import { findOrInstall } from './browsers.ts'
import { createSite } from './site.ts'
import { walk } from './walk.ts'

/** The page's. */
declare const tourhook: FullTourhook

const folder = 'screenshots'
const sizes = { wide: { width: 1100, height: 760 }, narrow: { width: 360, height: 740 } }

const hostPage = await readFile(new URL('host-page.html', import.meta.url), 'utf8')
const site = await createSite({
  pages: {
    '/': hostPage.replace(
      '<!-- config -->',
      `<script type="application/json" id="tourhook-config">${JSON.stringify(walk)}</script>`,
    ),
  },
})
const browser = await chromium.launch({ executablePath: await findOrInstall('chromium') })
await mkdir(folder, { recursive: true })

/** Pictures of each step, of a mistake, and of the checklist and the banner; light and dark, wide and narrow. */
for (const colorScheme of ['light', 'dark'] as const) {
  for (const [size, viewport] of Object.entries(sizes)) {
    const page = await browser.newPage({ colorScheme, viewport })
    const take = async (name: string) => {
      await settle(page)
      await page.screenshot({ path: `${folder}/${name}-${colorScheme}-${size}.png` })
    }
    await page.goto(site.url())
    for (const step of ['hello', 'about', 'needs', 'board', 'rate', 'bye']) {
      await goTo(page, step)
      await take(step)
    }
    await goTo(page, 'about')
    await page.getByLabel('Work email').fill('ada@')
    await page.getByRole('button', { name: 'Next' }).click()
    await take('mistakes')
    await page.evaluate(() => {
      tourhook.start('walk')?.close()
      tourhook.createChecklist('first').complete('invite')
      tourhook.show('first')
      tourhook.show('news')
    })
    await take('checklist')
    await page.close()
  }
}
await site.close()

/** The demo: a step, and what has arrived. */
const demo = await startDemo({ port: 0 })
for (const [size, viewport] of Object.entries({
  wide: { width: 1440, height: 900 },
  narrow: { width: 390, height: 844 },
})) {
  const page = await browser.newPage({ viewport })
  const product = page.frameLocator('#product')
  const go = (title: string) =>
    product.getByRole('dialog', { name: title }).getByRole('button', { name: 'Next' }).click()
  await page.goto(demo.site)
  await product.locator('html[data-drawn]').waitFor()
  await product.locator('.hero [data-tour="welcome"]').click()
  await product.getByLabel('What you do').selectOption('Surveyor')
  await go('Good morning, Ada.')
  await go('A week, one line a site')
  await go('Plan a visit from here')
  await product.getByRole('radio', { name: '4 of 5' }).check()
  await product.getByRole('button', { name: 'Next' }).click()
  await page
    .frameLocator('.receiver')
    .getByText('/hooks/welcome', { exact: true })
    .first()
    .waitFor({ state: 'attached' })
  await product.getByRole('button', { name: 'Back' }).click()
  await product.getByRole('dialog', { name: 'How does it feel so far?' }).waitFor()
  await page.screenshot({ path: `${folder}/demo-${size}.png`, animations: 'disabled' })
  await page.close()
}
await browser.close()
await demo.close()

async function goTo(page: Page, step: string) {
  await page.evaluate(step => tourhook.start('walk')?.goTo(step), step)
}

/** Fonts are there and nothing moves any more. */
async function settle(page: Page) {
  await page.evaluate(async () => {
    await document.fonts.ready
    const roots = [document, ...Array.from(document.querySelectorAll('.tourhook'), host => host.shadowRoot)]
    await Promise.all(roots.flatMap(root => root?.getAnimations() ?? []).map(({ finished }) => finished))
  })
}
