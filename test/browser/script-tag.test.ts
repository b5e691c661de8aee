import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Tour } from '../../src/schema/tour.ts'
import { type Browser, type BrowserPage, launchBrowser } from '../support/browsers.ts'
import { createReceiver, type Receiver } from '../support/receiver.ts'
import { createSite, type Site } from '../support/site.ts'

let browser: Browser
let page: BrowserPage
let receiver: Receiver
let site: Site | undefined

beforeAll(async () => {
  browser = await launchBrowser('chromium')
})
afterAll(() => browser.close())
beforeEach(async () => {
  receiver = await createReceiver()
  page = await browser.newPage()
})
afterEach(async () => {
  await page.close()
  await Promise.all([receiver.close(), site?.close()])
})

/** Keeps what the page hears, before anything else runs. */
const listen = `<script>
  window.heard = []
  for (const name of ['step', 'error', 'queued']) document.addEventListener('tourhook:' + name, ({ detail }) =>
    heard.push(name + ' ' + (detail.error?.message ?? detail.step?.id ?? detail.id)))
</script>`

const trigger = { type: 'webhook', webhook: 'w', data: { salary: { answer: 'salary' } } } as const
const q = { id: 'q', type: 'modal' } as const
const b = { id: 'b', type: 'modal' } as const
const send = { type: 'trigger', trigger } as const

function configOf(...steps: NonNullable<Tour['steps']>): string {
  const config = {
    webhooks: [{ id: 'w', url: receiver.url('/in'), transport: 'cors' }],
    tours: [{ id: 't1', steps }],
  }
  return `<script type="application/json" id="tourhook-config">${JSON.stringify(config)}</script>`
}

async function visit(pages: Record<string, string>): Promise<void> {
  const withListeners = Object.entries(pages).map(([path, html]) => [path, `<!doctype html>${listen}${html}`])
  site = await createSite({ pages: Object.fromEntries(withListeners) })
  await page.goto(site.url('/'))
}

const heardOf = (name: string) =>
  page.evaluate(name => (Reflect.get(window, 'heard') as string[]).filter(text => text.startsWith(name)), name)

async function hear(text: string): Promise<void> {
  await page.waitFor(
    text => (Reflect.get(window, 'heard') as string[]).some(each => each.startsWith(text)),
    text,
  )
}

const script = (attributes = 'data-start="t1"') => `<script src="/dist/tourhook.js" ${attributes}></script>`

describe('a page whose elements have our names', () => {
  it.each([
    ['<a id="tourhook">', '<a id="tourhook" href="/">Home</a>', script()],
    ['<form name="tourhook">', '<form name="tourhook"></form><form name="tourhook"></form>', script()],
    ['<iframe name="tourhook">', '<iframe name="tourhook"></iframe>', script()],
    ['its own script', '', script('id="tourhook" data-start="t1"')],
  ])('starts its tour, and says so: %s', async (_, html, tag) => {
    await visit({ '/': html + configOf(q) + tag })
    await hear('step q')
    expect(await heardOf('error')).toEqual([
      `error window.tourhook is an element of the page's own: rename it, so that calls reach Tourhook`,
    ])
  })

  it('takes no image for the script, and no comment for the config', async () => {
    const evil =
      '{&quot;tours&quot;:[{&quot;id&quot;:&quot;t1&quot;,&quot;steps&quot;:[{&quot;id&quot;:&quot;evil&quot;,&quot;type&quot;:&quot;modal&quot;}]}]}'
    await visit({
      '/': `<p>Nice post! <i id="tourhook-config">${evil}</i><img name="currentScript" data-config="/evil.json"></p>
        ${configOf(q)}${script()}`,
    })
    await hear('step q')
    expect(await heardOf('step evil')).toEqual([])
    expect(await heardOf('error')).toEqual([])
  })
})

describe('a script that can not see its attributes', () => {
  it('as a module is told so', async () => {
    await visit({ '/': script('type="module" data-config="/tourhook.json" data-start="t1"') })
    await hear('error')
    expect(await heardOf('error')).toEqual([expect.stringContaining('type="module"')])
  })
})

describe('the next page of a tab', () => {
  it('with a new version of the tour sends no trigger again', async () => {
    await visit({
      '/': configOf(q, send, b) + script(),
      '/v2': configOf({ id: 'hello', type: 'modal' }, q, send, b) + script(),
    })
    await hear('step q')
    await page.evaluate(() => window.tourhook?.push(t => t.start('t1')?.next()))
    await hear('queued')
    await receiver.arrived(1)

    await page.goto(site?.url('/v2') ?? '')
    await hear('step b')
    await page.evaluate(() => window.tourhook?.push(t => t.start('t1')?.previous()))
    await page.evaluate(() => window.tourhook?.push(t => t.start('t1')?.next()))
    expect((await heardOf('step')).at(-1)).toBe('step b')
    expect(await heardOf('queued')).toEqual([])
    expect(receiver.requests).toHaveLength(1)
  })

  it('of another user shows nothing of the one before, and sends nothing', async () => {
    const tags = (userId: string) => `<script>window.tagsNow = { userId: '${userId}' }</script>`
    const tag = script('data-tags="tagsNow"')
    await visit({
      '/': tags('alice') + configOf(q, b, send) + tag,
      '/bob': tags('bob') + configOf(q, b, send) + tag,
    })
    await page.evaluate(() =>
      window.tourhook?.push(t => {
        const run = t.start('t1')
        run?.answer('salary', 100)
        run?.next()
      }),
    )
    await hear('step b')

    await page.goto(site?.url('/bob') ?? '')
    await page.waitFor(() => 'start' in (window.tourhook ?? {}))
    expect(await heardOf('step')).toEqual([])
    await page.evaluate(() => window.tourhook?.push(t => t.start('t1')?.goTo('b')))
    await page.evaluate(() => window.tourhook?.push(t => t.start('t1')?.next()))
    const [request] = await receiver.arrived(1)
    expect(request?.json).toMatchObject({ userId: 'bob', data: {} })
    expect(request?.body).not.toContain('salary')
  })
})
