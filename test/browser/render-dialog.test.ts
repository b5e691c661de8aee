import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FullTourhook } from '../../src/script/create-full.ts'
import { createTourSite, type TourSite } from '../support/tour-site.ts'

/** The page's. */
declare const tourhook: FullTourhook

let site: TourSite
beforeAll(async () => {
  site = await createTourSite({
    '/dialogs': {
      config: {
        tours: [
          {
            id: 'tour',
            steps: [
              { id: 'modal', type: 'modal', title: 'Modal' },
              { id: 'pointer', type: 'pointer', element: '#inside', title: 'Pointer' },
              { id: 'slideout', type: 'slideout', title: 'Slideout' },
              { id: 'end', type: 'modal', title: 'End' },
            ],
          },
        ],
      },
    },
  })
})
afterAll(() => site.close())

/** A page with a modal dialog of its own; `#inside` is in it. */
async function open() {
  const page = await site.open('/dialogs')
  await page.evaluate(() => {
    const dialog = Object.assign(document.createElement('dialog'), { id: 'own' })
    dialog.append(Object.assign(document.createElement('button'), { id: 'inside', textContent: 'Inside' }))
    document.body.append(dialog)
  })
  return page
}

const openOwn = (page: Page) =>
  page.evaluate(() => document.querySelector<HTMLDialogElement>('#own')?.showModal())
const isOwnOpen = (page: Page) => page.locator('#own').evaluate(own => (own as HTMLDialogElement).open)
const goTo = (page: Page, step: string) => page.evaluate(step => tourhook.start('tour')?.goTo(step), step)
const shown = (page: Page, name: string) => page.getByRole('dialog', { name, exact: true }).waitFor()
const next = (page: Page) => page.getByRole('button', { name: 'Next' }).click()

test('the visitor can take steps over a modal dialog of the page', async () => {
  const page = await open()
  await openOwn(page)
  await goTo(page, 'modal')
  for (const name of ['Modal', 'Pointer', 'Slideout']) {
    await shown(page, name)
    await next(page)
  }
  await shown(page, 'End')
  await page.getByRole('button', { name: 'Done' }).click()
  await expect.poll(() => page.locator('.tourhook').count()).toBe(0)
  expect(await isOwnOpen(page)).toBe(true)
})

test('the visitor can take steps over what fills the screen, and after it does no more', async () => {
  const page = await site.open('/dialogs')
  await goTo(page, 'modal')
  await shown(page, 'Modal')
  await page.evaluate(() => {
    const player = document.createElement('section')
    player.innerHTML = '<button id="inside">Inside</button>'
    document.body.append(player)
    return player.requestFullscreen()
  })
  for (const name of ['Modal', 'Pointer']) {
    await shown(page, name)
    await next(page)
  }
  await shown(page, 'Slideout')
  await page.evaluate(() => document.exitFullscreen())
  await next(page)
  await page.getByRole('button', { name: 'Done' }).click()
  await expect.poll(() => page.locator('.tourhook').count()).toBe(0)
})

test('over a modal dialog of the page, steps can be taken with the keyboard', async () => {
  const page = await open()
  await openOwn(page)
  await goTo(page, 'modal')
  await shown(page, 'Modal')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  await shown(page, 'Pointer')
})

test('Escape closes the tour and not the page’s modal dialog', async () => {
  const page = await open()
  await openOwn(page)
  await goTo(page, 'modal')
  await shown(page, 'Modal')
  await page.keyboard.press('Escape')
  await expect.poll(() => page.locator('.tourhook').count()).toBe(0)
  expect(await isOwnOpen(page)).toBe(true)
})

test.each(['close', 'remove'] as const)('a step stays when the page’s modal dialog goes by %s()', async way => {
  const page = await open()
  await openOwn(page)
  await goTo(page, 'modal')
  await shown(page, 'Modal')
  await page.evaluate(way => document.querySelector<HTMLDialogElement>('#own')?.[way](), way)
  await shown(page, 'Modal')
  await page.keyboard.press('Escape')
  await expect.poll(() => page.locator('.tourhook').count()).toBe(0)
})

test('a step stays usable when the page opens a modal dialog over it', async () => {
  const page = await open()
  await goTo(page, 'modal')
  await shown(page, 'Modal')
  await openOwn(page)
  await page.keyboard.press('Enter')
  await shown(page, 'Pointer')
  await next(page)
  await shown(page, 'Slideout')
})

test('a slideout leaves the focus to the modal dialog that the page opens', async () => {
  const page = await open()
  await goTo(page, 'slideout')
  await shown(page, 'Slideout')
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await openOwn(page)
  await expect.poll(() => page.locator('#own .tourhook').count()).toBe(1)
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('inside')
})

test('what had the focus in a step has it again when the page’s modal dialog closes', async () => {
  const page = await open()
  await openOwn(page)
  await goTo(page, 'modal')
  await shown(page, 'Modal')
  await page.getByRole('button', { name: 'Close' }).focus()
  await page.evaluate(() => document.querySelector<HTMLDialogElement>('#own')?.close())
  await expect.poll(() => page.locator('html > .tourhook').count()).toBe(1)
  expect(
    await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute('aria-label')),
  ).toBe('Close')
})

test('a step is usable over the dialog that was opened last, wherever it stands', async () => {
  const page = await open()
  await page.evaluate(() => {
    const confirm = Object.assign(document.createElement('dialog'), { id: 'confirm' })
    confirm.append('Sure?')
    document.body.prepend(confirm)
  })
  await openOwn(page)
  await goTo(page, 'modal')
  await shown(page, 'Modal')
  await page.evaluate(() => document.querySelector<HTMLDialogElement>('#confirm')?.showModal())
  await expect.poll(() => page.locator('#confirm .tourhook').count()).toBe(1)
  await next(page)
})
