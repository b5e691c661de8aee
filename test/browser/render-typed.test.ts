import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { FullTourhook } from '../../src/script/create-full.ts'
import { createTourSite, type TourSite } from '../support/tour-site.ts'

/** The page's. */
declare const tourhook: FullTourhook

/** What a form answers with its own, until a control has the name. */
const oddNames = [
  'elements',
  'length',
  'submit',
  'matches',
  'addEventListener',
  'querySelectorAll',
  'getRootNode',
  'append',
  'tabIndex',
  'nodeName',
  'getBoundingClientRect',
  'id',
  'constructor',
  'toString',
]

const trigger = { type: 'webhook', webhook: 'crm' } as const

let site: TourSite
beforeAll(async () => {
  site = await createTourSite({
    '/': {
      config: {
        webhooks: [{ id: 'crm', url: '', data: { note: { answer: 'note' } } }],
        tours: [
          {
            id: 'menu',
            steps: [
              {
                type: 'pointer',
                element: '#item',
                title: 'Item',
                fields: [{ name: 'note', label: 'Note', type: 'text' }],
              },
              { type: 'trigger', trigger },
              { type: 'modal', title: 'End' },
            ],
            triggers: [{ on: 'closed', trigger }],
          },
          {
            id: 'odd',
            steps: [
              {
                type: 'modal',
                title: 'Odd',
                fields: oddNames.map(name => ({ name, label: `The ${name}`, type: 'text' })),
              },
              {
                type: 'trigger',
                trigger: {
                  ...trigger,
                  data: Object.fromEntries(oddNames.map(name => [name, { answer: name }])),
                },
              },
              { type: 'modal', title: 'End' },
            ],
          },
          {
            id: 'terms',
            steps: [
              {
                type: 'modal',
                title: 'Terms',
                fields: [
                  { name: 'agree', label: 'Terms', type: 'checkbox', options: ['I agree'] },
                  { name: 'email', label: 'Email', type: 'email' },
                ],
              },
              { type: 'modal', title: 'Sure?' },
              {
                type: 'trigger',
                trigger: { ...trigger, data: { agree: { answer: 'agree' }, email: { answer: 'email' } } },
              },
            ],
          },
          {
            id: 'long',
            steps: [{ type: 'modal', title: 'Long', content: '**a** `b` [c](/d) *'.repeat(3_000) }],
          },
          {
            id: 'stars',
            steps: [{ type: 'modal', title: 'Stars {who}', content: `{who} ${'*'.repeat(60_000)}` }],
          },
        ],
      },
    },
  })
})
afterAll(() => site.close())
beforeEach(() => site.receiver.clear())

const shown = (page: Page, name: string) => page.getByRole('dialog', { name, exact: true }).waitFor()

/** A page with a menu, and the step that points at its item. */
async function openMenu() {
  const page = await site.open()
  await page.clock.install()
  await page.evaluate(() => {
    const item = Object.assign(document.createElement('button'), { id: 'item', textContent: 'Item' })
    document.querySelector('main')?.append(item)
    tourhook.start('menu')
  })
  await page.getByLabel('Note').pressSequentially('typed')
  return page
}

async function dataReceived() {
  const [request] = await site.receiver.arrived(1)
  return Object(request?.json).data as unknown
}

test('a slow click on Next goes on, though the menu that the step points into closes at its beginning', async () => {
  const page = await openMenu()
  await page.evaluate(() => {
    addEventListener('pointerdown', () => document.getElementById('item')?.remove(), true)
    document.addEventListener('focusout', () => document.getElementById('item')?.remove(), true)
    document.getElementById('item')?.remove()
  })
  const next = await page.getByRole('button', { name: 'Next' }).boundingBox()
  await page.mouse.move((next?.x ?? 0) + 9, (next?.y ?? 0) + 9)
  await page.mouse.down()
  await page.clock.runFor(120)
  await page.mouse.up()
  await shown(page, 'End')
  expect(await dataReceived()).toEqual({ note: 'typed' })
})

test('what was typed into a pointer is kept when its element does not come back', async () => {
  const page = await openMenu()
  await page.evaluate(() => document.getElementById('item')?.remove())
  await page.clock.runFor(11_000)
  await shown(page, 'End')
  expect(await dataReceived()).toEqual({ note: 'typed' })
})

test('a pointer that is being filled in finds its element again, and keeps the cursor', async () => {
  const page = await openMenu()
  await page.evaluate(() => {
    const old = document.getElementById('item')
    old?.remove()
    requestAnimationFrame(() => requestAnimationFrame(() => document.querySelector('main')?.prepend(old ?? '')))
  })
  await page.clock.runFor(100)
  await page.keyboard.type(' on')
  expect(await page.getByLabel('Note').inputValue()).toBe('typed on')
  await page.getByRole('button', { name: 'Next' }).click()
  expect(await dataReceived()).toEqual({ note: 'typed on' })
})

test.each(['the ×', 'Escape', 'the page'])(
  'what was typed goes with the message of a tour that %s closes',
  async how => {
    const page = await openMenu()
    if (how === 'the ×') await page.getByRole('button', { name: 'Close' }).click()
    else if (how === 'Escape') await page.keyboard.press('Escape')
    else await page.evaluate(() => tourhook.runs()[0]?.close())
    expect(await dataReceived()).toEqual({ note: 'typed' })
  },
)

test('what was typed is there again after a reload', async () => {
  const page = await site.open()
  await page.evaluate(() => void tourhook.start('terms'))
  await page.getByLabel('Email').fill('ada@example.com')
  await page.reload()
  await shown(page, 'Terms')
  expect(await page.getByLabel('Email').inputValue()).toBe('ada@example.com')
})

test('a field may have any name, also one that a form has already', async () => {
  const page = await site.open()
  await page.evaluate(() => void tourhook.start('odd'))
  for (const name of oddNames) await page.getByLabel(`The ${name}`, { exact: true }).fill(`typed ${name}`)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Shift+Tab')
  await page.getByRole('button', { name: 'Next' }).click()
  await shown(page, 'End')
  expect(await dataReceived()).toMatchObject(Object.fromEntries(oddNames.map(name => [name, `typed ${name}`])))
  expect(page.faults).toEqual([])
})

test('a list with one option stays ticked, and arrives as a list; an address keeps its script', async () => {
  const page = await site.open()
  await page.evaluate(() => void tourhook.start('terms'))
  await page.getByLabel('I agree').check()
  await page.getByLabel('Email').fill('jörg@müller.example')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('button', { name: 'Back' }).click()
  expect(await page.getByLabel('I agree').isChecked()).toBe(true)
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('button', { name: 'Done' }).click()
  expect(await dataReceived()).toMatchObject({ agree: ['I agree'], email: 'jörg@müller.example' })
})

test.each(['long', 'stars'])('a very long text is drawn at once, whatever is in it: %s', async tour => {
  const page = await site.open()
  const tookMs = await page.evaluate(tour => {
    tourhook.tags.set({ who: '**a**'.repeat(12_000) })
    const before = performance.now()
    tourhook.start(tour)
    return performance.now() - before
  }, tour)
  await page.getByRole('dialog').waitFor()
  expect(await page.getByRole('dialog').locator('h2').textContent()).toMatch(/^(Long|Stars \*\*a\*\*.{995}…)$/)
  expect(tookMs).toBeLessThan(3_000)
})
