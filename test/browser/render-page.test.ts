import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FullTourhook } from '../../src/script/create-full.ts'
import { createTourSite, type TourSite } from '../support/tour-site.ts'

/** The page's. */
declare const tourhook: FullTourhook

const hostile = `<style>
  *, *::before { all: unset !important; display: block !important; color: red !important; font: 40px serif !important }
  div { position: static !important; transform: rotate(3deg) !important; z-index: -1 !important; opacity: .2 !important }
  html > :not(head, body) { display: none !important; width: 5px !important; margin: 50px !important }
  button, input { appearance: none !important; width: 3px !important; pointer-events: none !important }
  .card, .dialog, .next, .overlay, .layer, .tourhook { visibility: hidden !important }
</style>`

let site: TourSite
beforeAll(async () => {
  site = await createTourSite({
    '/hostile': { head: hostile },
    '/strict': {
      headers: {
        'content-security-policy':
          "default-src 'none'; script-src 'self' 'nonce-page'; style-src 'nonce-page'; require-trusted-types-for 'script'",
      },
      script: 'src="/dist/tourhook.full.js" nonce="page"',
    },
    '/transformed': { head: '<style>html { transform: translate(90px, 40px) scale(.9) }</style>' },
  })
})
afterAll(() => site.close())

const dialog = (page: Page) => page.getByRole('dialog')

async function show(page: Page, step: string) {
  await page.evaluate(step => tourhook.start('walk')?.goTo(step), step)
}

/** How all that is drawn looks: where each element is, and its computed style. */
function looks(page: Page) {
  return page.evaluate(() =>
    Array.from(document.querySelector('.tourhook')?.shadowRoot?.querySelectorAll('*') ?? [], element => {
      const { x, y, width, height } = element.getBoundingClientRect()
      const style = getComputedStyle(element)
      const values = ['color', 'font', 'opacity', 'visibility', 'background-color', 'pointer-events', 'z-index']
      return [element.localName, x, y, width, height, ...values.map(name => style.getPropertyValue(name))].join(
        ' ',
      )
    }),
  )
}

test.each(['hello', 'about', 'needs', 'rate'])('the page’s styles do not reach step "%s"', async step => {
  const [plain, styled] = await Promise.all([site.open('/'), site.open('/hostile')])
  for (const page of [plain, styled]) {
    await show(page, step)
    await dialog(page).waitFor()
  }
  expect(await looks(styled)).toEqual(await looks(plain))
  await styled.getByRole('button', { name: 'Close' }).click()
  await expect.poll(() => dialog(styled).count()).toBe(0)
})

test('a page that is transformed as a whole does not move a step', async () => {
  const page = await site.open('/transformed', { viewport: { width: 1000, height: 700 } })
  await show(page, 'hello')
  const box = await dialog(page).boundingBox()
  expect((box?.x ?? 0) + (box?.width ?? 0) / 2).toBeCloseTo(500, 0)
})

test('a tour changes nothing of the page, and leaves nothing behind', async () => {
  const page = await site.open()
  const snapshot = () =>
    page.evaluate(() => ({
      html: document.body.outerHTML,
      children: document.documentElement.children.length,
      sheets: document.styleSheets.length + document.adoptedStyleSheets.length,
      boxes: Array.from(document.body.querySelectorAll('*'), element =>
        JSON.stringify(element.getBoundingClientRect()),
      ),
      styles: Array.from(document.body.querySelectorAll('*'), element =>
        Array.from(getComputedStyle(element), name => getComputedStyle(element).getPropertyValue(name)).join(),
      ),
    }))
  const before = await snapshot()
  for (const step of ['hello', 'board', 'rate']) {
    await show(page, step)
    await dialog(page).waitFor()
    expect(await snapshot()).toEqual({ ...before, children: before.children + 1 })
  }
  await page.keyboard.press('Escape')
  expect(await snapshot()).toEqual(before)
})

test('works under a strict Content-Security-Policy with Trusted Types', async () => {
  const page = await site.open('/strict')
  await page.evaluate(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective }) =>
      console.error(violatedDirective),
    )
  })
  // The host page's own inline style is what this policy forbids.
  const before = [...page.faults]
  for (const step of ['hello', 'about', 'needs', 'board', 'rate']) {
    await show(page, step)
    await dialog(page).waitFor()
  }
  const { background, width } = await dialog(page).evaluate(element => ({
    background: getComputedStyle(element).backgroundColor,
    width: element.getBoundingClientRect().width,
  }))
  expect({ background, width }).toEqual({ background: 'rgb(255, 255, 255)', width: 360 })
  expect(page.faults).toEqual(before)
})

test('a pointer waits for an element that comes late', async () => {
  const page = await site.open()
  await page.evaluate(() => document.getElementById('new')?.remove())
  await show(page, 'board')
  expect(await dialog(page).count()).toBe(0)
  await page.evaluate(() => {
    const late = Object.assign(document.createElement('button'), { id: 'new', hidden: true })
    document.querySelector('main')?.append(late)
  })
  expect(await dialog(page).count()).toBe(0)
  await page.evaluate(() => document.getElementById('new')?.removeAttribute('hidden'))
  await dialog(page).waitFor()
})

