/**
 * The wait that a `Retry-After` header asks for, in whole milliseconds (RFC 9110, section 10.2.3), or `undefined`
 * when it asks for none.
 */
export function retryAfterMs(header: string | null | undefined, now = Date.now()): number | undefined {
  const text = header?.trim() ?? ''
  // Some send a fraction of a second (Sentry's issue 7919), which a database can't keep as a time.
  // A proxy may add a second one of its own: they come as one text.
  const [, seconds] = /^(\d+(?:\.\d+)?)(?:\s*,.*)?$/.exec(text) ?? []
  const ms = Math.ceil(seconds ? Number(seconds) * 1000 || Number.NaN : Date.parse(text) - now)
  return ms >= 0 && Number.isSafeInteger(ms) ? ms : undefined
}
