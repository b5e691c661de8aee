import axe, { type AxeResults } from 'axe-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sharedChromium } from '../support/browsers/shared-chromium.ts'
import { adminToken } from '../support/companion.ts'
import { type EditSite, startEditSite } from '../support/edit-site.ts'
import { hostPages, openShadowRoots } from './edit/host-pages.ts'

declare const axeInPage: { run(context: object): Promise<AxeResults> }

let site: EditSite
let browser: Browser
let context: BrowserContext
beforeAll(async () => {
  site = await startEditSite(hostPages)
  browser = await sharedChromium()
  context = await browser.newContext()
  await context.addInitScript(openShadowRoots)
})
afterAll(async () => {
  await context.close()
  await site.close()
})

const hello = { id: 'hello', type: 'modal', title: 'Hello, {firstName}' }
const point = { id: 'point', type: 'pointer', element: '#plan', title: 'Your plan' }
const ask = {
  id: 'ask',
  type: 'modal',
  title: 'A question',
  fields: [{ type: 'text', name: 'role', label: 'Your role' }],
}
const send = {
  id: 'send',
  type: 'trigger',
  trigger: {
    type: 'webhook',
    webhook: 'crm',
    data: { email: { tag: 'email' }, role: { answer: 'role' }, plan: { element: '#plan' } },
  },
}

interface Opened extends Page {
  faults: string[]
  tour: string
}

/** A page that an author has come to from the console, and what has gone wrong on it. */
async function openEditor(
  path: string,
  {
    steps = [hello, point, ask, send],
    step = 'point',
    mode = 'edit' as 'pick' | 'edit' | 'try',
    within = context,
    like,
  }: {
    steps?: object[]
    step?: string
    mode?: 'pick' | 'edit' | 'try'
    within?: BrowserContext
    like?: string
  } = {},
): Promise<Opened> {
  const tour = like ?? (await site.createTour({ steps: steps as [] }))
  const page = await within.newPage()
  const faults: string[] = []
  page.on('pageerror', error => faults.push(String(error)))
  page.on('console', message => message.type() === 'error' && faults.push(message.text()))
  await page.goto(await site.link(path, { tour, mode, ...(step !== '' && { step }) }))
  return Object.assign(page, { faults, tour })
}

const panelIn = (page: Page) => page.getByRole('dialog', { name: 'Tourhook editor' })
const picking = (page: Page) => page.getByRole('application')
const part = (page: Page, name: string) => panelIn(page).getByRole('button', { name, exact: true }).click()
const selectorIn = (page: Page) => panelIn(page).getByLabel('Selector', { exact: true })
const heardBy = (page: Page) => page.evaluate<string[]>('heard')

async function pickByMouse(page: Page, selector: string): Promise<void> {
  await picking(page).waitFor()
  const box = await page.locator(selector).boundingBox()
  if (!box) throw new Error(`${selector} is not shown`)
  const at = [box.x + box.width / 2, box.y + box.height / 2] as const
  await page.mouse.move(...at)
  await page.mouse.click(...at)
}

async function save(page: Opened): Promise<{ [key: string]: unknown }[]> {
  await panelIn(page).getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Saved as a draft').waitFor()
  return (await site.draftOf(page.tour)).draft.steps
}

