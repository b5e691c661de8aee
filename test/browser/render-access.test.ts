import axe, { type AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FullTourhook } from '../../src/script/create-full.ts'
import { createTourSite, type TourSite } from '../support/tour-site.ts'

/** The page's. */
declare const tourhook: FullTourhook
declare const axeInPage: { run(): Promise<AxeResults> }

const steps = ['hello', 'about', 'needs', 'board', 'rate', 'bye']

let site: TourSite
beforeAll(async () => {
  site = await createTourSite({
    '/rtl': { head: '<script>document.documentElement.dir = "rtl"</script>' },
    '/bare': {
      config: {
        tours: [
          {
            id: 'bare',
            name: 'Survey',
            steps: [
              { type: 'slideout', fields: [{ name: 'size', label: 'How many are you?', type: 'number' }] },
              { type: 'modal' },
            ],
          },
        ],
      },
    },
  })
})
afterAll(() => site.close())

async function show(page: Page, step: string) {
  await page.evaluate(step => tourhook.start('walk')?.goTo(step), step)
  await page.getByRole('dialog').waitFor()
}

/** What axe finds, with all of its rules. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(`${axe.source}; window.axeInPage = axe`)
  const { violations } = await page.evaluate(() => axeInPage.run())
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

/** Texts whose contrast is below what WCAG 2.2 AA asks for; axe can't tell it in the browser's top layer. */
function faintTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const channels = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number)
    const isOpaque = (color: string) => channels(color).length === 3
    const luminance = (color: string) => {
      const [red = 0, green = 0, blue = 0] = channels(color).map(value =>
        value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
      )
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
    const backgroundOf = (element: Element | null): string => {
      const { backgroundColor } = getComputedStyle(element ?? document.body)
      return !element || isOpaque(backgroundColor) ? backgroundColor : backgroundOf(element.parentElement)
    }
    const all = Array.from(document.querySelectorAll('.tourhook'), host => [
      ...(host.shadowRoot?.querySelectorAll('*') ?? []),
    ])
    return all.flat().flatMap(element => {
      const isText = [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE)
      if (!isText || element.getClientRects().length === 0) return []
      const [lighter = 0, darker = 0] = [getComputedStyle(element).color, backgroundOf(element)]
        .map(luminance)
        .sort((a, b) => b - a)
      // A star is a picture.
      const wanted = element.textContent === '★' ? 3 : 4.5
      const ratio = (lighter + 0.05) / (darker + 0.05)
      return ratio < wanted ? [`${element.textContent}: ${ratio.toFixed(2)}`] : []
    })
  })
}

// Each theme at one width: what axe looks at depends on both, and hardly on the two together.
const looks = [
  ['light', 360],
  ['dark', 1100],
] as const

describe.each(looks)('in a %s theme, %i px wide', (colorScheme, width) => {
  let page: Page
  beforeAll(async () => {
    page = await site.openForAll('/', { colorScheme, viewport: { width, height: 740 } })
  })

  test.each(steps)('axe finds nothing in step "%s", and no text is faint', async step => {
    await show(page, step)
    expect(await violations(page)).toEqual([])
    expect(await faintTexts(page)).toEqual([])
    if (!['about', 'needs', 'rate'].includes(step)) return

    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByText('Please answer this.').first().waitFor()
    expect(await violations(page), 'where it tells of mistakes').toEqual([])
    expect(await faintTexts(page)).toEqual([])
  })

  test('axe finds nothing in a checklist and a banner', async () => {
    const page = await site.open('/', { colorScheme })
    await page.evaluate(() => {
      tourhook.createChecklist('first').complete('invite')
      tourhook.show('first')
      tourhook.show('news')
    })
    expect(await violations(page)).toEqual([])
    expect(await faintTexts(page)).toEqual([])
  })
})

test('a step without title and text has the name of its first question, or of its tour', async () => {
  const page = await site.open('/bare')
  await page.evaluate(() => void tourhook.start('bare'))
  for (const name of ['How many are you?', 'Survey']) {
    await page.getByRole('dialog', { name, exact: true }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: /Next|Done/ }).click()
  }
})

test('a screen reader’s tree names every control', async () => {
  const page = await site.open()
  const devtools = await page.context().newCDPSession(page)
  const controls = /^(button|link|textbox|spinbutton|combobox|checkbox|radio|radiogroup|dialog)$/
  for (const step of steps) {
    await show(page, step)
    const { nodes } = await devtools.send('Accessibility.getFullAXTree')
    const found = nodes.filter(({ ignored, role }) => !ignored && controls.test(String(role?.value)))
    expect(found.length, step).toBeGreaterThan(1)
    for (const { role, name } of found) expect(name?.value, `${step}: a ${role?.value}`).not.toBe('')
  }
})

