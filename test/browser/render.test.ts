import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { FullTourhook } from '../../src/script/create-full.ts'
import { createTourSite, type TourSite } from '../support/tour-site.ts'

/** The page's. */
declare const tourhook: FullTourhook

const answers = {
  name: 'Ada',
  email: 'ada@example.com',
  role: 'Designer',
  team: 12,
  plan: 'From scratch',
  tools: ['Slack', 'Notion'],
  news: true,
  stars: 4,
  score: 10,
  words: 'One line\nand another',
}

let site: TourSite
beforeAll(async () => {
  site = await createTourSite({
    '/survey': {
      config: { tours: [{ id: 'survey', steps: [{ type: 'slideout', title: 'How is it?' }] }] },
    },
    '/role': {
      config: {
        tours: [
          {
            id: 'role',
            steps: [
              {
                type: 'modal',
                title: 'Who are you?',
                content: 'Or [skip this](step:end).',
                fields: [{ name: 'role', label: 'Role', type: 'text' }],
              },
              { id: 'end', type: 'modal', title: 'End' },
            ],
          },
          { id: 'other', steps: [{ type: 'modal', title: 'Other' }] },
        ],
      },
    },
  })
})
afterAll(() => site.close())
beforeEach(() => site.receiver.clear())

const dialog = (page: Page, name: string) => page.getByRole('dialog', { name, exact: true })
const start = (page: Page) => page.evaluate(() => void tourhook.start('walk'))
const next = (page: Page) => page.getByRole('button', { name: 'Next' }).click()
const back = (page: Page) => page.getByRole('button', { name: 'Back' }).click()

async function fillAbout(page: Page) {
  await page.getByLabel('Your name').fill(answers.name)
  await page.getByLabel('Work email').fill(answers.email)
  await page.getByLabel('Your role').selectOption(answers.role)
  await page.getByLabel('People in your team').fill(String(answers.team))
}

async function fillNeeds(page: Page) {
  await page.getByLabel(answers.plan).check()
  for (const tool of answers.tools) await page.getByLabel(tool).check()
  await page.getByLabel('Send me the monthly letter').check()
}

async function fillRate(page: Page) {
  await page.getByLabel('4 of 5').check()
  await page.getByRole('radio', { name: '10', exact: true }).check()
  await page.getByLabel('Anything else?').fill(answers.words)
}

async function received() {
  const [request] = await site.receiver.arrived(1)
  return request?.json
}

test('the data of a trigger holds what the visitor typed, for each type of field', async () => {
  const page = await site.open()
  await start(page)
  await next(page)
  await fillAbout(page)
  await next(page)
  await fillNeeds(page)
  await next(page)
  await next(page)
  await fillRate(page)
  await next(page)
  expect(await received()).toMatchObject({ data: answers })
})

test('what was typed is there again, back and forth, after a reload, and on another page', async () => {
  const page = await site.open()
  await start(page)
  await next(page)
  await fillAbout(page)
  await back(page)
  await next(page)
  await expect.poll(() => page.getByLabel('Work email').inputValue()).toBe(answers.email)
  await next(page)
  await fillNeeds(page)
  await next(page)
  await dialog(page, 'Start here').waitFor()

  await page.reload()
  await dialog(page, 'Start here').waitFor()
  await back(page)
  expect(await page.getByLabel(answers.plan).isChecked()).toBe(true)
  expect(await page.getByLabel('Jira').isChecked()).toBe(false)
  await next(page)

  await page.goto(page.url().replace(/\/$/, '/other'))
  await next(page)
  await fillRate(page)
  await next(page)
  await dialog(page, 'All set').waitFor()
  await page.getByRole('button', { name: 'Done' }).click()
  expect(await received()).toMatchObject({ data: answers })
})

test('a number that was taken back is not sent', async () => {
  const page = await site.open()
  await start(page)
  await next(page)
  await fillAbout(page)
  await next(page)
  await back(page)
  await page.getByLabel('People in your team').fill('')
  await next(page)
  await fillNeeds(page)
  await next(page)
  await next(page)
  await fillRate(page)
  await next(page)
  expect(await received()).not.toHaveProperty('data.team')
})

