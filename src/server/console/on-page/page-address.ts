import { createOriginCheck } from '../../companion/middleware/allowed-origins.ts'
import { type DraftObject, objectOf, textIn } from '../content/draft-object.ts'

/**
 * The page that somebody has written into a field, if its site may call the companion.
 *
 * @returns the page, or a sentence on what is wrong with the text.
 */
export function readPageAddress(text: string, allowedOrigins: readonly string[]): URL | string {
  const page = URL.canParse(text) ? new URL(text) : undefined
  if (!page || !/^https?:$/.test(page.protocol)) {
    return 'Expected the whole address of a page, such as https://www.example.com/pricing.'
  }
  if (page.username !== '' || page.password !== '') return 'Leave out the name and the password.'
  if (createOriginCheck(allowedOrigins)(page.origin)) return page
  return `${page.origin} may not call the companion: add it to allowedOrigins, or to --allow-origin of "tourhook serve".`
}

/** The page with a code in its hash: behind the one that it may have, which a router may go by. */
export function withCode(page: URL, code: string): string {
  const opened = new URL(page)
  const own = opened.hash.replace(/^#/, '').replace(/(^|&)tourhook-edit=[^&]*/g, '')
  opened.hash = own === '' ? `tourhook-edit=${code}` : `${own}&tourhook-edit=${code}`
  return opened.href
}

/** The page by which to find it again: without its query, and of its hash what a router goes by. Either may hold a secret. */
export function placeOf({ origin, pathname, hash }: URL): string {
  const [route = ''] = /^#!?\/[^?&]*/.exec(hash) ?? []
  return `${origin}${pathname}${route}`
}

/** Where a tour is best seen: on the page that starts it, else at the site's root; empty when no site is known. */
export function suggestedAddress(tour: DraftObject, allowedOrigins: readonly string[]): string {
  const [site = ''] = allowedOrigins.filter(origin => !origin.includes('*'))
  const start = textIn(objectOf(tour.start), 'url')
  // A pattern is no page: only its beginning, up to what may be anything.
  const page = start.replace(/(\*|\/:\w).*$/s, '')
  if (/^https?:/.test(page)) return page
  return site === '' ? '' : (URL.parse(page === '' ? '/' : page, site)?.href ?? site)
}