test('a screen reader hears of a dialog, its questions, and where the visitor is', async () => {
  const page = await site.open()
  await show(page, 'about')
  expect(await page.getByRole('dialog').ariaSnapshot()).toMatchInlineSnapshot(`
    "- dialog "About you":
      - heading "About you" [level=2]
      - button "Close": ×
      - paragraph: So that we show you what matters.
      - text: Your name
      - textbox "Your name":
        - /placeholder: Ada Lovelace
      - text: Work email
      - textbox "Work email":
        - /placeholder: ada@example.com
      - text: Your role
      - combobox "Your role":
        - option "Choose…" [selected]
        - option "Developer"
        - option "Designer"
        - option "Manager"
      - text: People in your team
      - spinbutton "People in your team"
      - text: 2 of 6
      - button "Back"
      - button "Next""
  `)
  await show(page, 'rate')
  expect(await page.getByRole('dialog').ariaSnapshot()).toMatchInlineSnapshot(`
    "- dialog "How was it so far?":
      - heading "How was it so far?" [level=2]
      - button "Close": ×
      - radiogroup "This tour":
        - text: This tour
        - radio "1 of 5"
        - radio "2 of 5"
        - radio "3 of 5"
        - radio "4 of 5"
        - radio "5 of 5"
      - radiogroup "Would you recommend us?":
        - text: Would you recommend us?
        - radio "0"
        - text: "0"
        - radio "1"
        - text: "1"
        - radio "2"
        - text: "2"
        - radio "3"
        - text: "3"
        - radio "4"
        - text: "4"
        - radio "5"
        - text: "5"
        - radio "6"
        - text: "6"
        - radio "7"
        - text: "7"
        - radio "8"
        - text: "8"
        - radio "9"
        - text: "9"
        - radio "10"
        - text: 10 Not likely Very likely
      - text: Anything else?
      - textbox "Anything else?":
        - /placeholder: Tell us more
      - text: 5 of 6
      - button "Back"
      - button "Next""
  `)
})

test('from right to left, all is mirrored', async () => {
  const page = await site.open('/rtl', { viewport: { width: 1000, height: 700 } })
  await show(page, 'rate')
  const boxOf = async (name: string) => (await page.getByRole('button', { name }).boundingBox())?.x ?? 0
  const dialog = await page.getByRole('dialog').boundingBox()
  expect(dialog?.x).toBe(20)
  expect(await boxOf('Next')).toBeLessThan(await boxOf('Back'))
  expect(await boxOf('Close')).toBeLessThan(await boxOf('Back'))
})

test('from right to left, a progress in English still reads from left to right', async () => {
  const page = await site.open('/rtl')
  await show(page, 'rate')
  const [first = 0, last = 0] = await page.locator('.progress').evaluate(({ firstChild }) =>
    [0, 5].map(at => {
      const range = new Range()
      range.setStart(firstChild as Text, at)
      range.setEnd(firstChild as Text, at + 1)
      return range.getBoundingClientRect().x
    }),
  )
  expect(first).toBeLessThan(last)
})

test('on the narrowest of screens, the 10 of a scale stays in one line', async () => {
  const page = await site.open('/', { viewport: { width: 320, height: 740 } })
  await show(page, 'rate')
  const lines = await page.getByText('10', { exact: true }).evaluate(text => {
    const range = new Range()
    range.selectNodeContents(text)
    return range.getClientRects().length
  })
  expect(lines).toBe(1)
})

test('what moves stays still for those who ask for it', async () => {
  const page = await site.open()
  // The first layer waits until the page is idle; from then on a step is shown at once.
  await show(page, 'rate')
  // In the task in which the step is shown: soon after, all has come to rest anyway.
  const movingAt = (step: string) =>
    page.evaluate(step => {
      tourhook.start('walk')?.goTo(step)
      return document.querySelector('.tourhook')?.shadowRoot?.getAnimations().length
    }, step)
  expect(await movingAt('hello')).toBe(0)
  expect(await movingAt('bye')).toBe(0)

  await page.emulateMedia({ reducedMotion: 'no-preference' })
  expect(await movingAt('hello')).toBeGreaterThan(0)
})
