import { mkdir } from 'node:fs/promises'
import { chromium } from 'playwright-core'
import { findOrInstall } from './browsers.ts'
import { startFilledConsole } from './filled-console.ts'

// Pictures of every page of the console: wide, narrow and dark. `… console-screenshots.ts tours` takes those of the
// pages whose address matches alone.

const [wanted = '', looks = 'wide,narrow,dark'] = process.argv.slice(2)
const folder = 'screenshots/console'
const looksOf = {
  wide: { viewport: { width: 1440, height: 900 } },
  narrow: { viewport: { width: 390, height: 844 } },
  dark: { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
} as const

const { url, token, paths, close } = await startFilledConsole()
const browser = await chromium.launch({ executablePath: await findOrInstall('chromium') })
await mkdir(folder, { recursive: true })
for (const [look, options] of Object.entries(looksOf)) {
  if (!looks.split(',').includes(look)) continue
  const page = await browser.newPage(options)
  const take = async (path: string) => {
    const name = path.replace(/msg_\w+/, '').replace(/[^a-z0-9]+/gi, '-')
    await page.screenshot({ path: `${folder}/${name}-${look}.png`, fullPage: true, animations: 'disabled' })
  }
  await page.goto(`${url}/sign-in`)
  await take('sign-in')
  await page.getByLabel('Token').fill(token)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  for (const path of paths.filter(path => path.includes(wanted))) {
    await page.goto(`${url}/${path}`)
    // What is drawn there is in the top layer, which has no place of its own until it is drawn.
    if ((await page.locator('iframe.stage').count()) > 0) {
      // A frame that nobody sees is not painted.
      await page.locator('iframe.stage').scrollIntoViewIfNeeded()
      await page.frameLocator('iframe.stage').locator('.tourhook').first().waitFor({ state: 'attached' })
    }
    await take(path)
  }
  await page.close()
}
await browser.close()
await close()
