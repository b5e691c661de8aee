import { once } from 'node:events'
import { createServer, type RequestListener, request, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer, getRequestListener } from '@hono/node-server'
import fastify from 'fastify'
import { Window } from 'happy-dom'
import { describe, expect, it, onTestFinished } from 'vitest'
import { adminToken, startCompanion } from '../../support/companion.ts'

/** As much of Express as is needed here. */
const express: () => RequestListener & { use(path: string, listener: RequestListener): void } = createRequire(
  import.meta.url,
)('express')

type Fetch = (request: Request) => Response | Promise<Response>

/** Listens, and is closed after the test; returns the origin. */
async function listen(server: Server): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A companion with a tour and a webhook. */
async function companionAt(basePath?: string): Promise<Fetch> {
  const { companion } = await startCompanion({
    ...(basePath !== undefined && { basePath }),
    config: url => ({ webhooks: [{ id: 'crm', name: 'CRM', url: url('/hook'), transport: 'relay' }] }),
  })
  return companion.fetch
}

/** Where the console is, each way of mounting it. */
const mounts: Record<string, () => Promise<string>> = {
  'at a server’s root': async () =>
    `${await listen(createAdaptorServer({ fetch: await companionAt() }) as Server)}/console`,

  'below a path of its own': async () =>
    `${await listen(createAdaptorServer({ fetch: await companionAt('/api/tourhook') }) as Server)}/api/tourhook/console`,

  'in Express, which takes the path away': async () => {
    const app = express()
    app.use('/tourhook', getRequestListener(await companionAt()))
    return `${await listen(createServer(app))}/tourhook/console`
  },

  'in Fastify': async () => {
    const app = fastify()
    onTestFinished(() => app.close())
    const listener = getRequestListener(await companionAt('/tourhook'))
    app.register(async scope => {
      scope.removeAllContentTypeParsers()
      scope.addContentTypeParser('*', (_request, _body, done) => done(null))
      scope.all('/tourhook/*', (request, reply) => {
        reply.hijack()
        void listener(request.raw, reply.raw)
      })
    })
    return `${await app.listen({ port: 0, host: '127.0.0.1' })}/tourhook/console`
  },

  'in a route handler, as Next.js has it': async () => {
    const fetch = await companionAt('/api/tourhook')
    const GET: Fetch = request => fetch(request)
    const handlers: Record<string, Fetch> = { GET, POST: GET }
    const serve: Fetch = request =>
      (handlers[request.method] ?? (() => new Response(null, { status: 405 })))(request)
    return `${await listen(createAdaptorServer({ fetch: serve }) as Server)}/api/tourhook/console`
  },

  'behind a proxy that takes a prefix away': async () => {
    const inner = new URL(await listen(createAdaptorServer({ fetch: await companionAt() }) as Server))
    const proxy = createServer((incoming, answer) => {
      const path = (incoming.url ?? '/').replace(/^\/tools\/tours/, '')
      const headers = { ...incoming.headers, host: inner.host, 'x-forwarded-proto': 'https' }
      const passed = request({ host: inner.hostname, port: inner.port, path, method: incoming.method, headers })
      passed.on('response', response => {
        answer.writeHead(response.statusCode ?? 502, response.headers)
        response.pipe(answer)
      })
      incoming.pipe(passed)
    })
    return `${await listen(proxy)}/tools/tours/console`
  },
}

/** Somebody at a browser: keeps the cookies that are for an address, follows what leads on. */
function visitor() {
  let cookie: { value: string; path: string } | undefined

  async function ask(
    address: string,
    form?: Record<string, string>,
  ): Promise<{ url: string; html: string; status: number }> {
    const { pathname, origin } = new URL(address)
    const isFor =
      cookie && (pathname === cookie.path || pathname.startsWith(`${cookie.path.replace(/\/$/, '')}/`))
    const response = await fetch(address, {
      redirect: 'manual',
      headers: {
        ...(cookie && isFor && { cookie: cookie.value }),
        // What a browser says of a form of the page's own; a proxy has changed the host, not this.
        ...(form && { 'sec-fetch-site': 'same-origin', origin }),
      },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    })
    const set = response.headers.get('set-cookie')
    if (set) {
      const [value = ''] = set.split(';')
      const path = /;\s*path=([^;]+)/i.exec(set)?.[1] ?? (pathname.replace(/\/[^/]*$/, '') || '/')
      cookie = { value, path }
    }
    const location = response.headers.get('location')
    const html = await response.text()
    if (location !== null) return ask(new URL(location, address).href)
    return { url: address, html, status: response.status }
  }
  return ask
}

const { DOMParser } = new Window()

/** Every address in a page, as a browser resolves it. */
function addressesIn({ html, url }: { html: string; url: string }): string[] {
  const page = new DOMParser().parseFromString(html, 'text/html')
  const found = ['href', 'src', 'action', 'formaction', 'data-preview', 'data-stage', 'data-live'].flatMap(
    name => [...page.querySelectorAll(`[${name}]`)].map(each => each.getAttribute(name) ?? ''),
  )
  return found.filter(each => !each.startsWith('#')).map(each => new URL(each, url).href)
}

describe.each(Object.entries(mounts))('the console %s', { timeout: 20_000 }, (_, mount) => {
  it('leads from any of its pages to any other, and never out of where it is mounted', async () => {
    const root = await mount()
    const ask = visitor()
    const door = await ask(root)
    expect(door.url).toBe(`${root}/sign-in`)
    const home = await ask(`${root}/sign-in`, { token: adminToken })
    expect(home.url).toBe(`${root}/overview`)
    const tour = await ask(`${root}/tours`, { name: 'Crew' })
    expect(tour.url).toBe(`${root}/tours/crew/steps/hello?note=saved`)

    const seen = new Set<string>()
    const waiting = [`${root}/`, ...addressesIn(door), ...addressesIn(home), ...addressesIn(tour)]
    const astray: string[] = []
    for (let next = waiting.pop(); next !== undefined && seen.size < 60; next = waiting.pop()) {
      const address = next.replace(/#.*$/, '')
      if (seen.has(address)) continue
      seen.add(address)
      // Beside the console only the companion's own API is linked to.
      if (!address.startsWith(`${root}/`)) {
        if (!address.startsWith(`${root.replace(/console$/, '')}v1/`)) astray.push(address)
        continue
      }
      const answer = await ask(address)
      // Where only a form leads, there is no page to get.
      if (answer.status === 200) waiting.push(...addressesIn(answer))
      if (!answer.url.startsWith(`${root}/`)) astray.push(`${address} → ${answer.url}`)
    }
    expect(astray).toEqual([])
    expect(seen.size).toBeGreaterThan(40)
    for (const page of ['tours', 'webhooks/crm', 'deliveries', 'users', 'publish', 'settings'])
      expect(seen).toContain(`${root}/${page}`)
    for (const asset of addressesIn(home).filter(each => each.includes('/assets/')))
      expect((await ask(asset)).status).toBe(200)

    expect((await ask(`${root}/sign-out`, {})).url).toBe(`${root}/sign-in`)
    expect((await ask(`${root}/tours`)).url).toBe(`${root}/sign-in`)
  })
})
