import type { Browser, Page } from 'playwright-core'
import { afterEach, beforeAll, expect, onTestFinished, test } from 'vitest'
import { type ServedExample, serveExample } from '../../examples/serve.ts'
import { sharedChromium } from '../support/browsers/shared-chromium.ts'

let browser: Browser
let example: ServedExample
beforeAll(async () => {
  browser = await sharedChromium()
})
afterEach(() => example.close())

/** Opens an example; `message` is the first that its webhook gets. */
async function open(name: string): Promise<{ page: Page; message: Promise<unknown> }> {
  let onMessage: (body: string) => void = () => {}
  const message = new Promise<unknown>(resolve => {
    onMessage = body => resolve(JSON.parse(body))
  })
  example = await serveExample(name, { onMessage: body => onMessage(body) })
  const page = await browser.newPage({ reducedMotion: 'reduce' })
  onTestFinished(() => page.close())
  await page.goto(example.url)
  return { page, message }
}

test('the script-tag example asks two questions and sends the answers', async () => {
  const { page, message } = await open('script-tag')
  await page.getByRole('dialog', { name: 'Welcome, Ada' }).waitFor()
  await page.getByLabel('Your role').selectOption('Developer')
  await page.getByRole('radio', { name: '9' }).check()
  await page.getByRole('button', { name: 'Next' }).click()
  expect(await message).toMatchObject({
    userId: 'user_123',
    data: { plan: 'pro', role: 'Developer', score: 9 },
  })
  await page.getByRole('dialog', { name: 'Begin here' }).waitFor()
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('button', { name: 'Take the tour, completed' }).waitFor()
})

test('the Vue example takes its tour across views, beside a checklist and a banner', async () => {
  const { page, message } = await open('vue')
  await page.getByText('Boards are twice as fast since today.').waitFor()
  await page.getByRole('region', { name: 'Getting started' }).waitFor()
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByText('Work goes better together.').waitFor()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('How many are you?').fill('4')
  await page.getByRole('radio', { name: '5 of 5' }).check()
  await page.getByRole('button', { name: 'Next' }).click()
  expect(await message).toMatchObject({ data: { size: 4, fit: 5 } })
  await page.getByRole('dialog', { name: 'Now begin' }).waitFor()
  expect(new URL(page.url()).hash).toBe('#/')
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByText('1 of 2').waitFor()
})
