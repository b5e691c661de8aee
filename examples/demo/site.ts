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

/** The shop's server: its page, the desk around it, and Tourhook's script as built. */
export async function serveSite({ port, origins }: SiteOptions): Promise<Site> {
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://site')
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
      .end(drawnBy(searchParams.get('drawn'), withOrigins(file.text, origins)))
  })
  const actualPort = await listen(server, port)
  return { origin: `http://localhost:${actualPort}`, close: () => stop(server) }
}

/** A text in which each origin stands as it really is. */
export function withOrigins(text: string, origins: ReadonlyMap<string, string>): string {
  return Array.from(origins).reduce((result, [written, actual]) => result.replaceAll(written, actual), text)
}

/** What is not the shop's own: Tourhook as built, and driver.js. */
const elsewhere: Record<string, [folder: string, file: string]> = {
  '/tourhook.full.js': ['../../dist', '/tourhook.full.js'],
  '/tourhook.js': ['../../dist', '/tourhook.js'],
  '/adapters.js': ['../../dist', '/adapters.js'],
  '/driver.js': ['../../node_modules/driver.js/dist', '/driver.js.mjs'],
  '/driver.css': ['../../node_modules/driver.js/dist', '/driver.css'],
}

function fileAt(pathname: string): Promise<ServedFile | undefined> {
  const [folder, file] = elsewhere[pathname] ?? ['site', pathname === '/' ? '/index.html' : pathname]
  return readServedFile(folder, file)
}

/** A page that draws its steps itself takes the core alone, which draws nothing. */
function drawnBy(who: string | null, html: string): string {
  return who === 'page' ? html.replace('/tourhook.full.js', '/tourhook.js') : html
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
    `frame-src 'self' ${others}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}
