import { companionUrl } from '../delivery/request.ts'
import { reportToPage } from '../events.ts'
import { loadConfig } from '../load-config.ts'
import type { Config } from '../schema/config.ts'
import type { Tourhook, TourhookOptions } from '../tourhook.ts'

type Command = (tourhook: Tourhook) => void
type Create = (config: Config, options: TourhookOptions, data: DOMStringMap) => Tourhook

/** `window.tourhook`: an array of commands until the script has loaded, Tourhook itself from then on. */
export type ScriptGlobal = Command[] | (Tourhook & { push(...commands: Command[]): void })

declare global {
  interface Window {
    tourhook?: ScriptGlobal
  }
}

/**
 * What the script tag does: reads its attributes, finds the config, puts Tourhook into `window.tourhook`.
 *
 * - `data-config`: the config's address; without it, the JSON in `<script id="tourhook-config">`.
 * - `data-server`: the companion's address; its config is used when the page has none.
 * - `data-site-key`, `data-user-hash`: for the companion.
 * - `data-tags`: the name of the page's global with the tags, such as `usetifulTags`.
 * - `data-start`: the tour to start.
 * - `data-consent="false"`: waits for `tourhook.consent(true)`.
 * - `data-namespace`: what the keys of all that is stored begin with.
 * - `data-theme`, `data-nonce`, `data-show`: the full script's; see `createFull`.
 * - `data-dry-run`: the debug script's; see `createDebug`.
 *
 * Loaded twice, it works once. A config that can't be had is reported on the console and as `tourhook:error`.
 */
export async function runScript(create: Create, script = document.currentScript): Promise<void> {
  const data = script?.dataset ?? {}
  const queue = queueOf(window.tourhook)
  if (!queue || 'isTaken' in queue) return
  Object.assign(queue, { isTaken: true })

  try {
    const tourhook = create(await findConfig(data), optionsOf(data), data)
    function push(...commands: Command[]): void {
      for (const command of commands) {
        try {
          command(tourhook)
        } catch (error) {
          reportToPage(error)
        }
      }
    }
    if (window.tourhook === queue) window.tourhook = { ...tourhook, push }
    push(...queue)
    if (data.start) tourhook.start(data.start)
  } catch (error) {
    reportToPage(error)
  }
}

/** The page's commands, which nobody has taken yet; `undefined` where Tourhook has loaded before. */
function queueOf(present: unknown): Command[] | undefined {
  if (Array.isArray(present)) return present
  // `<a id="tourhook">` and `<form name="tourhook">` make a global by their name: ours takes its place.
  const isFree = present === undefined || present instanceof Element || present instanceof HTMLCollection
  const queue: Command[] = []
  if (isFree) {
    window.tourhook = queue
    return queue
  }
  if (Object(present).start && Object(present).push) return undefined
  reportToPage(
    new Error(
      `window.tourhook is a ${typeof present} of the page's own, and stays: rename it to call Tourhook by that name`,
    ),
  )
  return queue
}

async function findConfig({ config, ...companion }: DOMStringMap): Promise<Config> {
  if (config) return loadConfig(config)
  // The script may be there before the parser has come to the config.
  if (!inlineConfig()) await pageIsParsed()
  const json = inlineConfig()
  if (json) return parse(json)
  if (!companion.server) throw new Error('expected data-config, data-server or #tourhook-config')
  return loadConfig(companionUrl('config.json', companion))
}

function parse(json: string): Config {
  try {
    return JSON.parse(json)
  } catch (cause) {
    throw new Error('no config in #tourhook-config', { cause })
  }
}

function inlineConfig(): string | null | undefined {
  return document.getElementById('tourhook-config')?.textContent
}

/** Of the attributes, those that are options: no other may put a text where a function is called. */
function optionsOf({ server, siteKey, userHash, namespace, tags, consent }: DOMStringMap): TourhookOptions {
  return {
    server,
    siteKey,
    userHash,
    namespace,
    // Read at each use: pages often set their tags late.
    tags: tags ? () => Reflect.get(window, tags) : undefined,
    consent: consent !== 'false',
  }
}

/** Resolves when all of the page's own HTML is there. */
export async function pageIsParsed(): Promise<void> {
  if (document.readyState === 'loading') {
    await new Promise(resolve => document.addEventListener('DOMContentLoaded', resolve))
  }
}
