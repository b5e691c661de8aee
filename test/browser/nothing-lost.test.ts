import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Webhook } from '../../src/schema/webhook.ts'
import { type Browser, type BrowserPage, launchBrowser } from '../support/browsers.ts'
import { createReceiver, type Receiver } from '../support/receiver.ts'
import { createSite, type Site } from '../support/site.ts'
import {
  answersIn,
  endLeases,
  idsIn,
  nothingPending,
  pendingOf,
  reachStep,
  toldOf,
  tourConfig,
  tourPage,
} from '../support/tour-page.ts'

let receiver: Receiver
let sites: Site[] = []

beforeEach(async () => {
  receiver = await createReceiver()
})
afterEach(async () => {
  await Promise.all([receiver, ...sites].map(server => server.close()))
  sites = []
})

/** A site with a tour, also as a page without locks, and in a frame that may store nothing. */
async function openSite(webhook: Omit<Webhook, 'id' | 'url'> = {}, before = ''): Promise<Site> {
  const config = tourConfig({ url: receiver.url(), transport: 'cors', ...webhook })
  const site = await createSite({
    pages: {
      '/': tourPage(config, { before }),
      '/no-locks': tourPage(config, {
        before: `<script>Object.defineProperty(navigator, 'locks', { value: undefined })</script>`,
      }),
      '/frame': '<iframe sandbox="allow-scripts" src="/framed"></iframe>',
      '/framed': tourPage(config, { after: `<script>loaded.then(() => reach('framed'))</script>` }),
    },
  })
  sites.push(site)
  return site
}

describe('a message is not lost', () => {
  let browser: Browser
  let pages: BrowserPage[] = []

  beforeAll(async () => {
    browser = await launchBrowser('chromium')
  })
  afterAll(() => browser.close())
  afterEach(async () => {
    await Promise.all(pages.map(page => page.close()))
    pages = []
  })

  async function open(url: string): Promise<BrowserPage> {
    const page = await browser.newPage()
    pages.push(page)
    await page.goto(url)
    return page
  }

  it('when the browser is offline at the step, and online later', async () => {
    const page = await open((await openSite()).url())
    await page.setOffline(true)
    await reachStep(page, 'Developer')
    expect(await pendingOf(page)).toHaveLength(1)

    await page.setOffline(false)
    await toldOf(page, 'delivered')

    expect(answersIn(receiver.requests)).toEqual(['Developer'])
    expect(await pendingOf(page)).toEqual([])
  })

  it('when the browser is offline until another page', async () => {
    const site = await openSite()
    const next = await open('about:blank')
    const page = await browser.newPage()
    await page.goto(site.url())
    await page.setOffline(true)
    await reachStep(page, 'Developer')
    await page.close()

    await next.setOffline(false)
    await next.goto(site.url())
    await nothingPending(next)

    expect(answersIn(receiver.requests)).toEqual(['Developer'])
  })

  it.each(['auto', 'cors', 'simple'] as const)(
    'when the receiver is down for the first three tries: %s',
    async transport => {
      const site = await openSite({ transport })
      const page = await open(site.url())
      await receiver.down()
      await page.evaluate(() => {
        const { fetch } = window
        window.fetch = (...args) => {
          sessionStorage.tries = Number(sessionStorage.tries ?? 0) + 1
          return fetch(...args)
        }
      })
      await reachStep(page, 'Developer')
      await page.waitFor(() => Number(sessionStorage.tries) >= 3)

      await receiver.up()
      await nothingPending(page)

      expect(answersIn(receiver.requests)).toEqual(['Developer'])
    },
  )

  it('when the receiver takes the first try and never answers it', async () => {
    receiver.script({ answers: ['hang'] })
    const page = await open((await openSite()).url())
    await reachStep(page, 'Developer')
    const [first, second] = await receiver.arrived(2, { timeoutMs: 20_000 })
    await toldOf(page, 'delivered')

    const ids = idsIn(receiver.requests)
    expect(ids).toEqual([ids[0], ids[0]])
    expect((second?.arrivedAt ?? 0) - (first?.arrivedAt ?? 0)).toBeGreaterThanOrEqual(10_000)
  })

  it('when the storage is full', async () => {
    const page = await open((await openSite()).url())
    await page.evaluate(() => {
      for (const size of [1_000_000, 10_000, 100, 1]) {
        try {
          for (let index = 0; ; index++) localStorage.setItem(`${size} ${index}`, 'x'.repeat(size))
        } catch {
          // Full, for this size.
        }
      }
    })
    receiver.script({ answers: Array.from({ length: 5 }, () => ({ status: 503 })) })

    await reachStep(page, 'Developer')
    await toldOf(page, 'delivered')

    expect(new Set(answersIn(receiver.requests))).toEqual(new Set(['Developer']))
    expect(new Set(idsIn(receiver.requests)).size).toBe(1)
    expect(receiver.requests).toHaveLength(6)
    expect(await pendingOf(page)).toEqual([])
  })

  it('when the storage throws', async () => {
    const denied = `<script>
      for (const area of ['localStorage', 'sessionStorage']) {
        Object.defineProperty(window, area, { get() { throw new DOMException('denied', 'SecurityError') } })
      }
    </script>`
    const page = await open((await openSite({}, denied)).url())
    receiver.script({ answers: ['drop'] })

    await reachStep(page, 'Developer')
    await toldOf(page, 'delivered')

    expect(new Set(idsIn(receiver.requests)).size).toBe(1)
    expect(await pendingOf(page)).toEqual([])
  })

  it('in a sandboxed frame, which has neither storage nor locks', async () => {
    const tries = 4
    receiver.script({ answers: Array.from({ length: tries }, () => ({ status: 503 })) })
    const page = await open((await openSite()).url('/frame'))

    const requests = await receiver.arrived(tries + 1, { timeoutMs: 15_000 })

    expect(new Set(idsIn(requests)).size).toBe(1)
    expect(page.errors.filter(error => !error.includes('503'))).toEqual([])
  })

  it.each([0, 50])(
    'when five tabs find twenty that wait; each arrives once, answered after %i ms',
    async delayMs => {
      const site = await openSite()
      const page = await open(site.url())
      await page.setOffline(true)
      for (let answer = 0; answer < 20; answer++) await reachStep(page, answer)
      expect(await pendingOf(page)).toHaveLength(20)
      receiver.script({ answer: { status: 200, delayMs } })
      await page.setOffline(false)

      const tabs = await Promise.all(Array.from({ length: 4 }, () => open(site.url())))
      for (const tab of [page, ...tabs]) await nothingPending(tab)

      const arrived = answersIn(receiver.requests).toSorted((a, b) => Number(a) - Number(b))
      expect(arrived).toEqual(Array.from({ length: 20 }, (_, answer) => answer))
    },
  )

  it('when two tabs want to send it: the second waits for the first', async () => {
    receiver.script({ answer: 'hang' })
    const site = await openSite()
    const first = await open(site.url())
    await reachStep(first, 'Developer')
    await receiver.arrived(1)

    // Where there are no locks, the lease alone must do.
    const second = await open(site.url('/no-locks'))
    await second.evaluate(async () => (await window.loaded).flush())

    expect(await pendingOf(second)).toHaveLength(1)
    expect(receiver.requests).toHaveLength(1)
  })

  it('when the tab that was sending it has crashed: another sends it once the lease is over', async () => {
    receiver.script({ answers: ['hang'] })
    const site = await openSite()
    const crashing = await browser.newPage()
    await crashing.goto(site.url())
    await reachStep(crashing, 'Developer')
    await receiver.arrived(1)
    await crashing.goto('chrome://crash').catch(() => 'crashed, as it should')

    const page = await open(site.url())
    const [id] = await pendingOf(page)
    const leaseMs = await page.evaluate(
      id => JSON.parse(localStorage.getItem(`tourhook:delivery:${id}`) ?? '{}').leasedUntil - Date.now(),
      id,
    )
    expect(leaseMs).toBeGreaterThan(0)
    expect(leaseMs).toBeLessThanOrEqual(30_000)

    await endLeases(page)
    await nothingPending(page)

    expect(idsIn(receiver.requests)).toEqual([id, id])
  })
})

