import ipaddr from 'ipaddr.js'

/** Where a request comes from, as far as the server that hosts the companion can tell. */
export type ClientAddress = (request: Request, env: unknown) => string | undefined

/** The address of the connection, as `@hono/node-server` hands it on. */
export const socketAddress: ClientAddress = (_, env) => {
  const incoming = property(env, 'incoming')
  const address = property(property(incoming, 'socket'), 'remoteAddress')
  return typeof address === 'string' ? address : undefined
}

/** The last address of `X-Forwarded-For`: the only one that the nearest proxy has written itself. */
export const forwardedAddress: ClientAddress = (request, env) =>
  request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() || socketAddress(request, env)

/** One name for all addresses of one client: of IPv6 its /64, which is what one household or server gets. */
export function clientOf(address: string): string {
  if (!ipaddr.isValid(address)) return address.slice(0, 64)
  const parsed = ipaddr.process(address)
  return parsed.kind() === 'ipv6' ? parsed.toByteArray().slice(0, 8).join('.') : parsed.toString()
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}