describe('picking an element', () => {
  test('by mouse tells the page nothing of it, and saves the surest selector', async () => {
    const page = await openEditor('/plain', { mode: 'pick' })
    await pickByMouse(page, '[data-testid=save]')
    await expect.poll(() => selectorIn(page).inputValue()).toBe('[data-testid="save"]')
    await page.getByText('One element matches.').waitFor()
    expect((await save(page))[1]).toMatchObject({ element: '[data-testid="save"]' })
    expect(await heardBy(page)).toEqual([])
    expect(page.faults).toEqual([])
    await page.close()
  })

  test('takes no mouse: Tab, arrows and Enter pick, and what is written is saved', async () => {
    const page = await openEditor('/plain', { mode: 'pick', step: 'hello' })
    const { keyboard } = page
    await picking(page).waitFor()
    await keyboard.press('Tab')
    await page.getByText('[name="query"]').first().waitFor()
    await keyboard.press('Tab')
    await keyboard.press('ArrowRight')
    await keyboard.press('ArrowUp')
    await keyboard.press('ArrowDown')
    await page.getByText('[data-testid="save"]').first().waitFor()
    await keyboard.press('Enter')
    await expect.poll(() => selectorIn(page).inputValue()).toBe('[data-testid="save"]')

    const { press, fill } = keysOf(page)
    await press('Words')
    await fill('Title', 'Save it here')
    await press('Save')
    await page.getByText('Saved as a draft').waitFor()
    expect((await site.draftOf(page.tour)).draft.steps[0]).toMatchObject({
      type: 'pointer',
      element: '[data-testid="save"]',
      title: 'Save it here',
    })
    expect(await heardBy(page)).toEqual([])
    await page.close()
  })

  test('takes a finger', async () => {
    const touch = await browser.newContext({
      hasTouch: true,
      isMobile: true,
      viewport: { width: 390, height: 844 },
    })
    await touch.addInitScript(openShadowRoots)
    const page = await openEditor('/plain', { mode: 'pick', within: touch })
    await picking(page).waitFor()
    const box = await page.locator('[data-testid=share]').boundingBox()
    await page.touchscreen.tap((box?.x ?? 0) + 4, (box?.y ?? 0) + 4)
    await expect.poll(() => selectorIn(page).inputValue()).toBe('[data-testid="share"]')
    expect(await heardBy(page)).toEqual([])
    await touch.close()
  })

  test('survives a page load: what is picked, written and not saved is there on the next page', async () => {
    const page = await openEditor('/plain', { mode: 'pick' })
    await picking(page).waitFor()
    await page.getByRole('toolbar').getByRole('button', { name: 'Use the page' }).click()
    await page.locator('#second').click()
    await page.waitForURL('**/second')
    await pickByMouse(page, '[data-testid=share]')
    await expect.poll(() => selectorIn(page).inputValue()).toBe('[data-testid="share"]')
    await page.reload()
    await expect.poll(() => selectorIn(page).inputValue()).toBe('[data-testid="share"]')
    expect((await save(page))[1]).toMatchObject({ element: '[data-testid="share"]' })
    await page.reload()
    await panelIn(page).waitFor()
    expect(await picking(page).count()).toBe(0)
    await page.close()
  })

  test('means the button when its icon is pointed at', async () => {
    const page = await openEditor('/plain', { mode: 'pick' })
    await page.evaluate(() => {
      const icon = '<svg width="20" height="20"><path d="M0 0h20v20H0z"/></svg><b>Save</b>'
      Object.assign(document.querySelector('[data-testid=save]') ?? {}, { innerHTML: icon })
    })
    await pickByMouse(page, '[data-testid=save] path')
    await expect.poll(() => selectorIn(page).inputValue()).toBe('[data-testid="save"]')
    await page.close()
  })

  test('is left with Escape, and nothing is changed', async () => {
    const page = await openEditor('/plain', { mode: 'pick' })
    await picking(page).waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => selectorIn(page).inputValue()).toBe('#plan')
    expect(await page.getByText('Not saved yet').count()).toBe(0)
    await page.close()
  })
})

/** The accessible name of what has the focus, in shadow roots, too. */
function nameOfFocus(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { activeElement: focused } = document.activeElement?.shadowRoot ?? document
    const label = focused && 'labels' in focused ? (focused as HTMLInputElement).labels?.[0] : undefined
    return (focused?.getAttribute('aria-label') ?? label?.textContent ?? focused?.textContent ?? '').trim()
  })
}

/** Somebody without a mouse. */
function keysOf(page: Page) {
  const { keyboard } = page

  async function reach(name: string, tag = '*'): Promise<void> {
    for (let stops = 0; stops < 80; stops += 1) {
      const isThere = (await nameOfFocus(page)) === name
      if (isThere && (await page.evaluate(tag => document.activeElement?.matches(tag), tag))) return
      await keyboard.press('Tab')
    }
    throw new Error(`Tab does not reach ${name}`)
  }

  return {
    async press(name: string, tag?: string): Promise<void> {
      await reach(name, tag)
      await keyboard.press('Enter')
    },
    async fill(label: string, text: string): Promise<void> {
      await reach(label)
      await keyboard.press('ControlOrMeta+a')
      await keyboard.type(text)
    },
    /** By what its option begins with. */
    async choose(label: string, option: string): Promise<void> {
      await reach(label)
      await keyboard.type(option)
    },
  }
}

