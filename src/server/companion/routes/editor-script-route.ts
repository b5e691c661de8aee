import { createHash } from 'node:crypto'
import type { Handler } from 'hono'
import { HttpError } from '../http-error.ts'

/**
 * Serves the editor (`GET /v1/tourhook.edit.js`), for sites that have not put it beside `tourhook.full.js`. There is
 * nothing in it that isn't in the package, so any page may load it.
 */
export function serveEditorScript(read = readBuilt): Handler {
  let known: { text: string; etag: string } | undefined

  return async context => {
    context.header('access-control-allow-origin', '*')
    // For a page that embeds only what allows it (COEP).
    context.header('cross-origin-resource-policy', 'cross-origin')
    context.header('x-content-type-options', 'nosniff')
    if (!known) {
      const text = await read().catch(missing)
      known = { text, etag: `"${createHash('sha256').update(text).digest('base64url')}"` }
    }
    const { text, etag } = known
    context.header('etag', etag)
    context.header('cache-control', 'public, max-age=300')
    if (context.req.header('if-none-match')?.includes(etag)) return context.body(null, 304)
    return context.body(text, 200, { 'content-type': 'text/javascript; charset=utf-8' })
  }
}

async function readBuilt(): Promise<string> {
  return (await import('../../../../dist/text/tourhook.edit.js')).default
}

function missing(): never {
  const message = 'The editor is not here; put dist/tourhook.edit.js of the package beside tourhook.full.js.'
  throw new HttpError(404, 'no_editor', message)
}
