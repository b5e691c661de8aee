import { createServer } from 'node:http'
import { readServedFile, type ServedFile } from './files.ts'
import { listen, stop } from './listen.ts'

export interface SiteOptions {
  port: number
  /** Where each origin that the files name is really found: ports may have been taken. Read at each request. */
  origins: ReadonlyMap<string, string>
}

export interface Site {
  origin: string
  close(): Promise<void>
}

/** The shop's server: its files, and Tourhook's script as built. */
export async function serveSite({ port, origins }: SiteOptions): Promise<Site> {
  const server = createServer(async (request, response) => {
    const [pathname = '/'] = (request.url ?? '/').split('?')
    const file = await fileAt(pathname)
    if (!file) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('There is nothing here.')
      return
    }
    response
      .writeHead(200, {
        'content-type': file.type,
        'cache-control': 'no-store',
        'content-security-policy': contentSecurityPolicy([...origins.values()]),
      })
      .end(withOrigins(file.text, origins))
  })
  const actualPort = await listen(server, port)
  return { origin: `http://localhost:${actualPort}`, close: () => stop(server) }
}

/** A text in which each origin stands as it really is. */
export function withOrigins(text: string, origins: ReadonlyMap<string, string>): string {
  return Array.from(origins).reduce((result, [written, actual]) => result.replaceAll(written, actual), text)
}

function fileAt(pathname: string): Promise<ServedFile | undefined> {
  if (pathname === '/tourhook.js') return readServedFile('../../dist', pathname)
  return readServedFile('site', pathname === '/' ? '/index.html' : pathname)
}

/** As strict as a careful site's: Tourhook needs its script and the endpoints' origins, nothing more. */
function contentSecurityPolicy(origins: readonly string[]): string {
  const others = origins.join(' ')
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self' ${others}`,
    `frame-src ${others}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}
