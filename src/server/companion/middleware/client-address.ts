import ipaddr from 'ipaddr.js'

/** Where a request comes from, as far as the server that hosts the companion can say. */
export type ClientAddress = (request: Request, env: unknown) => string | undefined

/** The address of the connection, as `@hono/node-server` hands it on. */
export const socketAddress: ClientAddress = (_, env) => {
  const incoming = property(env, 'incoming')
  const address = property(property(incoming, 'socket'), 'remoteAddress')
  return typeof address === 'string' ? address : undefined
}

/** The last address of `X-Forwarded-For`: the only one that the nearest proxy has written itself. */
export const forwardedAddress: ClientAddress = forwardedThrough(1)

/**
 * The address that the outermost of so many proxies has written into `X-Forwarded-For`: each adds the one that it
 * was called from, at the end.
 *
 * @example clientAddress: forwardedThrough(2) // a CDN before a load balancer
 */
export function forwardedThrough(proxies: number): ClientAddress {
  return (request, env) => {
    const entries = request.headers.get('x-forwarded-for')?.split(',') ?? []
    return entries.at(-proxies)?.trim() || entries.at(0)?.trim() || socketAddress(request, env)
  }
}

/**
 * One name for all addresses of one client: of IPv6 its network, which is what one household or server gets.
 *
 * A port and brackets, as some proxies write them, make no difference. What is no address is one client.
 *
 * @param prefix How many bits of an IPv6 address name the client. @default 64
 */
export function clientOf(address: string, prefix = 64): string {
  const bare = withoutPort(address)
  if (!ipaddr.isValid(bare)) return 'unknown'
  const parsed = ipaddr.process(bare)
  return parsed.kind() === 'ipv6'
    ? parsed
        .toByteArray()
        .slice(0, prefix / 8)
        .join('.')
    : parsed.toNormalizedString()
}

/** `203.0.113.7:5678` and `[2001:db8::1]:5678` without their ports, `[2001:db8::1]` without its brackets. */
function withoutPort(address: string): string {
  const [, bracketed] = /^\[([^\]]+)\](?::\d+)?$/.exec(address) ?? []
  const [, plain] = /^([\d.]+):\d+$/.exec(address) ?? []
  return bracketed ?? plain ?? address
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}
