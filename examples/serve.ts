import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { build, type Rolldown } from 'vite'

export interface ServedExample {
  url: string
  close(): Promise<void>
}

/** Bundles an example's folder in memory and serves it, with a webhook at `/webhook` that tells what arrives. */
export async function serveExample(
  name: string,
  { port = 3000, onMessage }: { port?: number; onMessage: (body: string) => void },
): Promise<ServedExample> {
  const files = await bundle(name)
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname === '/webhook') {
      onMessage(await text(request))
      response.end()
      return
    }
    const path = pathname === '/' ? '/index.html' : pathname
    const file = files.get(path) ?? (await builtScript(path))
    if (file === undefined) response.writeHead(404).end()
    else response.writeHead(200, { 'content-type': typeOf(path) }).end(ownAddress(file, request.headers.host))
  })
  const url = `http://localhost:${await listen(server, port)}/`

  return {
    url,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

/** A config in a page names this server by its usual address; the port may have been taken. */
function ownAddress(file: string | Uint8Array, host = ''): string | Uint8Array {
  return typeof file === 'string' ? file.replaceAll('//localhost:3000/', `//${host}/`) : file
}

/** What a script tag loads, as it was built. */
async function builtScript(path: string): Promise<Uint8Array | undefined> {
  if (!/^\/tourhook[\w.]*\.js$/.test(path)) return undefined
  return readFile(new URL(`../dist${path}`, import.meta.url)).catch(() => undefined) // not built: a 404
}

async function bundle(name: string): Promise<Map<string, string | Uint8Array>> {
  const { output } = (await build({
    configFile: false,
    root: fileURLToPath(new URL(name, import.meta.url)),
    logLevel: 'error',
    // An example imports 'tourhook' as its reader will; here, that is this folder's source.
    resolve: { tsconfigPaths: true },
    build: { write: false },
  })) as Rolldown.RolldownOutput
  return new Map(
    output.map(file => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source] as const),
  )
}

/** Listens on the port, or on another when that is taken; returns which. */
async function listen(server: Server, port: number): Promise<number> {
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    await once(server.listen(0, '127.0.0.1'), 'listening')
  }
  return (server.address() as AddressInfo).port
}

function typeOf(path: string): string {
  if (path.endsWith('.html')) return 'text/html; charset=utf-8'
  return path.endsWith('.css') ? 'text/css' : 'text/javascript'
}
