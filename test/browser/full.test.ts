import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Config } from '../../src/index.ts'
import type { Tour } from '../../src/schema/tour.ts'
import type { FullTourhook } from '../../src/script/create-full.ts'
import { createTourSite, type TourSite } from '../support/tour-site.ts'

/** The page's. */
declare const tourhook: FullTourhook

const modal = (title: string) => [{ type: 'modal' as const, title }]
const starting: Config = {
  tours: [
    { id: 'projects', steps: modal('Projects'), start: { url: '/projects/*' } },
    { id: 'help', steps: modal('Help'), start: { element: '#new', event: 'click', once: false } },
  ],
}
const faulty = {
  webhooks: [
    { id: 'crm', url: 'https://hooks.slack.com/services/T0/B0/password', headers: { 'X-Api-Key': 'k' } },
  ],
  tours: [{ id: 'misspelt', steps: [{ id: 'end', type: 'modal', title: 'End', contnt: 'misspelt' }] }],
} as unknown as Config
const sendingTo = (webhook: string): Tour => ({
  id: webhook,
  steps: [
    { type: 'trigger', trigger: { type: 'webhook', webhook, data: { plan: { value: 'pro' } } } },
    ...modal('Sent'),
  ],
})
const sending: Config = {
  webhooks: [
    { id: 'crm', url: '' },
    { id: 'pixel', url: '', method: 'GET' },
  ],
  tours: [sendingTo('crm'), sendingTo('pixel')],
}

let site: TourSite
beforeAll(async () => {
  site = await createTourSite({
    '/starting': { config: starting },
    '/shown': { script: 'src="/dist/tourhook.full.js" data-show="first news"' },
    '/dark': { script: 'src="/dist/tourhook.full.js" data-theme="dark"' },
    '/debug': { config: faulty, script: 'src="/dist/tourhook.debug.js" data-dry-run' },
    '/secret': {
      config: { webhooks: faulty.webhooks ?? [] },
      script: 'src="/dist/tourhook.debug.js"',
    },
    '/sending': { config: sending },
    '/dry': { config: sending, script: 'src="/dist/tourhook.debug.js" data-dry-run' },
    '/invalid': {
      config: {
        webhooks: [{ id: 'crm', headers: null }],
        tours: [{ id: 'hello', steps: modal('Hello') }],
      } as unknown as Config,
      script: 'src="/dist/tourhook.debug.js" data-start="hello"',
    },
    '/fault': {
      head: '<script type="application/json" id="tourhook-config">{\n  "tours": [],\n}</script>',
      script: 'src="/dist/tourhook.debug.js"',
    },
    '/missing': {
      config: {
        webhooks: [{ id: 'crm', url: '' }],
        tours: [
          {
            id: 'ask',
            steps: [
              { type: 'modal', title: 'Ask', fields: [{ name: 'role', type: 'text' }] },
              {
                type: 'trigger',
                trigger: { type: 'webhook', webhook: 'crm', data: { email: { tag: 'emial' } } },
              },
              ...modal('End'),
            ],
          },
        ],
      },
      script: 'src="/dist/tourhook.debug.js" data-start="ask"',
    },
    '/lost': {
      config: {
        tours: [
          {
            id: 'lost',
            steps: [
              ...modal('Before'),
              { id: 'gone', type: 'pointer', element: '#nowhere' },
              ...modal('After'),
            ],
          },
        ],
      },
      script: 'src="/dist/tourhook.full.js" data-server="https://tours.example.com"',
    },
    '/broken': { config: faulty, script: 'src="/dist/tourhook.debug.js" data-config="/missing.json"' },
  })
})
afterAll(() => site.close())
beforeEach(() => site.receiver.clear())

test('a tour starts where its path matches, when an application navigates there', async () => {
  const page = await site.open('/starting')
  await page.evaluate(() => history.pushState(null, '', '/projects/7'))
  await page.getByRole('dialog', { name: 'Projects' }).waitFor()
})

test('a tour starts at a click, each time', async () => {
  const page = await site.open('/starting')
  for (const _ of ['first', 'second']) {
    await page.locator('#new').click()
    await page.getByRole('dialog', { name: 'Help' }).waitFor()
    await page.getByRole('button', { name: 'Done' }).click()
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
  }
})

