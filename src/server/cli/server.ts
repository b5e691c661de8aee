import { once } from 'node:events'
import { createAdaptorServer } from '@hono/node-server'
import { own } from '../../values/json.ts'

/** How long requests in flight may take to end when the process is asked to. */
const graceMs = 10_000

/**
 * What a connection may take: a proxy in front keeps slow ones off, and without one these do. A request's head has
 * 10 s, the whole of it 30 s; the check for both runs every 5 s.
 */
const serverOptions = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 5_000 }
const mostConnections = 2_000

export interface ServeUntilStoppedOptions {
  fetch: (request: Request, env: object) => Response | Promise<Response>
  host: string
  port: number
  /** @param address such as `http://127.0.0.1:8787` */
  onListening: (address: string) => void
  onStopping?: (() => void) | undefined
  /** What SIGHUP asks for. @default to stop, as SIGTERM does */
  onHangup?: (() => void) | undefined
}

/**
 * Serves until SIGINT or SIGTERM; resolves when the last request has been answered. A second signal ends at once.
 *
 * @throws {Error} (rejects) when the address can't be had, or the server breaks.
 */
export async function serveUntilStopped({
  fetch,
  host,
  port,
  onListening,
  onStopping = () => {},
  onHangup,
}: ServeUntilStoppedOptions): Promise<void> {
  const server = createAdaptorServer({ fetch, serverOptions })
  server.maxConnections = mostConnections
  const stopped = stopSignal(onHangup)
  try {
    await once(server.listen(port, host), 'listening')
  } catch (error) {
    throw listenError(error, `${host}:${port}`)
  }
  const address = server.address()
  const actual = typeof address === 'object' && address ? address.port : port
  onListening(`http://${host.includes(':') ? `[${host}]` : host}:${actual}`)

  await Promise.race([stopped, once(server, 'error').then(([error]) => Promise.reject(error))])
  onStopping()
  const closed = once(server, 'close')
  server.close()
  if ('closeAllConnections' in server) setTimeout(() => server.closeAllConnections(), graceMs).unref()
  await closed
}

/** Resolves at the first signal to stop; the second one does what it does without us. */
function stopSignal(onHangup: (() => void) | undefined): Promise<void> {
  return new Promise(resolve => {
    function stop(): void {
      process.off('SIGINT', stop).off('SIGTERM', stop)
      resolve()
    }
    process.on('SIGINT', stop).on('SIGTERM', stop)
    // Always handled: the default would end the process in the middle of its work.
    process.on('SIGHUP', onHangup ?? stop)
  })
}

const listenRemedies: Readonly<Record<string, string>> = {
  EADDRNOTAVAIL: 'it is no address of this machine; choose another --host',
  ENOTFOUND: 'nobody knows that host; choose another --host',
  EACCES: 'ports below 1024 are for administrators; choose another --port',
}

function listenError(error: unknown, address: string): Error {
  const code = error instanceof Error ? Reflect.get(error, 'code') : undefined
  if (code === 'EADDRINUSE') {
    return new Error(`${address} is taken by another process; choose another --port.`, { cause: error })
  }
  const remedy = own(listenRemedies, String(code)) ?? `the system says ${String(code)}`
  return new Error(`${address} can't be listened on: ${remedy}.`, { cause: error })
}