test('from signing in to a tour that runs for a visitor takes no mouse', { timeout: 60_000 }, async () => {
  const tour = await site.createTour({
    name: 'By keyboard',
    steps: [hello, { ...send, trigger: { ...send.trigger, data: { plan: { tag: 'plan' } } } }],
  })
  const page = await context.newPage()
  const console = keysOf(page)
  await page.goto(`${site.origin}/console`)
  await console.fill('Token', adminToken)
  await console.press('Sign in')
  await page.getByRole('heading', { name: 'Overview' }).waitFor()
  await page.goto(`${site.origin}/console/tours/${tour}/steps/hello`)
  await page.getByRole('link', { name: 'Pick on the page' }).waitFor()
  await console.press('Pick on the page')
  await page.getByLabel('Page').waitFor()
  await console.fill('Page', site.site.url('/plain'))
  await console.press('Make a link')
  await page.getByRole('link', { name: 'Open the page' }).waitFor()
  const opened = context.waitForEvent('page')
  await console.press('Open the page')

  const edited = await opened
  const { press, fill, choose } = keysOf(edited)
  const { keyboard } = edited
  await picking(edited).waitFor()
  await expect.poll(() => nameOfFocus(edited)).toMatch(/^Pick an element/)
  await keyboard.press('Tab')
  await keyboard.press('Tab')
  await keyboard.press('Enter')
  await expect.poll(() => selectorIn(edited).inputValue()).toBe('[data-testid="save"]')
  await press('Words')
  await fill('Title', 'Save it here')
  await edited.getByRole('dialog', { name: 'Save it here' }).waitFor()
  await choose('Step', '2')
  await choose('From', 'Element')
  await fill('Selector', '#plan')
  await panelIn(edited).getByText('Team plan').waitFor()
  await press('Try it')
  await press('Dry run')
  await edited.getByRole('dialog', { name: 'Save it here' }).waitFor()
  await press('Done')
  await edited.getByText('"plan": "Team plan"').waitFor()
  await press('Save')
  await edited.getByText('Saved as a draft').waitFor()
  await press('Close the editor')
  await panelIn(edited).waitFor({ state: 'detached' })
  await edited.close()

  await page.goto(`${site.origin}/console/publish`)
  await console.press('Publish', 'button')
  await page.getByText('Everything is published').first().waitFor()
  const visitor = await context.newPage()
  const before = site.receiver.requests.length
  await visitor.goto(site.site.url('/plain'))
  await visitor.waitForFunction(tour => Object(Reflect.get(window, 'tourhook')).start?.(tour), tour)
  await visitor.getByRole('dialog', { name: 'Save it here' }).waitFor()
  await visitor.keyboard.press('Enter')
  const sent = () => site.receiver.requests.slice(before).map(({ json }) => json)
  await expect.poll(sent).toMatchObject([{ data: { plan: 'Team plan' } }])
  await visitor.close()
  await page.close()
})

