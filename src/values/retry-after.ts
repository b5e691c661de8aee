/** The wait that a `Retry-After` header asks for, in milliseconds (RFC 9110, section 10.2.3), or `undefined`. */
export function retryAfterMs(header: string | null | undefined, now = Date.now()): number | undefined {
  const ms = Number(header) * 1000 || Date.parse(header ?? '') - now
  return ms >= 0 ? ms : undefined
}
