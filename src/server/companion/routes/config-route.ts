import { createHash } from 'node:crypto'
import type { Handler } from 'hono'
import type { BrowserConfig } from '../browser-config.ts'

/**
 * Serves the config that pages load (`GET /v1/config.json`), with an ETag (RFC 9110, section 8.8.3): unchanged is 304.
 *
 * Browsers and caches keep it, and ask at each page: what was published is there on a visitor's next page (RFC 9111,
 * section 5.2.2.4).
 */
export function serveConfig(pages: Pick<BrowserConfig, 'config'>): Handler {
  return async context => {
    const text = JSON.stringify(await pages.config())
    const etag = `"${createHash('sha256').update(text).digest('base64url')}"`
    context.header('etag', etag)
    context.header('cache-control', 'public, no-cache')
    // A proxy that compresses makes the tag weak; the config is the same.
    const known = context.req.header('if-none-match')?.split(/\s*,\s*/) ?? []
    if (known.some(tag => tag.replace(/^W\//, '') === etag)) return context.body(null, 304)
    return context.body(text, 200, { 'content-type': 'application/json' })
  }
}
