import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How many ports after a taken one are tried. */
const attempts = 50

/**
 * Listens on this computer alone; if the port is taken, on the next free one. Port 0 takes any.
 *
 * @returns the port.
 */
export async function listen(server: Server, port: number): Promise<number> {
  for (let candidate = port; candidate < port + attempts; candidate++) {
    try {
      await once(server.listen(candidate, '127.0.0.1'), 'listening')
      return (server.address() as AddressInfo).port
    } catch (error) {
      if (!isTaken(error)) throw error
    }
  }
  throw new Error(`the ports ${port} to ${port + attempts - 1} are all taken; choose others with PORT=…`)
}

/** Stops a server, also where a request hangs. */
export async function stop(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}

function isTaken(error: unknown): boolean {
  // EACCES: the system keeps the port for itself.
  return error instanceof Error && 'code' in error && ['EADDRINUSE', 'EACCES'].includes(String(error.code))
}
