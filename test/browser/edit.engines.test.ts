import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Browser, type BrowserPage, launchBrowser } from '../support/browsers.ts'
import { adminToken } from '../support/companion.ts'
import { type EditSite, startEditSite } from '../support/edit-site.ts'
import { authorIn } from '../support/engine-author.ts'
import { hostPages } from './edit/host-pages.ts'

const steps = [
  { id: 'hello', type: 'modal', title: 'Hello' },
  {
    id: 'send',
    type: 'trigger',
    trigger: { type: 'webhook', webhook: 'crm', data: { plan: { tag: 'plan' } } },
  },
]

describe.each(inject('engines'))('the editor in %s', engine => {
  let site: EditSite
  let browser: Browser
  let page: BrowserPage

  beforeAll(async () => {
    site = await startEditSite(hostPages)
    browser = await launchBrowser(engine)
    page = await browser.newPage()
  })
  afterAll(async () => {
    await browser.close()
    await site.close()
  })

  const pressIn = (name: string) => page.waitFor(pressButton, name)
  const fillIn = (label: string, text: string) => page.waitFor(fillField, label, text)

  it('takes an author from signing in to a tour that runs for a visitor', { timeout: 60_000 }, async () => {
    const tour = await site.createTour({ name: `Welcome ${engine}`, steps })
    const { goto, press, fill, sees } = authorIn(page, browser)
    await goto(`${site.origin}/console`)
    await fill('Token', adminToken)
    await press('button', 'Sign in')
    await press('link', 'Tours')
    await press('link', `Welcome ${engine}`)
    await page.click((await page.waitFor(stepLink, 'hello')) ?? '')
    await press('link', 'Pick on the page')
    await fill('Page', site.site.url('/open'))
    await press('button', 'Make a link')
    // A driver that knows one tab opens it there.
    const link = await page.waitFor(() => document.querySelector<HTMLAnchorElement>('a[target=_blank]')?.href)

    await goto(link ?? '')
    await page.waitFor(hasFocus, 'application')
    // By keyboard: to the first thing that takes the focus, and on to the next.
    for (const key of ['Tab', 'Tab'] as const) await page.press(key)
    await page.press('Enter')
    await page.waitFor(fieldIs, 'Selector', '[data-testid="save"]')
    await pressIn('Words')
    await fillIn('Title', 'Save it here')
    await page.waitFor(isDrawn, 'Save it here')
    await page.waitFor(chooseIn, 'Step', '2. Trigger event “send”')
    await page.waitFor(chooseIn, 'From', 'Element of the page')
    await fillIn('Selector', '#plan')
    await page.waitFor(isSaid, 'Team plan')
    await pressIn('Try it')
    await pressIn('Dry run')
    await page.waitFor(goOn)
    await page.waitFor(isSaid, '"plan": "Team plan"')
    expect(site.receiver.requests).toEqual([])
    await pressIn('Save')
    await page.waitFor(isSaid, 'Saved as a draft')
    await pressIn('×')

    await goto(`${site.origin}/console`)
    await press('link', 'Publish')
    await press('button', 'Publish')
    await sees('Everything is published')
    const visitor = await browser.newPage()
    // The browser has the config of before, from the author's page, and asks whether it is still right.
    await visitor.goto(site.site.url('/open'))
    await visitor.waitFor(startTour, tour)
    await visitor.waitFor(isDrawn, 'Save it here')
    await visitor.waitFor(goOn)
    await expect
      .poll(() => site.receiver.requests.map(({ json }) => json))
      .toMatchObject([{ data: { plan: 'Team plan' } }])
    await visitor.close()
    expect(page.errors).toEqual([])
  })
})

/** In the console. */
function stepLink(step: string): string | undefined {
  const selector = `a[href$="/steps/${step}"]`
  return document.querySelector(selector) ? selector : undefined
}

// In the page, whose script has opened what is closed.

function pressButton(name: string): boolean {
  const roots = [...document.querySelectorAll('.tourhook')].map(({ shadowRoot }) => shadowRoot)
  const button = roots
    .flatMap(root => [...(root?.querySelectorAll<HTMLElement>('.editor button') ?? [])])
    .find(each => each.textContent === name)
  // As the keyboard does.
  button?.focus()
  button?.click()
  return button !== undefined
}

function fillField(label: string, text: string): boolean {
  const roots = [...document.querySelectorAll('.tourhook')].map(({ shadowRoot }) => shadowRoot)
  const field = roots
    .flatMap(root => [...(root?.querySelectorAll<HTMLLabelElement>('.editor label') ?? [])])
    .find(each => each.textContent === label)?.control as HTMLInputElement | undefined
  if (!field) return false
  field.focus()
  field.value = text
  field.dispatchEvent(new Event('input', { bubbles: true, composed: true }))
  return true
}

function fieldIs(label: string, text: string): boolean {
  const roots = [...document.querySelectorAll('.tourhook')].map(({ shadowRoot }) => shadowRoot)
  const field = roots
    .flatMap(root => [...(root?.querySelectorAll<HTMLLabelElement>('.editor label') ?? [])])
    .find(each => each.textContent === label)?.control as HTMLInputElement | undefined
  return field?.value === text
}

function chooseIn(label: string, option: string): boolean {
  const roots = [...document.querySelectorAll('.tourhook')].map(({ shadowRoot }) => shadowRoot)
  const list = roots
    .flatMap(root => [...(root?.querySelectorAll<HTMLLabelElement>('.editor label') ?? [])])
    .find(each => each.textContent === label)?.control as HTMLSelectElement | undefined
  const chosen = [...(list?.options ?? [])].find(each => each.label === option)
  if (!list || !chosen) return false
  list.value = chosen.value
  list.dispatchEvent(new Event('change', { bubbles: true }))
  return true
}

function isSaid(text: string): boolean {
  return [...document.querySelectorAll('.tourhook')].some(({ shadowRoot }) =>
    shadowRoot?.querySelector('.editor')?.textContent?.includes(text),
  )
}

function isDrawn(title: string): boolean {
  return [...document.querySelectorAll('.tourhook')].some(
    ({ shadowRoot }) => shadowRoot?.querySelector('.dialog h2')?.textContent === title,
  )
}

function goOn(): boolean {
  const roots = [...document.querySelectorAll('.tourhook')].map(({ shadowRoot }) => shadowRoot)
  const next = roots.map(root => root?.querySelector<HTMLElement>('.dialog button.next')).find(Boolean)
  next?.focus()
  next?.click()
  return Boolean(next)
}

function hasFocus(role: string): boolean {
  return document.activeElement?.shadowRoot?.activeElement?.getAttribute('role') === role
}

function startTour(tour: string): boolean {
  const tourhook: { start?(id: string): unknown } = Object(Reflect.get(window, 'tourhook'))
  return Boolean(tourhook.start?.(tour))
}
