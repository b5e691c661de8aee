import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6
type Network = [Address, number]

/**
 * Whether an IP address may be called: public ones, and those in `allowNetworks`.
 *
 * @param allowNetworks CIDR notation: four decimal parts or an IPv6 address, and no bits set beyond the prefix.
 * @throws {TypeError} names the network that isn't written so.
 */
export function addressGuard(allowNetworks: readonly string[] = []): (address: string) => boolean {
  const allowed = allowNetworks.map(parseNetwork)
  return address => {
    if (isIP(address) === 0) return false
    // Turns an IPv4 address that is written as IPv6 (::ffff:127.0.0.1) into what it is.
    const ip = ipaddr.process(address)
    return isPublic(ip) || allowed.some(network => isWithin(ip, network))
  }
}

function isPublic(ip: Address): boolean {
  if (ip.range() !== 'unicast') return false
  // The metadata service of Azure has a public address.
  if (ip.kind() === 'ipv4') return ip.toString() !== '168.63.129.16'
  // IPv4-compatible addresses (RFC 4291, deprecated), which some systems still route to IPv4.
  return !isWithin(ip, ipaddr.IPv6.parseCIDR('::/96'))
}

function isWithin(ip: Address, network: Network): boolean {
  return ip.kind() === network[0].kind() && ip.match(network)
}

/** Strictly: a lenient parser reads `10/8` as 0.0.0.10/8 and `010.0.0.0/8` as 8.0.0.0/8, and opens what nobody meant. */
function parseNetwork(network: string): Network {
  const [, address = '', prefix = ''] = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(network) ?? []
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
  if (address.includes('%') || prefix === '' || Number(prefix) > bits) {
    throw new TypeError(`allowNetworks: expected a network such as "10.0.0.0/8", got "${network}"`)
  }
  const parsed: Network = [ipaddr.parse(address), Number(prefix)]
  const first = firstAddress(...parsed)
  if (parsed[0].toString() !== first) {
    throw new TypeError(`allowNetworks: "${network}" has bits beyond its prefix; write "${first}/${prefix}"`)
  }
  return parsed
}

function firstAddress(address: Address, prefix: number): string {
  const bytes = address.toByteArray().map((byte, index) => {
    const kept = Math.min(8, Math.max(0, prefix - index * 8))
    return byte & (0xff << (8 - kept)) & 0xff
  })
  return ipaddr.fromByteArray(bytes).toString()
}
