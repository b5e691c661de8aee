import { type BrowserName, launchBrowser } from '../support/browsers.ts'
import { createReceiver, type ReceivedRequest } from '../support/receiver.ts'
import { createSite } from '../support/site.ts'
import { createSenders } from './senders.ts'
import { table } from './table.ts'

const trials = 200

/** How much arrives, and how often twice, when the page is left in the task that sends. */
export async function benchArrivals(engines: readonly BrowserName[]): Promise<string> {
  const receiver = await createReceiver()
  const senders = await createSenders(receiver.url('/hook'))
  const body = (html: string) => `<!doctype html><title>Bench</title>${html}<a id="leave" href="/next">Leave</a>
    <script>leave.onclick = () => send(Number(location.search.slice(1)))</script>`
  const site = await createSite({
    pages: {
      '/next': '<!doctype html><title>Next</title>',
      ...Object.fromEntries(senders.map(({ html }, index) => [`/${index}`, body(html)])),
    },
  })

  const rows = []
  for (const engine of engines) {
    const browser = await launchBrowser(engine)
    const page = await browser.newPage()
    for (const [index, { name }] of senders.entries()) {
      receiver.clear()
      for (let n = 0; n < trials; n += 1) {
        await page.goto(site.url(`/${index}?${n}`))
        await page.waitFor(
          () => 'send' in window && Promise.resolve(Reflect.get(window, 'isReady')).then(() => true),
        )
        await page.click('#leave')
        await page.waitFor(() => location.pathname === '/next')
      }
      // What comes after this one has come too late for any page.
      await page.evaluate(url => void fetch(url, { method: 'POST', body: '{"n":-1}' }), receiver.url('/last'))
      await receiver.arrived(1, { path: '/last' })
      const arrived = receiver.requests.map(numberOf).filter(n => n !== undefined && n >= 0)
      const distinct = new Set(arrived)
      rows.push([name, engine, `${distinct.size} of ${trials}`, arrived.length - distinct.size])
    }
    await browser.close()
  }
  await site.close()
  await receiver.close()
  return table(['sender', 'engine', 'arrived', 'repeats'], rows)
}

/** The trial that a request is of: each sender wraps its data in its own way. */
function numberOf({ body }: ReceivedRequest): number | undefined {
  const [, n] = /"n":(-?\d+)/.exec(body) ?? []
  return n === undefined ? undefined : Number(n)
}
