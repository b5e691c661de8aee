import type { MiddlewareHandler } from 'hono'
import type { SiteService } from '../../console/services/site-service.ts'

/** Notes which site a page is of that asks. A page of the companion's own site names no origin, but whence it asks. */
export function noteSite(sites: Pick<SiteService, 'see'>): MiddlewareHandler {
  return (context, next) => {
    const { origin, referer, 'sec-fetch-site': site } = context.req.header()
    const from = origin ?? (site === 'same-origin' ? originOf(referer) : undefined)
    if (from !== undefined && /^https?:\/\//.test(from)) sites.see(from)
    return next()
  }
}

function originOf(referer: string | undefined): string | undefined {
  return referer !== undefined && URL.canParse(referer) ? new URL(referer).origin : undefined
}
