import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sharedChromium } from '../support/browsers/shared-chromium.ts'
import { type FilledConsole, startFilledConsole } from '../support/filled-console.ts'

let filled: FilledConsole
let page: Page
const faults: string[] = []

beforeAll(async () => {
  filled = await startFilledConsole()
  const browser = await sharedChromium()
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  page.on('pageerror', error => faults.push(String(error)))
  page.on('console', message => message.type() === 'error' && faults.push(message.text()))
  await page.goto(`${filled.url}/sign-in`)
  await page.getByLabel('Token').fill(filled.token)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
})
afterAll(async () => {
  await page.close()
  await filled.close()
})

const stage = () => page.frameLocator('iframe.stage')

test('a step is drawn beside its form as visitors see it, and again while somebody types, who keeps the focus', async () => {
  await page.goto(`${filled.url}/tours/crew-welcome/steps/hello`)
  await stage().getByRole('dialog', { name: 'Good morning, Ada.' }).waitFor()
  await page.getByLabel('Title').click()
  await page.getByLabel('Title').press('End')
  await page.keyboard.type(' Ready?')
  await stage().getByRole('dialog', { name: 'Good morning, Ada. Ready?' }).waitFor()
  await page.keyboard.type(' Yes')
  await stage().getByRole('dialog', { name: 'Good morning, Ada. Ready? Yes' }).waitFor()
  expect(await page.getByLabel('Title').inputValue()).toBe('Good morning, {firstName}. Ready? Yes')
  await page.getByLabel('Question', { exact: true }).first().fill('Your trade')
  await stage().getByLabel('Your trade').waitFor()
  expect(faults).toEqual([])
})

test('the whole tour can be taken there, which sends nothing and can be taken again', async () => {
  await page.goto(`${filled.url}/tours/crew-welcome`)
  const next = (name: string) => stage().getByRole('button', { name }).click()
  await stage().getByLabel('What you do').selectOption('Surveyor')
  await next('Next')
  await stage().getByText('#week .board').waitFor()
  await next('Next')
  await stage().getByRole('dialog', { name: 'That is all' }).waitFor()
  await next('Done')
  await next('Show it again')
  await stage().getByRole('dialog', { name: 'Good morning, Ada.' }).waitFor()
  expect(faults).toEqual([])
})

test('a checklist and a banner are drawn while they are written', async () => {
  await page.goto(`${filled.url}/checklists/first-week`)
  await stage().getByRole('region', { name: 'Your first week' }).waitFor()
  await page.getByLabel('Item 3: text').fill('Plan two visits')
  await stage().getByRole('button', { name: 'Plan two visits' }).waitFor()
  await page.goto(`${filled.url}/banners/maintenance-on-sunday`)
  await stage().getByText('away on Sunday').waitFor()
  await page.getByLabel('Text').fill('We are **back**.')
  await stage().getByText('We are back.').waitFor()
  expect(faults).toEqual([])
})

test('a question without options is drawn already, and a Trigger event says that nobody sees it', async () => {
  await page.goto(`${filled.url}/tours/what-is-new-in-autumn/steps/hello`)
  await page.getByText('Add a question').click()
  await page.getByLabel('Question', { exact: true }).fill('Your role')
  await page.getByLabel('Kind of answer').selectOption({ label: 'One of a list' })
  await stage().getByLabel('Your role').waitFor()
  await page.goto(`${filled.url}/stage/tours/crew-welcome?step=send`)
  await page.getByText('Visitors see nothing of this step').waitFor()
  expect(faults).toEqual([])
})
