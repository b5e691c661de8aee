import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { type ServedExample, serveExample } from '../../examples/serve.ts'
import { type Browser, type BrowserPage, launchBrowser } from '../support/browsers.ts'

interface Arrived {
  userId: string
  events: { id: string; step?: string }[]
  data: Record<string, unknown>
}

let browser: Browser
let page: BrowserPage
let example: ServedExample | undefined
let arrived: Arrived[]
let onArrival: () => void

beforeAll(async () => {
  browser = await launchBrowser(inject('engines')[0] ?? 'chromium')
})

afterAll(() => browser?.close())

beforeEach(async () => {
  arrived = []
  onArrival = () => {}
  page = await browser.newPage()
})

afterEach(async () => {
  await page.close()
  await example?.close()
})

async function open(name: string) {
  example = await serveExample(name, {
    onMessage(body) {
      arrived.push(JSON.parse(body))
      onArrival()
    },
  })
  await page.goto(example.url)
}

/** The messages, once there are as many, and the page knows of it: else the next page sends the last once more. */
async function messages(count: number) {
  while (arrived.length < count)
    await new Promise<void>(resolve => {
      onArrival = resolve
    })
  await page.waitFor(() => !Object.keys(localStorage).some(key => key.startsWith('tourhook:delivery:')))
  return arrived
}

test('the driver.js example sends what became of the tour', async () => {
  await open('driver')
  await page.click('#start')
  await page.click('.driver-popover-next-btn')
  await page.waitFor(() => document.querySelector('.driver-popover-done-btn') !== null)
  await page.click('.driver-popover-done-btn')
  const [message] = await messages(1)
  expect(message).toMatchObject({ userId: 'user_123', data: { result: 'completed', plan: 'pro' } })
  expect(page.errors).toEqual([])
})

test('the Shepherd example sends at a step, by its id, and at the end', async () => {
  await open('shepherd')
  await page.click('#start')
  await page.click('.shepherd-element:not([hidden]) .shepherd-button')
  const [message] = await messages(1)
  expect(message).toMatchObject({ events: [{ step: 'new-project' }], data: { plan: 'pro' } })
  await page.click('.shepherd-element:not([hidden]) .shepherd-button')
  expect((await messages(2))[1]?.data).toEqual({ result: 'completed' })
  expect(page.errors).toEqual([])
})

test('the React example sends what the visitor typed into the page', async () => {
  await open('react')
  await page.waitFor(() => document.querySelector('#start') !== null)
  await page.click('#start')
  await page.click('[data-action=primary]')
  await page.waitFor(() => document.querySelector('[data-action=primary]')?.textContent === 'Last')
  await page.click('[data-action=primary]')
  const [message] = await messages(1)
  expect(message?.data).toEqual({ plan: 'pro', role: 'Developer' })
  expect(page.errors).toEqual([])
})

test("the migration example answers the calls of the vendor's script", async () => {
  await open('migration')
  await page.click('#upgrade')
  await page.click('#start')
  expect(await page.evaluate(() => document.querySelector('#step-title')?.textContent)).toBe('Hi Ada')
  await page.click('#next')
  const [message] = await messages(1)
  expect(message).toMatchObject({
    userId: 'user_123',
    events: [{ id: '1234' }],
    data: { name: 'Ada', plan: 'premium' },
  })
  await page.click('#next')
  await page.waitFor(() => !document.querySelector<HTMLDialogElement>('#step')?.open)
  expect(page.errors).toEqual([])
})

test('an example is served on another port when its own is taken', async () => {
  const onMessage = () => {}
  const first = await serveExample('driver', { onMessage })
  const second = await serveExample('driver', { onMessage, port: Number(new URL(first.url).port) })
  expect(second.url).not.toBe(first.url)
  await first.close()
  await second.close()
})
