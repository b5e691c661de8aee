/** Tells whether a page of this origin may call. */
export type OriginCheck = (origin: string) => boolean

/**
 * Checks origins against a list: `https://www.example.com`, `https://*.example.com` for its subdomains, or `*` for all.
 *
 * @throws {TypeError} names the entry that is no origin.
 */
export function createOriginCheck(allowedOrigins: readonly string[]): OriginCheck {
  allowedOrigins.forEach((entry, index) => {
    if (entry === '*' || isOrigin(entry.replace('://*.', '://'))) return
    throw new TypeError(
      `allowedOrigins[${index}]: expected an origin such as "https://www.example.com", got "${entry}"`,
    )
  })
  const exact = new Set(allowedOrigins)
  const wildcards = allowedOrigins.flatMap(entry => {
    const [scheme, domain] = entry.split('://*')
    return scheme && domain ? [{ scheme: `${scheme}://`, domain }] : []
  })
  return origin =>
    exact.has('*') ||
    exact.has(origin) ||
    (isOrigin(origin) &&
      wildcards.some(({ scheme, domain }) => origin.startsWith(scheme) && origin.endsWith(domain)))
}

function isOrigin(text: string): boolean {
  return !text.includes('*') && URL.canParse(text) && new URL(text).origin === text
}