test('a pointer whose element is nowhere is reported to the companion, once for each page', async () => {
  const page = await site.open('/lost')
  const reported: unknown[] = []
  await page.route('https://tours.example.com/**', async route => {
    const { events = [] } = route.request().postDataJSON() ?? {}
    reported.push(...events)
    await route.fulfill({ status: 202, headers: { 'access-control-allow-origin': '*' }, json: {} })
  })
  await page.clock.install()
  const lost = () => reported.filter(event => (event as { name: string }).name === 'step_not_found')
  const take = async () => {
    await page.evaluate(() => tourhook.start('lost'))
    await page.getByRole('button', { name: 'Next' }).click()
    await page.clock.fastForward(10_000)
    await page.getByRole('dialog', { name: 'After' }).waitFor()
    await page.getByRole('button', { name: 'Done' }).click()
  }
  await take()
  const gone = { name: 'step_not_found', id: 'lost', step: 'gone' }
  await expect.poll(lost).toEqual([{ ...gone, path: '/lost' }])
  await take()
  await page.evaluate(() => history.pushState(null, '', '/projects/7?email=ada#top'))
  await take()
  await expect.poll(lost).toEqual([
    { ...gone, path: '/lost' },
    { ...gone, path: '/projects/7' },
  ])
})

test('a pointer whose element is nowhere is reported by nobody without consent', async () => {
  const page = await site.open('/lost')
  const asked: string[] = []
  await page.route('https://tours.example.com/**', async route => {
    asked.push(route.request().url())
    await route.fulfill({ status: 202, headers: { 'access-control-allow-origin': '*' }, json: {} })
  })
  await page.clock.install()
  await page.evaluate(() => {
    tourhook.consent(false)
    tourhook.start('lost')
  })
  await page.getByRole('button', { name: 'Next' }).click()
  await page.clock.fastForward(10_000)
  await page.getByRole('dialog', { name: 'After' }).waitFor()
  expect(asked).toEqual([])
})

test('a checklist and a banner are drawn, and remembered when they are closed', async () => {
  const page = await site.open('/shown')
  const checklist = page.getByRole('region', { name: 'Getting started' })
  const banner = page.getByRole('region', { name: 'News' })
  await checklist.getByRole('button', { name: 'Invite a colleague' }).click()
  await checklist.getByRole('button', { name: 'Invite a colleague, completed' }).waitFor()
  await banner.getByRole('button', { name: 'Close' }).click()

  await page.reload()
  await checklist.getByText('1 of 3').waitFor()
  expect(await banner.count()).toBe(0)
  await checklist.getByRole('button', { name: 'Close' }).click()

  await page.reload()
  await page.evaluate(() => tourhook.pending())
  expect(await checklist.count()).toBe(0)
})

test('a banner and a checklist that another tab has closed can be closed here, too', async () => {
  const page = await site.open('/shown')
  const opened = page.waitForEvent('popup')
  await page.evaluate(() => void open(location.href))
  const other = await opened
  await other.getByRole('region', { name: 'Getting started' }).waitFor()
  for (const tab of [page, other]) {
    for (const name of ['News', 'Getting started']) {
      const drawn = tab.getByRole('region', { name })
      await drawn.getByRole('button', { name: 'Close' }).click()
      await expect.poll(() => drawn.count()).toBe(0)
    }
  }
})

test('after destroy(), nothing that was drawn is left, and its checklist takes no notice of tours', async () => {
  const page = await site.open('/shown')
  await page.getByRole('region', { name: 'Getting started' }).waitFor()
  const completed = await page.evaluate(() => {
    tourhook.destroy()
    tourhook.start('walk')?.complete()
    return tourhook.createChecklist('first').progress.completed
  })
  expect(completed).toBe(0)
  await expect.poll(() => page.locator('.tourhook').count()).toBe(0)
})

test('a checklist’s item starts its tour', async () => {
  const page = await site.open('/shown')
  await page.getByRole('button', { name: 'Take the tour' }).click()
  await page.getByRole('dialog', { name: 'Welcome' }).waitFor()
})

test('data-theme chooses the theme', async () => {
  const page = await site.open('/dark', { colorScheme: 'light' })
  await page.evaluate(() => void tourhook.start('walk'))
  const background = await page.getByRole('dialog').evaluate(dialog => getComputedStyle(dialog).backgroundColor)
  expect(background).toBe('rgb(31, 34, 42)')
})

