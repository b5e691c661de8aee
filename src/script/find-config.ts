import { companionUrl } from '../delivery/request.ts'
import { loadConfig } from '../load-config.ts'
import type { Config } from '../schema/config.ts'
import { listOf } from '../values/list-of.ts'

/**
 * The config that a script tag names: its `data-config`, or the JSON in the page, or else the companion's.
 *
 * Taken from script elements alone: what visitors have written, cleaned of scripts, may have ids.
 *
 * @throws {Error} says where a config was looked for.
 */
export async function findConfig(data: DOMStringMap): Promise<Config> {
  if (data.config) return loadConfig(data.config)
  // The script may be there before the parser has come to the config.
  if (!jsonIn('tourhook-config')) await pageIsParsed()
  const json = jsonIn('tourhook-config')
  if (json) return parse(json)
  if (data.server) return loadConfig(companionUrl('config.json', data))
  const hint =
    '; the script sees no data attributes, which a tag manager or type="module" takes away: put the config into the page'
  throw new Error(
    `expected data-config, data-server or #tourhook-config, a <script type="application/json">${
      Object.keys(data).length === 0 ? hint : ''
    }`,
  )
}

/** Where that config comes from, for whoever wonders; `undefined` where there is none. */
export function configSource(data: DOMStringMap): string | undefined {
  if (data.config) return data.config
  if (jsonIn('tourhook-config')) return 'the script element #tourhook-config'
  return data.server && companionUrl('config.json', data)
}

/** The text of the page's `<script type="application/json">` with this id. */
export function jsonIn(id: string): string | undefined {
  const scripts = listOf(document.querySelectorAll(`script#${id}[type*="json" i]`))
  return scripts.find(isScript)?.textContent ?? undefined
}

/** Not one of an SVG's. */
export function isScript(element: unknown): element is HTMLScriptElement {
  return 'text' in Object(element)
}

function parse(json: string): Config {
  try {
    return JSON.parse(json)
  } catch (cause) {
    throw new Error('no config in #tourhook-config', { cause })
  }
}

/** Resolves when all of the page's own HTML is there. */
async function pageIsParsed(): Promise<void> {
  if (document.readyState === 'loading') {
    await new Promise(resolve => document.addEventListener('DOMContentLoaded', resolve))
  }
}
