import { isIP, type LookupFunction } from 'node:net'
import { buildConnector } from 'undici'

/** Why we would not, or could not, connect. */
export class Unreachable extends Error {
  override name = 'Unreachable'
}

/**
 * Checks whom it connects to, at each of the places where an address comes to light.
 *
 * A URL's literal never reaches `lookup`; a name may resolve to several addresses; and what counts in
 * the end is the address that the socket is connected to.
 */
export function guardedConnector(
  isAllowed: (address: string) => boolean,
  lookup: LookupFunction,
  timeoutMs: number,
): buildConnector.connector {
  const refuse = (host: string) => new Unreachable(`${host} is, or resolves to, an address that is not public`)

  const guardedLookup: LookupFunction = (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      const addresses = Array.isArray(found) ? found : []
      const [first] = addresses
      if (error || !first) return callback(error ?? new Unreachable(`${hostname} has no address`), '', 0)
      if (!addresses.every(({ address }) => isAllowed(address))) return callback(refuse(hostname), '', 0)
      if (options.all) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
  }
  const connect = buildConnector({ lookup: guardedLookup, timeout: timeoutMs })

  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, '')
    if (isIP(host) !== 0 && !isAllowed(host)) return callback(refuse(host), null)
    connect({ ...options, hostname: host }, (error, socket) => {
      if (error) return callback(error, null)
      if (socket.remoteAddress === undefined || !isAllowed(socket.remoteAddress)) {
        socket.destroy()
        return callback(refuse(host), null)
      }
      callback(null, socket)
    })
  }
}
