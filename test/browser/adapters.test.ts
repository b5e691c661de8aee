import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { type Browser, type BrowserPage, launchBrowser } from '../support/browsers.ts'
import { bundlePage } from '../support/bundle.ts'
import { createReceiver, type Receiver } from '../support/receiver.ts'
import { createSite, type Site } from '../support/site.ts'

interface Library {
  name: string
  entry: string
  next: string
  /** What is on the screen while the tour is. */
  shown: string
  closeButton: string
  /** Where a click on it closes the tour. */
  overlay?: string
  /** What the host's hooks hear of a tour taken to its end. */
  heard: string[]
  heardLate: string
  /** The close button goes on to the next step, unless it is the last. */
  closesOneStep?: boolean
  hasStepIds?: boolean
  /** Escape is heard only while the step has the focus, which comes after it is shown. */
  takesFocus?: boolean
}

const joyride = {
  next: '[data-action=primary]',
  shown: '.react-joyride__tooltip',
  closeButton: '[data-action=close]',
  heardLate: 'late',
  closesOneStep: true,
}

const libraries: Library[] = [
  {
    name: 'driver.js 1',
    entry: 'driver.ts',
    next: '.driver-popover-next-btn',
    shown: '.driver-popover',
    closeButton: '.driver-popover-close-btn',
    overlay: '.driver-overlay path',
    heard: ['highlighted #one', 'highlighted #two', 'highlighted #three', 'destroyed'],
    heardLate: 'destroyed, late',
  },
  {
    name: 'driver.js 0.9',
    entry: 'driver0.ts',
    next: '.driver-next-btn',
    shown: '#driver-popover-item',
    closeButton: '.driver-close-btn',
    overlay: 'html',
    heard: ['highlighted #one', 'highlighted #two', 'highlighted #three', 'reset'],
    heardLate: 'late, highlighted #two',
  },
  ...['shepherd.ts', 'shepherd14.ts'].map(entry => ({
    name: entry === 'shepherd.ts' ? 'Shepherd 15' : 'Shepherd 14',
    entry,
    next: '.shepherd-element:not([hidden]) .next',
    shown: '.shepherd-element',
    closeButton: '.shepherd-element:not([hidden]) .shepherd-cancel-icon',
    heard: ['shown #one', 'shown #two', 'shown #three', 'complete'],
    heardLate: 'cancel, late',
    hasStepIds: true,
    takesFocus: true,
  })),
  ...['intro.ts', 'intro7.ts'].map(entry => ({
    name: entry === 'intro.ts' ? 'Intro.js 8' : 'Intro.js 7',
    entry,
    next: '.introjs-nextbutton',
    shown: '.introjs-tooltip',
    closeButton: '.introjs-skipbutton',
    overlay: '.introjs-overlay',
    heard: ['shown #one', 'shown #two', 'shown #three', 'complete, done', 'exit'],
    heardLate: 'exit, late',
  })),
  {
    ...joyride,
    name: 'React Joyride 3',
    entry: 'joyride.tsx',
    overlay: '.react-joyride__overlay',
    heard: ['tour:start #one', 'tooltip #one', 'tooltip #two', 'tooltip #three', 'tour:end #three'],
    hasStepIds: true,
  },
  {
    ...joyride,
    name: 'React Joyride 2',
    entry: 'joyride2.tsx',
    overlay: '.react-joyride__overlay',
    heard: ['tour:start #one', 'tooltip #one', 'tooltip #two', 'tooltip #three', 'tour:end #three'],
  },
]

const body = `<style>
  * { transition: none !important; animation: none !important }
  body { margin: 0; min-height: 900px }
  #one, #two, #three { position: absolute; left: 20px; top: 20px }
  #two { top: 70px }
  #three { top: 120px }
</style>
<button id="one">One</button><button id="two">Two</button><button id="three">Three</button>`

let browser: Browser
let receiver: Receiver
let site: Site
let page: BrowserPage

