import { mkdir, readFile } from 'node:fs/promises'
import { chromium, type Page } from 'playwright-core'
import { findOrInstall } from './browsers.ts'
import { startEditSite } from './edit-site.ts'

// Pictures of the editor on a page: wide and narrow, light and dark.

const folder = 'screenshots/editor'
const looks = {
  light: { viewport: { width: 1440, height: 900 } },
  dark: { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
  'narrow-light': { viewport: { width: 390, height: 844 }, hasTouch: true },
  'narrow-dark': { viewport: { width: 390, height: 844 }, hasTouch: true, colorScheme: 'dark' },
} as const

const steps = [
  { id: 'hello', type: 'modal', title: 'Hello, {firstName}', content: 'Good to see you.' },
  {
    id: 'new',
    type: 'pointer',
    element: '#new',
    title: 'Start a project',
    content: 'Its board comes **at once**.',
  },
  {
    id: 'ask',
    type: 'modal',
    title: 'One question',
    fields: [{ type: 'radio', name: 'role', label: 'What you do', options: ['Surveyor', 'Owner'] }],
  },
  {
    id: 'send',
    type: 'trigger',
    trigger: {
      type: 'webhook',
      webhook: 'crm',
      data: { name: { tag: 'firstName' }, role: { answer: 'role' }, page: { element: 'h1' } },
    },
  },
]

const hostPage = await readFile(new URL('host-page.html', import.meta.url), 'utf8')
const site = await startEditSite(origin => ({
  '/boards': hostPage.replace('full.js"', `full.js" data-server="${origin}"`),
}))
const browser = await chromium.launch({ executablePath: await findOrInstall('chromium') })
await mkdir(folder, { recursive: true })

for (const [look, options] of Object.entries(looks)) {
  const context = await browser.newContext(options)
  // What is closed to the page is open here.
  await context.addInitScript(() => {
    const { attachShadow } = Element.prototype
    Element.prototype.attachShadow = function (init) {
      return attachShadow.call(this, { ...init, mode: 'open' })
    }
  })
  const open = async (step: string, mode: 'pick' | 'edit') => {
    const tour = await site.createTour({ name: 'Welcome', steps })
    const page = await context.newPage()
    await page.goto(await site.link('/boards', { tour, step, mode }))
    await page.locator('.editor').waitFor({ state: 'attached' })
    const press = (name: string) => page.locator('.editor').getByRole('button', { name, exact: true }).click()
    const goTo = (index: number) => page.getByLabel('Step', { exact: true }).selectOption({ index })
    const take = async (name: string) => {
      await settle(page)
      await page.screenshot({ path: `${folder}/${name}-${look}.png` })
    }
    return { page, tour, press, goTo, take }
  }

  const { page, press, goTo, take } = await open('new', 'pick')
  await page.getByRole('application').waitFor()
  await take('picking')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Start a project' }).waitFor()
  await press('Words')
  await page.getByLabel('Title', { exact: true }).fill('Start your first project')
  await page.getByRole('dialog', { name: 'Start your first project' }).waitFor()
  await take('words')
  await press('Element')
  await take('element')
  await goTo(2)
  await press('Questions')
  await take('questions')
  await goTo(3)
  await take('data')
  await press('Try it')
  await press('Dry run')
  for (const name of ['Hello', 'Start your first project', 'One question']) {
    const step = page.getByRole('dialog', { name })
    if (name === 'One question') await step.getByLabel('Surveyor').check()
    await step.getByRole('button', { name: /Next|Done/ }).click()
  }
  await page.getByText('The tour is completed.').waitFor()
  await take('try')
  await press('Use the page')
  await take('use-the-page')
  await page.close()

  const clash = await open('hello', 'edit')
  await clash.page.getByLabel('Title', { exact: true }).fill('Welcome back, {firstName}')
  const { rev, draft } = await site.draftOf(clash.tour)
  const theirs = draft.steps.map(step => (step.id === 'hello' ? { ...step, title: 'Hi, {firstName}' } : step))
  await site.save(clash.tour, rev, { ...draft, steps: theirs })
  await clash.press('Save')
  await clash.page.getByText('Yours:').waitFor()
  await clash.take('clash')
  await context.close()
}
await browser.close()
await site.close()

/** The preview is there, and nothing moves any more. */
async function settle(page: Page) {
  await page.evaluate(async () => {
    const roots = [...document.querySelectorAll('.tourhook')].map(({ shadowRoot }) => shadowRoot)
    await Promise.all(roots.flatMap(root => root?.getAnimations() ?? []).map(({ finished }) => finished))
  })
}