test('the debug script explains each problem', async () => {
  const page = await site.open('/debug')
  const panel = page.getByRole('region', { name: 'Tourhook' })
  await panel.getByText('Tourhook: 1 problem').waitFor()
  expect(await panel.textContent()).toContain(
    'tours[0].steps[0]: unknown key "contnt"; did you mean "content"?',
  )
  expect(page.faults.join()).toContain('tours[0].steps[0]: unknown key "contnt"')
})

test('the debug script tells of a broken config’s problem alone, and shows its tour', async () => {
  const page = await site.open('/invalid')
  await page.getByRole('dialog', { name: 'Hello' }).waitFor()
  const panel = page.getByRole('region', { name: 'Tourhook', includeHidden: true })
  await panel.getByText('Tourhook: 1 problem').waitFor()
  expect(await panel.textContent()).toContain('webhooks[0].headers: ')
})

test('the debug script warns of credentials without showing them', async () => {
  const page = await site.open('/secret')
  const panel = page.getByRole('region', { name: 'Tourhook' })
  await panel.getByText('Tourhook: 1 warning').waitFor()
  const text = await panel.textContent()
  expect(text).toContain('webhooks[0].headers.X-Api-Key: every visitor can read this')
  expect(text).not.toContain('password')
})

test('a dry run shows the message, sends nothing, and does not say that it did', async () => {
  const page = await site.open('/dry')
  await page.evaluate(() => {
    tourhook.start('crm')
    tourhook.start('pixel')
  })
  const panel = page.getByRole('region', { name: 'Tourhook' })
  const { origin } = new URL(site.receiver.url())
  await panel.getByText(`would POST to ${origin}`).waitFor()
  await panel.getByText('"plan": "pro"').first().waitFor()
  await panel.getByText(`would GET to ${origin}`).getByText('"plan": "pro"').waitFor()
  await expect.poll(() => page.evaluate(() => tourhook.pending())).toEqual([])
  expect(await panel.textContent()).not.toMatch(/on its way|has the message/)
  expect([...site.receiver.requests, ...site.receiver.preflights]).toEqual([])
})

test('a dry run leaves the messages that wait to be sent', async () => {
  site.receiver.script({ answer: { status: 503 } })
  const page = await site.open('/sending')
  await page.evaluate(() => void tourhook.start('crm'))
  await site.receiver.arrived(1)

  await page.goto(page.url().replace('/sending', '/dry'))
  await page.evaluate(() => tourhook.flush())
  site.receiver.script({ answer: { status: 200 } })
  site.receiver.clear()
  await page.goto(page.url().replace('/dry', '/sending'))
  const [request] = await site.receiver.arrived(1)
  expect(request?.json).toMatchObject({ data: { plan: 'pro' } })
})

test('the debug script tells of a config that can’t be had', async () => {
  const page = await site.open('/broken')
  await page
    .getByRole('region', { name: 'Tourhook' })
    .getByText(/no config at .*: the status is 404/)
    .waitFor()
})

test('the debug script says at which line a config is no JSON', async () => {
  const page = await site.open('/fault')
  await page
    .getByRole('region', { name: 'Tourhook' })
    .getByText(/no config in #tourhook-config.*line 3, column 1: unexpected }: the comma before it/)
    .waitFor()
})

test('the debug panel lies above a step and its overlay, and is not green while data is missing', async () => {
  const page = await site.open('/missing')
  await page.getByRole('dialog', { name: 'Ask' }).waitFor()
  const panel = page.getByText('Tourhook: no problems')
  const box = await panel.boundingBox()
  if (!box) throw new Error('the panel is not shown')
  /** Whether the panel is what the visitor sees and clicks there. */
  const isOnTop = () =>
    page.evaluate(
      ([x = 0, y = 0]) => {
        const host = document.elementFromPoint(x, y)
        return Boolean(host?.shadowRoot?.elementFromPoint(x, y)?.closest('.debug'))
      },
      [box.x + 20, box.y + box.height / 2],
    )
  await expect.poll(isOnTop).toBe(true)
  await page.getByRole('dialog').getByRole('button', { name: 'Next' }).click()
  await page.getByRole('dialog', { name: 'End' }).waitFor()
  await page.getByText('Tourhook: 1 warning').waitFor()
  await page.getByText('left out: email (no tag "emial"').waitFor()
  await expect.poll(isOnTop).toBe(true)
})