beforeAll(async () => {
  const pages = Object.fromEntries(
    await Promise.all(
      libraries.map(async ({ entry }) => [
        `/${entry}`,
        await bundlePage(`test/browser/adapters/${entry}`, body),
      ]),
    ),
  )
  receiver = await createReceiver()
  site = await createSite({ pages: { ...pages, '/elsewhere': '<!doctype html><title>Elsewhere</title>' } })
  browser = await launchBrowser(inject('engines')[0] ?? 'chromium')
  page = await browser.newPage()
})

afterAll(async () => {
  await browser?.close()
  await site?.close()
  await receiver?.close()
})

/** Opens a library's page; `options` are the library's. */
async function load(entry: string, options = {}) {
  const query = new URLSearchParams({ receiver: receiver.url('/'), options: JSON.stringify(options) })
  await page.goto(site.url(`/${entry}?${query}`))
  await page.waitFor(() => 'fixture' in window)
}

async function open(entry: string, options = {}) {
  receiver.clear()
  await load(entry, options)
}

/** What was sent, once nothing waits any more. */
async function delivered() {
  await page.waitFor(() => window.fixture.tourhook.pending().length === 0)
  return receiver.requests.map(({ json }) => (json as { data: { what: string } }).data.what).sort()
}

describe.each(libraries)('$name', library => {
  const { entry, next, shown, closeButton, overlay, heard, heardLate, closesOneStep, hasStepIds, takesFocus } =
    library
  const secondStep = hasStepIds ? ['second step', 'step two'] : ['second step']

  beforeEach(() => open(entry))

  /** Starts the tour and goes on to the step, counted from 1. */
  async function start(step = 1) {
    await page.evaluate(() => void window.fixture.start())
    await isAt(1)
    for (let at = 2; at <= step; at++) {
      await page.click(next)
      await isAt(at)
    }
  }

  /** The step is on the screen, and the host has heard of it. */
  async function isAt(step: number) {
    const target = ['#one', '#two', '#three'][step - 1]
    await page.waitFor(
      (shown, target) =>
        [...document.querySelectorAll(shown)].some(element => element.checkVisibility()) &&
        window.fixture.heard.findLast(what => /shown|highlighted|tooltip/.test(what))?.endsWith(target),
      shown,
      target ?? '',
    )
  }

  /** What was sent, once the tour is off the screen. */
  async function told() {
    await page.waitFor(
      shown => ![...document.querySelectorAll(shown)].some(element => element.checkVisibility()),
      shown,
    )
    return delivered()
  }

  test('tells started, the step and completed once each, and the host hears all of it, too', async () => {
    await start(3)
    await page.click(next)
    expect(await told()).toEqual(['completed', ...secondStep, 'started'].sort())
    const all = await page.evaluate(() => window.fixture.heard)
    expect(all.filter(what => heard.includes(what))).toEqual(heard)
  })

  test("calls the host's hooks that come after the adapter", async () => {
    await page.evaluate(() => void window.fixture.listenLate())
    await start(2)
    await page.evaluate(() => void window.fixture.close())
    expect(await told()).toContain('closed')
    expect(await page.evaluate(() => window.fixture.heard)).toContain(heardLate)
  })

  if (closesOneStep)
    test('tells neither of a close button that leads to the next step', async () => {
      await start()
      await page.click(closeButton)
      await isAt(2)
      expect(await delivered()).toEqual([...secondStep, 'started'].sort())
    })
  else
    test('tells closed once when the visitor leaves by the close button', async () => {
      await start(2)
      await page.click(closeButton)
      expect(await told()).toEqual(['closed', ...secondStep, 'started'].sort())
    })

  test('tells closed when the visitor leaves the last step by the close button', async () => {
    await start(3)
    await page.click(closeButton)
    expect(await told()).toEqual(['closed', ...secondStep, 'started'].sort())
  })

  test('tells closed when the visitor presses Escape on the last step', async () => {
    await start(3)
    if (takesFocus) await page.waitFor(shown => document.activeElement?.matches(shown), shown)
    await page.press('Escape')
    expect(await told()).toEqual(['closed', ...secondStep, 'started'].sort())
  })

  if (overlay)
    test('tells closed when the visitor clicks beside the last step', async () => {
      await start(3)
      await page.click(overlay)
      expect(await told()).toEqual(['closed', ...secondStep, 'started'].sort())
    })

  test("tells completed when the page goes on from the last step by the library's API", async () => {
    await start(3)
    await page.evaluate(() => void window.fixture.next())
    expect(await told()).toEqual(['completed', ...secondStep, 'started'].sort())
  })

  test("tells closed when the page ends the tour by the library's API", async () => {
    await start(3)
    await page.evaluate(() => void window.fixture.close())
    expect(await told()).toEqual(['closed', ...secondStep, 'started'].sort())
  })

  test('tells a second tour as it told the first', async () => {
    await start(3)
    await page.click(next)
    expect(await told()).toContain('completed')
    receiver.clear()
    await start(3)
    await page.click(next)
    expect(await told()).toEqual(['completed', ...secondStep, 'started'].sort())
  })

  test('tells nothing after the undo, while the host still hears', async () => {
    await start()
    await page.evaluate(() => window.fixture.detach())
    await page.click(next)
    await isAt(2)
    await page.click(next)
    await isAt(3)
    await page.click(next)
    expect(await told()).toEqual(['started'])
    expect(await page.evaluate(() => window.fixture.heard)).toContain(heard.at(-1))
  })

  if (!closesOneStep)
    test('goes on with the same run when it is attached anew while the tour is under way', async () => {
      await start()
      await page.evaluate(() => {
        window.fixture.detach()
        window.fixture.attach?.()
      })
      await page.click(next)
      await isAt(2)
      await page.click(next)
      await isAt(3)
      await page.click(next)
      expect(await told()).toEqual(['completed', ...secondStep, 'started'].sort())
    })

  test('tells neither completed nor closed of a tour that goes with its page', async () => {
    await start()
    await receiver.arrived(1)
    await page.goto(site.url('/elsewhere'))
    await load(entry)
    expect(await delivered()).toEqual(['started'])
  })
})

