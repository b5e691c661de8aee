import { isIP, type LookupFunction } from 'node:net'
import { buildConnector } from 'undici'
import { Unreachable } from './failure-reasons.ts'
import { passOverContinue } from './pass-over-continue.ts'

export interface GuardedConnectorOptions {
  /** Whether an IP address may be called. */
  isAllowed: (address: string) => boolean
  lookup: LookupFunction
  timeoutMs: number
}

/**
 * Checks the address it connects to, at each of the places where one comes to light.
 *
 * A URL's literal never reaches `lookup`; a name may resolve to several addresses; and what counts in
 * the end is the address that the socket is connected to.
 */
export function guardedConnector({
  isAllowed,
  lookup,
  timeoutMs,
}: GuardedConnectorOptions): buildConnector.connector {
  const guardedLookup: LookupFunction = (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      const addresses = Array.isArray(found) ? found : []
      const [first] = addresses
      if (error) return callback(error, '', 0)
      if (!first) return callback(new Unreachable(`${hostname} has no address; check its DNS record`), '', 0)
      if (!addresses.every(({ address }) => isAllowed(address))) return callback(notPublic(hostname), '', 0)
      if (options.all) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
  }
  const connect = buildConnector({ lookup: guardedLookup, timeout: timeoutMs })

  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, '')
    if (isIP(host) !== 0 && !isAllowed(host)) return callback(notPublic(host), null)
    connect({ ...options, hostname: host }, (error, socket) => {
      if (error) return callback(error, null)
      if (socket.remoteAddress === undefined || !isAllowed(socket.remoteAddress)) {
        socket.destroy()
        return callback(notPublic(host), null)
      }
      callback(null, passOverContinue(socket))
    })
  }
}

function notPublic(host: string): Unreachable {
  const remedy = 'in development, allow its network: --allow-network 127.0.0.0/8, or the option allowNetworks'
  return new Unreachable(`${host} is, or resolves to, an address that is not public; ${remedy}`)
}
