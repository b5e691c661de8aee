import { launchBrowser } from '../support/browsers.ts'
import { createReceiver } from '../support/receiver.ts'
import { createSite } from '../support/site.ts'
import { quantile, table } from './table.ts'

const rounds = 300

/** What one trigger costs the page until its request is with the browser, beside a bare `fetch` of the same body. */
export async function benchHandover(): Promise<string> {
  const receiver = await createReceiver()
  const url = receiver.url('/hook')
  const config = { webhooks: [{ id: 'hook', url, transport: 'cors' }] }
  const html = `<!doctype html><title>Bench</title>
    <script type="application/json" id="tourhook-config">${JSON.stringify(config)}</script>
    <script src="/dist/tourhook.js"></script>`
  // Isolated, a page's clock ticks in 5 µs rather than 100.
  const headers = {
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
  }
  const site = await createSite({ pages: { '/': { html, headers } } })
  const browser = await launchBrowser('chromium')
  const page = await browser.newPage()
  await page.goto(site.url('/'))
  await page.waitFor(() => !Array.isArray(window.tourhook))

  const { bare, called, returned } = await page.evaluate(measure, url, rounds)
  await browser.close()
  await site.close()
  await receiver.close()

  const ms = (samples: number[], share: number) => quantile(samples, share).toFixed(3)
  const row = (name: string, samples: number[]) => [name, ms(samples, 0.5), ms(samples, 0.95)]
  const ratio = quantile(returned, 0.5) / quantile(bare, 0.5)
  return `${table(
    ['one trigger, ms', 'median', 'p95'],
    [
      row('from the step to the call of `fetch`', called),
      row('main thread, until `fetch` has returned', returned),
      row('a bare `fetch(…, { keepalive: true })`', bare),
    ],
  )}\n\nMain thread, Tourhook to bare: ${ratio.toFixed(2)} ×`
}

/** Runs in the page: the two by turns, each answer awaited. */
async function measure(url: string, rounds: number) {
  const samples = { bare: [] as number[], called: [] as number[], returned: [] as number[] }
  const { tourhook } = window
  if (!tourhook || Array.isArray(tourhook)) return samples
  const nativeFetch = window.fetch
  let calledAt = 0
  let returnedAt = 0
  window.fetch = (...args) => {
    calledAt = performance.now()
    const answer = nativeFetch(...args)
    returnedAt = performance.now()
    return answer
  }
  let body = ''
  tourhook.on('queued', ({ message }) => {
    body = JSON.stringify(message)
  })

  for (let round = 0; round < rounds; round += 1) {
    const delivered = new Promise<void>(resolve => {
      const undo = tourhook.on('delivered', () => {
        undo()
        resolve()
      })
    })
    const from = performance.now()
    tourhook.trigger({ type: 'webhook', webhook: 'hook', data: { page: { page: 'url' }, n: { value: round } } })
    await delivered
    samples.called.push(calledAt - from)
    samples.returned.push(returnedAt - from)

    const bareFrom = performance.now()
    const headers = { 'content-type': 'application/json' }
    const answer = nativeFetch(url, { method: 'POST', headers, body, keepalive: true })
    samples.bare.push(performance.now() - bareFrom)
    await (await answer).text()
  }
  return samples
}
