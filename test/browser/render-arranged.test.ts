import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FullTourhook } from '../../src/script/create-full.ts'
import { createTourSite, type TourSite } from '../support/tour-site.ts'

/** The page's. */
declare const tourhook: FullTourhook

const items = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `i${index}`, title: `Item ${index}` }))

let site: TourSite
beforeAll(async () => {
  site = await createTourSite({
    '/': {
      config: {
        tours: [
          {
            id: 'tour',
            steps: [
              { type: 'slideout', title: 'Slideout', content: 'How is it?' },
              {
                type: 'modal',
                title: 'Modal',
                content: 'In the middle, and higher than a phone is.\n\n'.repeat(12),
              },
            ],
          },
        ],
        checklists: [
          { id: 'first', title: 'First', items: items(3) },
          { id: 'second', title: 'Second', items: items(4) },
          { id: 'third', title: 'Third', items: items(9) },
        ],
        banners: [
          { id: 'above', content: 'A banner above' },
          { id: 'news', content: 'Another banner above' },
          { id: 'below', content: 'A banner below', position: 'bottom' },
        ],
      },
    },
  })
})
afterAll(() => site.close())

/** All that is drawn and visible, with what it is called and where it is. */
function boxes(page: Page) {
  return page.evaluate(() =>
    Array.from(document.querySelectorAll('.tourhook'), host =>
      Array.from(host.shadowRoot?.querySelectorAll('.dialog, .panel, .banner') ?? []),
    )
      .flat()
      .filter(drawn => drawn.getClientRects().length > 0)
      .map(drawn => {
        const { left, top, right, bottom } = drawn.getBoundingClientRect()
        return { name: drawn.querySelector('h2')?.textContent ?? drawn.textContent, left, top, right, bottom }
      }),
  )
}

/** What lies on something else, or out of the window. */
async function faults(page: Page): Promise<string[]> {
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 }
  const all = await boxes(page)
  return all.flatMap((one, index) => {
    const isOut = one.left < 0 || one.top < 0 || one.right > width || one.bottom > height
    const covered = all
      .slice(index + 1)
      .filter(
        other =>
          one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom,
      )
    return [
      ...(isOut ? [`${one.name} is out`] : []),
      ...covered.map(other => `${one.name} meets ${other.name}`),
    ]
  })
}

const names = async (page: Page) => (await boxes(page)).map(({ name }) => name?.replace('×', '')).toSorted()

describe.each([
  [1440, 900],
  [390, 844],
])('at %i × %i', (width, height) => {
  test('checklists, banners and a slideout lie beside one another, in whatever order they come', async () => {
    const page = await site.open('/', { viewport: { width, height } })
    for (const id of ['first', 'above', 'second', 'below', 'news']) {
      await page.evaluate(id => void tourhook.show(id), id)
      await expect.poll(() => faults(page)).toEqual([])
    }
    await expect
      .poll(() => names(page))
      .toEqual(['A banner above', 'A banner below', 'Another banner above', 'First', 'Second'])
    await page.evaluate(() => void tourhook.start('tour'))
    await page.getByRole('dialog', { name: 'Slideout' }).waitFor()
    await expect.poll(() => faults(page)).toEqual([])

    // Each can be clicked.
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('dialog', { name: 'Modal' }).waitFor()
    await page.keyboard.press('Escape')
    for (const item of ['Item 2', 'Item 3']) await page.getByRole('button', { name: item }).last().click()
  })

  test('what has no room comes when there is some', async () => {
    const page = await site.open('/', { viewport: { width, height: 500 } })
    await page.evaluate(() => {
      for (const id of ['third', 'second', 'first']) tourhook.show(id)
    })
    await expect.poll(() => faults(page)).toEqual([])
    for (const name of ['Third', 'Second', 'First']) {
      const close = page.getByRole('region', { name }).getByRole('button', { name: 'Close' })
      await close.click()
      await expect.poll(() => faults(page)).toEqual([])
    }
    expect(await boxes(page)).toEqual([])
  })

  test('a banner pushes the page, and gives the room back', async () => {
    const page = await site.open('/', { viewport: { width, height } })
    const topOf = () => page.locator('header').evaluate(header => header.getBoundingClientRect().top)
    await page.evaluate(() => {
      for (const id of ['above', 'news', 'below']) tourhook.show(id)
    })
    const banners = page.locator('.banner.top')
    await expect.poll(topOf).toBeGreaterThan(80)
    const heights = await banners.evaluateAll(all => all.map(each => (each as HTMLElement).offsetHeight))
    await expect.poll(topOf).toBe(heights.reduce((sum, each) => sum + each, 0))
    expect(
      await page.evaluate(() => document.documentElement.style.getPropertyValue('--tourhook-banner-top')),
    ).toBe(`${await topOf()}px`)
    for (const _ of ['above', 'news', 'below']) {
      await page.locator('.banner').first().getByRole('button', { name: 'Close' }).click()
    }
    await expect.poll(topOf).toBe(0)
    expect(await page.evaluate(() => document.documentElement.getAttribute('style'))).toBeNull()
  })

  test('a checklist that comes later does not lie on a step', async () => {
    const page = await site.open('/', { viewport: { width, height } })
    await page.evaluate(() => {
      tourhook.start('tour')?.next()
      tourhook.show('first')
    })
    await page.getByRole('dialog', { name: 'Modal' }).waitFor()
    await expect.poll(() => faults(page)).toEqual([])
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('button', { name: 'Item 2' }).click()
  })
})
