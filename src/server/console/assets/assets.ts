import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { stageAsset } from '../stage/stage-asset.ts'
import { authoringStyles } from './authoring-styles.ts'
import { baseStyles } from './base-styles.ts'
import { runInConsole } from './browser-script.ts'
import { chartStyles } from './chart-styles.ts'
import { pageStyles } from './page-styles.ts'

/** What pages load. They are texts in the bundle: a host that bundles us loses files beside a module. */
const texts = {
  css: { type: 'text/css; charset=utf-8', text: baseStyles + pageStyles + chartStyles + authoringStyles },
  js: { type: 'text/javascript; charset=utf-8', text: scriptOf(runInConsole) },
  svg: {
    type: 'image/svg+xml',
    text: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="9" fill="#3a4fc4"/><path d="M12 8v10.5a5 5 0 0 0 10 0V15.5M22 15.5l-3.4 3.4M22 15.5l3.4 3.4" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/><circle cx="12" cy="7.5" r="1.6" fill="#fff"/></svg>',
  },
}

/** Where the stylesheet, the script and the icon are, from the console's root. The names change with the content. */
export const assetPaths = {
  css: pathOf('css'),
  js: pathOf('js'),
  svg: pathOf('svg'),
}

/** Answers with an asset, for ever cacheable; `undefined` when there is none of this name. */
export async function serveAsset(context: Context, name: string): Promise<Response | undefined> {
  const stage = await stageAsset()
  if (stage?.path === `assets/${name}`) return answer(context, texts.js.type, stage.text)
  const kind = (['css', 'js', 'svg'] as const).find(kind => assetPaths[kind] === `assets/${name}`)
  if (!kind) return undefined
  const { type, text } = texts[kind]
  return answer(context, type, text)
}

function answer(context: Context, type: string, text: string): Response {
  return context.body(text, 200, {
    'content-type': type,
    'cache-control': 'public, max-age=31536000, immutable',
  })
}

function pathOf(kind: keyof typeof texts): string {
  const hash = createHash('sha256').update(texts[kind].text).digest('base64url').slice(0, 10)
  return `assets/console-${hash}.${kind}`
}

/** A function as a script. A host's bundler may have named its inner functions with a call to `__name`. */
function scriptOf(run: () => void): string {
  return `(()=>{const __name=f=>f;(${run})()})()`
}