describe('a page that makes it hard', () => {
  test.each([
    ['has a strict Content-Security-Policy', '/strict', '[data-testid=save]'],
    ['requires Trusted Types', '/trusted', '[data-testid=save]'],
    ['has a modal dialog open', '/dialog', '#inside'],
    ['traps the focus in a dialog of its own', '/trap', '#inside'],
    ['has its script elsewhere than the editor', '/alone', '[data-testid=save]'],
  ])('and %s can be edited', async (_, path, element) => {
    const page = await openEditor(path, { mode: 'pick' })
    await pickByMouse(page, element)
    const found = element.startsWith('#') ? element : '[data-testid="save"]'
    await expect.poll(() => selectorIn(page).inputValue()).toBe(found)
    await part(page, 'Words')
    const title = panelIn(page).getByLabel('Title', { exact: true })
    await title.click()
    await page.keyboard.press('End')
    await page.keyboard.type(' and more')
    expect((await save(page))[1]).toMatchObject({ element: found, title: 'Your plan and more' })
    // The companion's script is no fault, but missing beside the page's.
    expect(page.faults.filter(fault => !/404/.test(fault))).toEqual([])
    await page.close()
  })

  test('and has a router that eats the hash can be edited, and its router sees no code', async () => {
    const page = await openEditor('/router#/orders/7', { mode: 'pick' })
    await pickByMouse(page, '[data-testid=save]')
    await expect.poll(() => selectorIn(page).inputValue()).toBe('[data-testid="save"]')
    expect(await page.evaluate('routes')).toEqual(['#/orders/7'])
    expect(page.url()).toMatch(/\/router#\/orders\/7$/)
    await page.close()
  })

  test('and stops each event on its window, takes the focus back and lies above all can be edited', async () => {
    const page = await openEditor('/greedy', { mode: 'pick' })
    const { keyboard } = page
    await picking(page).waitFor()
    await keyboard.press('Tab')
    await keyboard.press('Tab')
    await page.getByText('[data-testid="save"]').first().waitFor()
    await keyboard.press('Enter')
    await expect.poll(() => selectorIn(page).inputValue()).toBe('[data-testid="save"]')
    await part(page, 'Words')
    await panelIn(page).getByLabel('Title', { exact: true }).click()
    await keyboard.press('End')
    await keyboard.type(' and more')
    expect((await save(page))[1]).toMatchObject({ title: 'Your plan and more' })
    await page.close()
  })

  test('and fills the screen can be edited', async () => {
    const page = await openEditor('/plain')
    await part(page, 'Use the page')
    await page.evaluate(() => {
      const share = document.querySelector<HTMLElement>('[data-testid=share]')
      share?.addEventListener('click', () => share.closest('section')?.requestFullscreen())
    })
    await page.locator('[data-testid=share]').click()
    await page.waitForFunction(() => document.fullscreenElement)
    await page.getByRole('button', { name: 'Back to the editor' }).click()
    await panelIn(page).getByRole('button', { name: 'Words' }).click()
    await page.close()
  })

  test('and has stopped each event before Tourhook’s script has come says what to do', async () => {
    const page = await openEditor('/greedy-first')
    await page.getByText('load Tourhook’s script before it').waitFor()
    await page.close()
  })

  test('cannot look into the editor', async () => {
    const plain = await browser.newContext()
    const page = await openEditor('/plain', { within: plain })
    await page.locator('.tourhook').first().waitFor({ state: 'attached' })
    await expect.poll(() => page.evaluate('document.activeElement.className')).toBe('tourhook')
    expect(await page.evaluate('document.activeElement.shadowRoot')).toBeNull()
    await plain.close()
  })
})

describe('without a link from the console', () => {
  test.each(['', '#pricing', '#tourhook-edit=https://evil.example/x.js', '#tourhook-edit=short'])(
    'a page with "%s" loads no byte of the editor, and keeps its address',
    async hash => {
      const page = await context.newPage()
      const asked: string[] = []
      page.on('request', request => asked.push(request.url()))
      await page.goto(`${site.site.url('/plain')}${hash}`)
      await page.waitForFunction(() => 'start' in Object(Reflect.get(window, 'tourhook')))
      expect(asked.filter(url => /edit|evil/.test(new URL(url).pathname + new URL(url).host))).toEqual([])
      expect(page.url()).toBe(`${site.site.url('/plain')}${hash}`)
      await page.close()
    },
  )

  test('a link that was used says so, and the page goes on', async () => {
    const tour = await site.createTour({ steps: [hello] })
    const link = await site.link('/plain', { tour })
    const first = await context.newPage()
    await first.goto(link)
    await panelIn(first).waitFor()
    await first.close()
    const page = await context.newPage()
    const faults: string[] = []
    page.on('console', message => message.type() === 'warning' && faults.push(message.text()))
    await page.goto(link)
    await expect.poll(() => faults.join()).toMatch(/ask for a new one in the console/i)
    await page.getByText(/ask for a new one in the console/i).waitFor()
    await page.close()
  })
})

test('what somebody else has changed too is shown, and nothing is overwritten', async () => {
  const page = await openEditor('/plain', { step: 'hello' })
  const title = panelIn(page).getByLabel('Title', { exact: true })
  await title.fill('Mine')
  const { rev, draft } = await site.draftOf(page.tour)
  const theirs = draft.steps.map(step =>
    step.id === 'hello' ? { ...step, title: 'Theirs', content: 'New' } : step,
  )
  await site.save(page.tour, rev, { ...draft, steps: theirs })
  await panelIn(page).getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Theirs: Theirs').waitFor()
  await page.getByText('Yours: Mine').waitFor()
  expect((await site.draftOf(page.tour)).draft.steps[0]).toMatchObject({ title: 'Theirs' })
  await panelIn(page).getByRole('radio', { name: 'Yours: Mine' }).check()
  await panelIn(page).getByRole('button', { name: 'Save what is chosen' }).click()
  await page.getByText('Saved as a draft').waitFor()
  expect((await site.draftOf(page.tour)).draft.steps[0]).toMatchObject({ title: 'Mine', content: 'New' })
  await page.close()
})

test('data shows what each value is now, and a dry run shows each message and sends nothing', async () => {
  const page = await openEditor('/plain', { step: 'send' })
  await page.getByText('ada@example.com').waitFor()
  await page.getByText('Team plan').nth(1).waitFor()
  const before = site.receiver.requests.length
  const asked: string[] = []
  page.on('request', request => asked.push(request.url()))
  await part(page, 'Try it')
  await part(page, 'Dry run')
  const step = (name: string) => page.getByRole('dialog', { name })
  await step('Hello').getByRole('button', { name: 'Next' }).click()
  await step('Your plan').getByRole('button', { name: 'Next' }).click()
  await step('A question').getByLabel('Your role').fill('Surveyor')
  await step('A question')
    .getByRole('button', { name: /Next|Done/ })
    .click()
  await page.getByText('The tour is completed.').waitFor()
  await page.getByText(/^It would POST to http.*, “CRM”:/).waitFor()
  await page.getByText('"role": "Surveyor"').waitFor()
  await page.getByText('"plan": "Team plan"').waitFor()
  expect(asked).toEqual([])
  // No visitor has taken a tour.
  expect((await heardBy(page)).filter(name => name.startsWith('tourhook:'))).toEqual([])
  expect(site.receiver.requests.length).toBe(before)
  expect(page.faults).toEqual([])
  await page.close()
})

test('axe finds nothing in it, light and dark', async () => {
  const page = await openEditor('/plain', { step: 'point' })
  await panelIn(page).waitFor()
  await page.evaluate(`${axe.source}; window.axeInPage = axe`)
  const violations = () =>
    page.evaluate(async () => {
      const { violations } = await axeInPage.run({ include: [['.tourhook']] })
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
    })
  const look = async (name: string) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      expect(await violations(), `${name}, ${colorScheme}`).toEqual([])
    }
  }
  for (const name of ['Element', 'Words', 'Questions', 'Try it']) {
    await part(page, name)
    await look(name)
  }
  await panelIn(page).getByLabel('Step', { exact: true }).selectOption({ index: 2 })
  await part(page, 'Questions')
  await look('a question')
  await panelIn(page).getByLabel('Step', { exact: true }).selectOption({ index: 3 })
  await look('data')
  await panelIn(page).getByLabel('Add or remove a step').click()
  await look('the menu')
  await part(page, 'Try it')
  await part(page, 'Dry run')
  await page.getByText('The tour starts.').waitFor()
  await look('a dry run')
  await part(page, 'Stop')
  await part(page, 'Use the page')
  await look('beside')
  await page.getByRole('button', { name: 'Back to the editor' }).click()
  await panelIn(page).getByLabel('Step', { exact: true }).selectOption({ index: 1 })
  await part(page, 'Element')
  await part(page, 'Pick on the page')
  await page.keyboard.press('Tab')
  await look('picking')
  await page.close()
})