test('a pointer waits for an element that comes late, also when the visitor has just pressed Next', async () => {
  const page = await site.open()
  await page.evaluate(() => document.getElementById('new')?.setAttribute('hidden', ''))
  await show(page, 'needs')
  await page.getByLabel('From scratch').check()
  await page.getByRole('button', { name: 'Next' }).click()
  await expect.poll(() => dialog(page).count()).toBe(0)
  await page.evaluate(() => document.getElementById('new')?.removeAttribute('hidden'))
  await page.getByRole('dialog', { name: 'Start here' }).waitFor()
})

test('a pointer whose element does not come is an error, and the tour goes on', async () => {
  const page = await site.open()
  await page.clock.install()
  await page.evaluate(() => {
    document.getElementById('new')?.remove()
    tourhook.on('error', ({ error }) => {
      document.title = `${error.message}: ${(error.cause as Error).message}`
    })
  })
  await show(page, 'board')
  await page.clock.fastForward(10_000)
  await page.getByRole('dialog', { name: 'How was it so far?' }).waitFor()
  expect(await page.title()).toBe('tour "walk": step 3 is left out: no element matches "#new" after 10000 ms')
})

test('a pointer follows its element, and finds it again when the page exchanges it', async () => {
  const page = await site.open('/', { viewport: { width: 1000, height: 700 } })
  await show(page, 'board')
  const gap = async () => {
    const [target, shown] = await Promise.all([page.locator('#new').boundingBox(), dialog(page).boundingBox()])
    return Math.round((shown?.y ?? 0) - (target?.y ?? 0) - (target?.height ?? 0))
  }
  await expect.poll(gap).toBe(16)
  await page.evaluate(() =>
    document.querySelector<HTMLElement>('main')?.style.setProperty('margin-top', '200px'),
  )
  await expect.poll(gap).toBe(16)
  await page.evaluate(() => {
    const old = document.getElementById('new')
    old?.replaceWith(old.cloneNode(true))
    document.querySelector<HTMLElement>('main')?.style.removeProperty('margin-top')
  })
  await expect.poll(gap).toBe(16)
})

test('a pointer scrolls to its element', async () => {
  const page = await site.open('/', { viewport: { width: 1000, height: 500 } })
  await page.evaluate(() => {
    const button = document.getElementById('new')
    if (button) document.body.append(button)
    document.querySelector<HTMLElement>('main')?.style.setProperty('height', '3000px')
  })
  await show(page, 'board')
  await expect
    .poll(() => page.locator('#new').evaluate(button => button.getBoundingClientRect().top))
    .toBeLessThan(460)
})

/** Makes the page larger than its window, both ways. */
const enlarge = (page: Page) =>
  page.evaluate(() => {
    const large = document.createElement('div')
    large.style.cssText = 'position: absolute; inset: 0 auto auto 0; width: 4000px; height: 4000px; z-index: -1'
    document.body.append(large)
  })

test('a pointer scrolls to its element in a box that scrolls', async () => {
  const page = await site.open('/', { viewport: { width: 1000, height: 700 } })
  await page.evaluate(() => {
    const box = document.createElement('div')
    box.style.cssText = 'height: 200px; overflow: auto'
    box.innerHTML = '<div style="height: 300px"></div>'
    box.append(document.getElementById('new') ?? '')
    document.body.prepend(box)
  })
  await show(page, 'board')
  await dialog(page).waitFor()
  await expect
    .poll(() => page.locator('#new').evaluate(button => button.getBoundingClientRect().bottom))
    .toBeLessThan(201)
})

test('a pointer scrolls sideways to its element', async () => {
  const page = await site.open('/', { viewport: { width: 1000, height: 700 } })
  await enlarge(page)
  await page.evaluate(() => {
    const button = document.getElementById('new')
    if (button) button.style.cssText = 'position: absolute; left: 2500px'
  })
  await show(page, 'board')
  await dialog(page).waitFor()
  await expect
    .poll(() => page.locator('#new').evaluate(button => button.getBoundingClientRect().right))
    .toBeLessThan(900)
})

test('a pointer whose element is visible moves nothing of the page', async () => {
  const page = await site.open('/', { viewport: { width: 1000, height: 500 } })
  await enlarge(page)
  await page.evaluate(() => scrollTo(10, 20))
  await show(page, 'board')
  await dialog(page).waitFor()
  await page.evaluate(() => new Promise(requestAnimationFrame))
  expect(await page.evaluate(() => [scrollX, scrollY])).toEqual([10, 20])
})

test('the visitor can use the element that a pointer points at, and nothing else of the page', async () => {
  const page = await site.open()
  await page.evaluate(() => {
    for (const id of ['new', 'nav']) {
      const element = document.getElementById(id) ?? document.querySelector('nav a')
      element?.addEventListener('click', () => {
        document.title += ` ${id}`
      })
    }
  })
  await show(page, 'board')
  await dialog(page).waitFor()
  await page.locator('#new').click()
  const link = await page.locator('nav a').boundingBox()
  await page.mouse.click((link?.x ?? 0) + 5, (link?.y ?? 0) + 5)
  expect(await page.title()).toBe('Boards new')
})
