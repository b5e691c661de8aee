/** Says whether a page of this origin may call. */
export type OriginCheck = (origin: string) => boolean

/**
 * Checks origins against a list: `https://www.example.com`, `https://*.example.com` for its subdomains, or `*` for all.
 *
 * They are compared as origins: upper case and the scheme's own port make no difference.
 *
 * @throws {TypeError} names the entry that is no origin.
 */
export function createOriginCheck(allowedOrigins: readonly string[]): OriginCheck {
  const exact = new Set<string>()
  const wildcards: { scheme: string; domain: string }[] = []
  allowedOrigins.forEach((entry, index) => {
    const origin = entry === '*' ? entry : originOf(entry.replace('://*.', '://'))
    if (origin === undefined) {
      const meant = URL.canParse(entry) ? new URL(entry).origin : 'null'
      const hint = meant === 'null' ? '' : `; write "${meant}"`
      throw new TypeError(
        `allowedOrigins[${index}]: expected an origin such as "https://www.example.com", got "${entry}"${hint}`,
      )
    }
    const [scheme = '', domain = ''] = origin.split('://')
    if (entry.includes('://*.')) wildcards.push({ scheme: `${scheme}://`, domain: `.${domain}` })
    else exact.add(origin)
  })

  return given => {
    if (exact.has('*')) return true
    const origin = originOf(given)
    return (
      origin !== undefined &&
      (exact.has(origin) ||
        wildcards.some(({ scheme, domain }) => origin.startsWith(scheme) && origin.endsWith(domain)))
    )
  }
}

/** The origin that a text names and nothing else, as the Fetch standard writes it. */
function originOf(text: string): string | undefined {
  if (/[*?#@]|\/$/.test(text) || !URL.canParse(text)) return undefined
  const { origin, pathname } = new URL(text)
  return origin !== 'null' && pathname === '/' ? origin : undefined
}