describe('driver.js 1, beyond the common', () => {
  test('tells closed when the tour ends before its first highlight has settled', async () => {
    await open('driver.ts', { animate: true, duration: 60_000 })
    await page.evaluate(() => window.fixture.start())
    await page.evaluate(() => window.fixture.close())
    expect(await delivered()).toEqual(['closed', 'started'])
    expect(await page.evaluate(() => window.fixture.heard)).toEqual([])
  })

  test("tells completed when the host's own Done hook destroys the tour", async () => {
    await open('driver.ts')
    await page.evaluate(() => {
      const { driver } = window
      driver.setConfig({ ...driver.getConfig(), onDoneClick: () => driver.destroy() })
      driver.drive(2)
    })
    await page.click('.driver-popover-next-btn')
    expect(await delivered()).toEqual(['completed', 'started'])
  })

  test('tells completed when the host asks whether the visitor is sure, and ends it later', async () => {
    await open('driver.ts')
    await page.evaluate(() => {
      const { driver } = window
      driver.setConfig({
        ...driver.getConfig(),
        onDestroyStarted: () => void setTimeout(() => driver.destroy()),
      })
      driver.drive(2)
    })
    await page.click('.driver-popover-next-btn')
    await page.waitFor(() => !window.driver.isActive())
    expect(await delivered()).toEqual(['completed', 'started'])
  })

  test('tells closed when the visitor thinks better of Done and takes the close button', async () => {
    await open('driver.ts')
    await page.evaluate(() => {
      const { driver } = window
      driver.setConfig({ ...driver.getConfig(), onDoneClick: () => {} })
      driver.drive(2)
    })
    await page.click('.driver-popover-next-btn')
    await page.click('.driver-popover-close-btn')
    expect(await delivered()).toEqual(['closed', 'started'])
  })

  test.each(['ArrowRight', 'a click on the overlay', 'a click on the element'])(
    'tells completed when %s goes on from the last step',
    async way => {
      await open('driver.ts', { overlayClickBehavior: 'nextStep', advanceOnClick: true })
      await page.evaluate(() => window.driver.drive(2))
      await page.waitFor(() => window.fixture.heard.includes('highlighted #three'))
      if (way === 'ArrowRight') await page.press('ArrowRight')
      else await page.click(way.endsWith('overlay') ? '.driver-overlay path' : '#three')
      await page.waitFor(() => !window.driver.isActive())
      expect(await delivered()).toEqual(['completed', 'started'])
    },
  )

  test('tells closed when the host ends the tour and detaches at once, as an effect’s cleanup does', async () => {
    await open('driver.ts')
    await page.evaluate(() => window.driver.drive())
    await page.waitFor(() => window.fixture.heard.includes('highlighted #one'))
    await page.evaluate(() => {
      window.driver.destroy()
      window.fixture.detach()
    })
    expect(await delivered()).toEqual(['closed', 'started'])
  })

  test('starts nothing by being detached, as in React’s strict mode', async () => {
    await open('driver.ts')
    await page.evaluate(() => {
      window.driver.drive()
      window.fixture.detach()
    })
    await page.waitFor(() => window.fixture.heard.includes('highlighted #one'))
    expect(await page.evaluate(() => window.fixture.tourhook.runs().length)).toBe(0)
  })

  test("tells completed when the host detaches in its hook of the tour's end", async () => {
    await open('driver.ts')
    await page.evaluate(() => {
      const { driver, fixture } = window
      driver.setConfig({ ...driver.getConfig(), onDestroyed: () => fixture.detach() })
      driver.drive(2)
    })
    await page.waitFor(() => window.fixture.heard.includes('highlighted #three'))
    await page.click('.driver-popover-next-btn')
    expect(await delivered()).toEqual(['completed', 'started'])
  })

  test('tells two runs of a tour that is ended and driven anew at once', async () => {
    await open('driver.ts')
    await page.evaluate(() => window.driver.drive())
    await page.waitFor(() => window.fixture.heard.includes('highlighted #one'))
    await page.evaluate(() => {
      window.driver.destroy()
      window.driver.drive()
    })
    await page.waitFor(() => window.fixture.tourhook.pending().length === 0)
    await page.evaluate(() => window.driver.destroy())
    expect(await delivered()).toEqual(['closed', 'closed', 'started', 'started'])
  })

  test('tells closed of a second tour that is ended on the step from which the first was completed', async () => {
    await open('driver.ts')
    await page.evaluate(() => window.driver.drive(2))
    await page.click('.driver-popover-next-btn')
    expect(await delivered()).toEqual(['completed', 'started'])
    await page.evaluate(() => window.driver.drive(2))
    await page.waitFor(() => window.driver.isActive())
    await page.evaluate(() => window.driver.destroy())
    expect(await delivered()).toEqual(['closed', 'completed', 'started', 'started'])
  })

  test('takes no notice of a lone highlight', async () => {
    await open('driver.ts')
    await page.evaluate(() => window.driver.highlight({ element: '#two' }))
    await page.waitFor(() => document.querySelector('#two.driver-active-element') !== null)
    await page.evaluate(() => window.driver.destroy())
    expect(await delivered()).toEqual([])
  })
})

test('skips none of the listeners that follow when the undo runs inside one of Shepherd 14', async () => {
  await open('shepherd14.ts')
  const heard = await page.evaluate(() => {
    const { fixture, shepherd } = window
    shepherd.on('complete', () => fixture.detach())
    shepherd.on('complete', () => fixture.heard.push('complete, after the undo'))
    shepherd.start()
    shepherd.complete()
    return fixture.heard
  })
  expect(heard).toContain('complete, after the undo')
})
