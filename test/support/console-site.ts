import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { createCompanion } from '../../src/server/companion/companion.ts'
import { createEmitter, type Emitter } from '../../src/server/emitter/emitter.ts'
import { createReceiver, type Receiver } from './receiver.ts'
import { createSite, type Site, type SitePage } from './site.ts'

/** An empty console on a server, a site whose pages know the companion, and a receiver for the webhooks. */
export interface ConsoleSite {
  emitter: Emitter
  receiver: Receiver
  /** The companion's. */
  origin: string
  /** The site's page, where a button starts the tour. */
  shop(tour: string): string
  /** The site. */
  site: Pick<Site, 'url'>
  close(): Promise<void>
}

/** @param options `pages` are more pages of the site, which may know the companion's origin. */
export async function startConsoleSite({
  adminToken,
  pages: more = () => ({}),
}: {
  adminToken: string
  pages?: (companion: string) => Record<string, SitePage>
}): Promise<ConsoleSite> {
  const receiver = await createReceiver()
  const emitter = createEmitter({ allowNetworks: ['127.0.0.0/8'], schedule: [0, 60_000] })
  const pages: Record<string, SitePage> = {}
  const site = await createSite({ pages })
  const allowedOrigins = [new URL(site.url()).origin]
  const companion = createCompanion({ emitter, config: {}, adminToken, allowedOrigins })
  const server = createAdaptorServer({ fetch: companion.fetch }) as Server
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  pages['/'] =
    `<!doctype html><html lang="en"><title>Shop</title><script>window.myTags = { email: 'ada@example.com', userId: 'ada' }</script><script async src="/dist/tourhook.full.js" data-server="${origin}" data-tags="myTags"></script><button id="go" onclick="tourhook.start(location.hash.slice(1))">Start</button></html>`
  Object.assign(pages, more(origin))
  return {
    emitter,
    receiver,
    origin,
    site,
    shop: tour => `${site.url()}#${tour}`,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
      await site.close()
      await emitter.close()
      await receiver.close()
    },
  }
}
