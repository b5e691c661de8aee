import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCompanion } from '../../src/server/companion/companion.ts'
import { createEmitter, type Emitter } from '../../src/server/emitter/emitter.ts'
import { findOrInstall } from '../support/browsers.ts'
import { adminToken } from '../support/companion.ts'
import { createReceiver, type Receiver } from '../support/receiver.ts'
import { createSite, type Site } from '../support/site.ts'

let receiver: Receiver
let emitter: Emitter
let server: Server
let site: Site
let browser: Browser
let origin: string

beforeAll(async () => {
  receiver = await createReceiver()
  emitter = createEmitter({ allowNetworks: ['127.0.0.0/8'], schedule: [0, 60_000] })
  const pages: Record<string, string> = {}
  site = await createSite({ pages })
  const companion = createCompanion({
    emitter,
    config: {},
    adminToken,
    allowedOrigins: [new URL(site.url()).origin],
  })
  server = createAdaptorServer({ fetch: companion.fetch }) as Server
  await once(server.listen(0, '127.0.0.1'), 'listening')
  origin = `http://localhost:${(server.address() as AddressInfo).port}`
  pages['/'] =
    `<!doctype html><html lang="en"><title>Shop</title><script>window.myTags = { email: 'ada@example.com', userId: 'ada' }</script><script async src="/dist/tourhook.full.js" data-server="${origin}" data-tags="myTags"></script><button id="go" onclick="tourhook.start(location.hash.slice(1))">Start</button></html>`
  browser = await chromium.launch({ executablePath: await findOrInstall('chromium') })
})
afterAll(async () => {
  await browser.close()
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
  await site.close()
  await emitter.close()
  await receiver.close()
})

/** Opens the console, signed in. It collects its errors, a blocked script or style among them. */
async function open(
  options: BrowserContextOptions = {},
): Promise<Page & { faults: string[]; clicks: () => number }> {
  const page = await browser.newPage(options)
  const faults: string[] = []
  let clicks = 0
  page.on('pageerror', error => faults.push(String(error)))
  page.on('console', message => message.type() === 'error' && faults.push(message.text()))
  await page.goto(`${origin}/console`)
  await page.getByLabel('Token').fill(adminToken)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  return Object.assign(page, { faults, clicks: () => ++clicks })
}

describe.each([
  ['with scripts', { javaScriptEnabled: true }],
  ['without scripts', { javaScriptEnabled: false }],
  ['on 360 px, without scripts', { javaScriptEnabled: false, viewport: { width: 360, height: 740 } }],
])('%s', (name, options) => {
  test('an author makes a webhook, a step that sends to it, publishes, and finds the delivery', async () => {
    const page = await open(options)
    let clicks = 0
    const click = async (role: 'link' | 'button', named: string) => {
      clicks += 1
      await page.getByRole(role, { name: named, exact: true }).first().click()
    }
    const hook = `CRM ${name}`
    const title = `Welcome ${name}`

    await click('link', 'Webhooks')
    await click('link', 'New webhook')
    await page.getByLabel('Name', { exact: true }).fill(hook)
    await page.getByLabel('URL', { exact: true }).fill(receiver.url('/crm'))
    await click('button', 'Probe')
    await page.getByText('A browser can post JSON here and read the answer.').waitFor()
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe(hook)
    expect(await page.getByLabel('Transport').inputValue()).toBe('relay')
    await click('button', 'Save')
    await page.getByText(/^whsec_/).waitFor()
    await click('button', 'Send a test')
    await page.getByText(/It answered 200 after/).waitFor()

    await click('link', 'Tours')
    await page.getByLabel('Name of the new tour').fill(title)
    await click('button', 'New tour')
    await page.getByText('Add a question').click()
    await page.getByLabel('Question', { exact: true }).fill('Your role')
    await click('button', 'Save')
    await page.getByLabel('Type of the new step').selectOption({ label: 'Trigger event' })
    await click('button', 'Add step')
    expect(await page.getByLabel('Trigger type').locator('option').allTextContents()).toEqual([
      'Send data to webhook',
    ])
    await page.getByLabel('Webhook', { exact: true }).selectOption({ label: hook })
    const row = (index: number) => page.getByRole('group', { name: /^Data: / }).nth(index)
    await row(0).getByLabel('Key').fill('email')
    await row(0).getByLabel('From').selectOption({ label: 'Tag' })
    await row(0).getByLabel('Name or value').fill('email')
    await row(1).getByLabel('Key').fill('role')
    await row(1).getByLabel('Name or value').fill('your-role')
    if (options.javaScriptEnabled) await page.locator('#message').getByText('"ada@example.com"').waitFor()
    await click('button', 'Save')
    await page.locator('#message').getByText('"ada@example.com"').waitFor()
    await click('link', 'Publish')
    await click('button', 'Publish')
    await page.getByText('Everything is published').waitFor()

    const shop = await browser.newPage()
    await shop.goto(`${site.url()}#${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`)
    await shop.waitForFunction(() => 'start' in Object((window as { tourhook?: unknown }).tourhook))
    await shop.locator('#go').click()
    await shop.getByLabel('Your role').fill('Surveyor')
    await shop.getByRole('button', { name: /Next|Done|Finish/ }).click()
    await expect
      .poll(() => Reflect.get(Object(receiver.requests.at(-1)?.json), 'data'), { timeout: 10_000 })
      .toEqual({ email: 'ada@example.com', role: 'Surveyor' })
    await shop.close()

    await click('link', 'Deliveries')
    const delivery = page.getByRole('link', { name: /^trigger step · welcome/ }).first()
    const isListed = async () => {
      await page.reload()
      return (await delivery.count()) > 0
    }
    await expect.poll(isListed).toBe(true)
    clicks += 1
    await delivery.click()
    await page.getByText(/It answered 200 after .*: the message has arrived\./).waitFor()
    const before = receiver.requests.length
    await click('button', 'Resend')
    await page.getByText('Queued again. It is sent in a moment.').waitFor()
    await expect.poll(() => receiver.requests.length).toBe(before + 1)

    // Beside these, two clicks to sign in, and one each to open a list.
    expect(clicks).toBeLessThanOrEqual(20)
    expect(page.faults).toEqual([])
    await page.close()
  })
})

test('a list is fresh while somebody looks, without a reload', async () => {
  const page = await open()
  await page.goto(`${origin}/console/deliveries?userId=grace`)
  await page.getByText('No delivery matches.').waitFor()
  const webhook = (await emitter.webhooks.list())[0]
  await emitter.relay(webhook?.id ?? '', {
    id: 'msg_fresh1',
    timestamp: '2026-11-23T09:00:00.000Z',
    name: 'CRM',
    userId: 'grace',
    events: [{ name: 'trigger_event', id: 'fresh' }],
    data: {},
  })
  await page.getByRole('link', { name: 'trigger step · fresh' }).waitFor()
  expect(page.faults).toEqual([])
  await page.close()
})
