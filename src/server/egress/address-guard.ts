import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

type Network = [ipaddr.IPv4 | ipaddr.IPv6, number]

/**
 * Makes the question whether an IP address may be called: public ones, and those in `allowNetworks`.
 *
 * @param allowNetworks CIDR notation.
 * @throws {TypeError} when one of the networks isn't in CIDR notation.
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

function isPublic(ip: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (ip.range() !== 'unicast') return false
  // The metadata service of Azure has a public address.
  if (ip.kind() === 'ipv4') return ip.toString() !== '168.63.129.16'
  // IPv4-compatible addresses (RFC 4291, deprecated), which some systems still route to IPv4.
  return !isWithin(ip, ipaddr.IPv6.parseCIDR('::/96'))
}

function isWithin(ip: ipaddr.IPv4 | ipaddr.IPv6, network: Network): boolean {
  return ip.kind() === network[0].kind() && ip.match(network)
}

function parseNetwork(network: string): Network {
  if (!ipaddr.isValidCIDR(network)) {
    throw new TypeError(`allowNetworks: expected a network such as "10.0.0.0/8", got "${network}"`)
  }
  return ipaddr.parseCIDR(network)
}
