import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'

/** A page's HTML, with headers of its own if it needs any (a CSP, say). */
export type SitePage = string | { html: string; headers?: Record<string, string> }

export interface Site {
  /** @default host 'localhost'; the receiver's is 127.0.0.1, so the two are cross-site */
  url(path?: string, host?: 'localhost' | '127.0.0.1'): string
  close(): Promise<void>
}

const types: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
}

/** The host page's origin: the given pages by path, and the files of `dist` under `/dist/`. */
export async function createSite({
  dist = 'dist',
  pages,
}: {
  /** A folder, relative to the working directory. */
  dist?: string
  pages: Record<string, SitePage>
}): Promise<Site> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site')
    const page = pages[pathname]
    if (page !== undefined) {
      const { html, headers } = typeof page === 'string' ? { html: page } : page
      response.writeHead(200, { 'content-type': types['.html'], ...headers }).end(html)
      return
    }
    const file = pathname.startsWith('/dist/') && (await read(join(dist, pathname.slice('/dist/'.length))))
    if (file) {
      response.writeHead(200, { 'content-type': types[extname(pathname)] ?? 'text/plain' }).end(file)
      return
    }
    // A missing icon would stand in every page's console as an error.
    response.writeHead(pathname === '/favicon.ico' ? 204 : 404).end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo

  return {
    url: (path = '/', host = 'localhost') => `http://${host}:${port}${path}`,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

async function read(path: string): Promise<Buffer | undefined> {
  return readFile(path).catch(() => undefined) // missing: the caller answers 404
}