describe('a message outlives the SIGKILL of the browser', () => {
  let profile: string
  let browser: Browser

  beforeEach(async () => {
    profile = await mkdtemp(join(tmpdir(), 'tourhook-profile-'))
    browser = await launchBrowser('chromium', { profile })
  })
  afterEach(async () => {
    await browser.close()
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  })

  async function open(url: string): Promise<BrowserPage> {
    const page = await browser.newPage()
    await page.goto(url)
    return page
  }

  async function restart() {
    await browser.kill()
    browser = await launchBrowser('chromium', { profile })
  }

  it('right after the step: it is with the receiver already, and comes again only with its id', async () => {
    const site = await openSite()
    await reachStep(await open(site.url()), 'Developer')
    await receiver.arrived(1)

    await restart()
    const page = await open(site.url())
    await endLeases(page)
    await nothingPending(page)

    expect(new Set(answersIn(receiver.requests))).toEqual(new Set(['Developer']))
    expect(new Set(idsIn(receiver.requests)).size).toBe(1)
  })

  it('while the receiver is down, once Chromium has written it to the disk: it arrives once', async () => {
    const site = await openSite()
    const page = await open(site.url())
    await receiver.down()
    await reachStep(page, 'Developer')
    const [id = ''] = await pendingOf(page)
    await onDisk(id)

    await restart()
    await receiver.up()
    const next = await open(site.url())
    await endLeases(next)
    await nothingPending(next)

    expect(idsIn(receiver.requests)).toEqual([id])
  })

  /** Resolves when Chromium, which takes its time, has written a text of the local storage to the profile. */
  async function onDisk(text: string) {
    const folder = join(profile, 'Default', 'Local Storage', 'leveldb')
    for (;;) {
      const names = await readdir(folder)
      const files = await Promise.all(names.map(name => readFile(join(folder, name)).catch(() => '')))
      if (files.some(file => file.includes(text))) return
      await wait(20)
    }
  }
})
