import { bundle } from './bundle.ts'

/** How a page sends an event: what it loads, and which gives it `window.send(n)`. */
export interface Sender {
  name: string
  /** The page's scripts. */
  html: string
}

/** Tourhook and what else a page could use, each to send `{ n }` to this endpoint. */
export async function createSenders(endpoint: string): Promise<Sender[]> {
  const url = JSON.stringify(endpoint)
  const config = { webhooks: [{ id: 'hook', url: endpoint, transport: 'cors', body: 'data' }] }
  const ky = await bundle("import ky from 'ky'; window.ky = ky")
  const segment = await bundle(
    "import { AnalyticsBrowser } from '@segment/analytics-next'; window.AnalyticsBrowser = AnalyticsBrowser",
  )
  return [
    {
      name: '**Tourhook**',
      html: `<script type="application/json" id="tourhook-config">${JSON.stringify(config)}</script>
        <script src="/dist/tourhook.js"></script>
        <script>
          const trigger = n => ({ type: 'webhook', webhook: 'hook', data: { n: { value: n } } })
          window.send = n => tourhook.trigger(trigger(n))
        </script>`,
    },
    {
      name: 'plain `fetch`',
      html: `<script>
        const headers = { 'content-type': 'application/json' }
        window.send = n => void fetch(${url}, { method: 'POST', headers, body: JSON.stringify({ n }) })
      </script>`,
    },
    {
      name: '`fetch`, `keepalive: true`',
      html: `<script>
        const headers = { 'content-type': 'application/json' }
        window.send = n =>
          void fetch(${url}, { method: 'POST', headers, body: JSON.stringify({ n }), keepalive: true })
      </script>`,
    },
    {
      name: 'ky 1.14, `keepalive: true`',
      html: `<script>${ky}</script>
        <script>window.send = n => void ky.post(${url}, { json: { n }, keepalive: true })</script>`,
    },
    {
      name: '@segment/analytics-next',
      html: `<script>${segment}</script>
        <script>
          const integrations = { 'Segment.io': { apiKey: 'bench', apiHost: new URL(${url}).host, protocol: 'http' } }
          const analytics = AnalyticsBrowser.load({ writeKey: 'bench', cdnSettings: { integrations } }, { integrations })
          window.send = n => void analytics.track('bench', { n })
          window.isReady = analytics.ready()
        </script>`,
    },
  ]
}