test('the whole tour can be taken with the keyboard alone', async () => {
  const page = await site.open()
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  const type = (text: string) => page.keyboard.type(text)
  await page.locator('#new').focus()
  await start(page)

  await dialog(page, 'Welcome, Ada').waitFor()
  await press('Enter')
  await type('Ada')
  await press('Tab')
  await type('ada@example.com')
  await press('Tab', 'D', 'ArrowDown', 'Tab')
  await type('12')
  await press('Enter')

  await dialog(page, 'What do you need?').waitFor()
  await press('Space', 'ArrowDown', 'Tab', 'Space', 'Tab', 'Tab', 'Space', 'Tab', 'Space')
  await press('Tab', 'Tab', 'Enter')

  await dialog(page, 'Start here').waitFor()
  await press('Enter')

  await dialog(page, 'How was it so far?').waitFor()
  await press('Space', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'Tab', 'Space', 'ArrowLeft', 'Tab')
  await type('One line')
  await press('Enter')
  await type('and another')
  await press('Tab', 'Tab', 'Enter')

  await dialog(page, 'All set').waitFor()
  await press('Enter')
  expect(await received()).toMatchObject({ data: answers })
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('new')
})

test('the focus goes round within a modal, and round a pointer and its element', async () => {
  const page = await site.open()
  const focused = () =>
    page.evaluate(() => {
      const active = document.activeElement
      const inner = active?.shadowRoot?.activeElement ?? active
      return inner?.getAttribute('aria-label') ?? inner?.textContent
    })
  const walk = async (key: string, count: number) => {
    const names = []
    for (let index = 0; index < count; index++) {
      await page.keyboard.press(key)
      names.push(await focused())
    }
    return names
  }
  await start(page)
  expect(await focused()).toBe('Next')
  expect(await walk('Tab', 3)).toEqual(['Close', 'skip ahead', 'Next'])
  expect(await walk('Shift+Tab', 3)).toEqual(['skip ahead', 'Close', 'Next'])

  await page.getByRole('button', { name: 'skip ahead' }).click()
  await dialog(page, 'Start here').waitFor()
  expect(await walk('Tab', 4)).toEqual(['New project', 'Close', 'Back', 'Next'])

  await page.mouse.click(5, 400)
  expect(await walk('Tab', 1)).toEqual(['Close'])
})

test('Escape closes the tour', async () => {
  const page = await site.open()
  await start(page)
  await page.keyboard.press('Escape')
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
  expect(await page.locator('.tourhook').count()).toBe(0)
})

test('a slideout leaves the page to the visitor, and the focus to one who is typing', async () => {
  const page = await site.open('/survey')
  await page.evaluate(() => document.querySelector('main')?.append(document.createElement('input')))
  await page.locator('main input').focus()
  await page.evaluate(() => void tourhook.start('survey'))
  await dialog(page, 'How is it?').waitFor()
  await page.keyboard.type('still typing')
  expect(await page.locator('main input').inputValue()).toBe('still typing')
  await page.locator('#new').click()
})

test('a mistake is told beside its field, and the first one has the focus', async () => {
  const page = await site.open()
  await start(page)
  await next(page)
  await page.getByLabel('Work email').fill('ada@')
  await next(page)
  expect(await page.getByLabel('Your name').evaluate(input => input.matches(':focus'))).toBe(true)
  await page.getByText('Please answer this.').waitFor()
  await page.getByText('Please enter an email address, such as name@example.com.').waitFor()
  await fillAbout(page)
  await next(page)
  await dialog(page, 'What do you need?').waitFor()
})

test('keys that are typed into a field are none of the page’s shortcuts', async () => {
  const page = await site.open()
  await page.evaluate(() => {
    document.addEventListener('keydown', ({ key }) => {
      document.title += key
    })
  })
  await start(page)
  await next(page)
  await page.keyboard.type('Ada')
  expect(await page.getByLabel('Your name').inputValue()).toBe('Ada')
  expect(await page.title()).toBe('Boards')
})

test('two tours at once take turns', async () => {
  const page = await site.open('/role')
  await page.evaluate(() => {
    tourhook.start('role')
    tourhook.start('other')
  })
  await dialog(page, 'Other').waitFor()
  await page.getByRole('button', { name: 'Done' }).click()
  await dialog(page, 'Who are you?').waitFor()
})

test('what was typed is there again after a link to another step', async () => {
  const page = await site.open('/role')
  await page.evaluate(() => void tourhook.start('role'))
  await page.getByLabel('Role').fill('Designer')
  await page.getByRole('button', { name: 'skip this' }).click()
  await back(page)
  expect(await page.getByLabel('Role').inputValue()).toBe('Designer')
})

test('what was typed is there again when another tour has come and gone', async () => {
  const page = await site.open('/role')
  await page.evaluate(() => void tourhook.start('role'))
  await page.getByLabel('Role').fill('Designer')
  await page.evaluate(() => void tourhook.start('other'))
  await page.getByRole('button', { name: 'Done' }).click()
  await dialog(page, 'Who are you?').waitFor()
  expect(await page.getByLabel('Role').inputValue()).toBe('Designer')
})
