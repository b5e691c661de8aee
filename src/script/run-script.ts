import { reportToPage } from '../events.ts'
import type { Config } from '../schema/config.ts'
import { watchPasswords } from '../tour/sources/passwords.ts'
import type { Tourhook, TourhookOptions } from '../tourhook.ts'
import { commandGlobal, type PageCommand } from './command-queue.ts'
import { findConfig, isScript } from './find-config.ts'
import { createPageTags, type PageTags } from './page-tags.ts'

type Create = (config: Config, options: TourhookOptions, data: DOMStringMap) => Tourhook

/**
 * What the script tag does: reads its attributes, finds the config, puts Tourhook into `window.tourhook`.
 *
 * - `data-config`: the config's address; without it, the JSON in `<script type="application/json" id="tourhook-config">`.
 * - `data-server`: the companion's address; its config is used when the page has none.
 * - `data-site-key`, `data-user-hash`: for the companion.
 * - `data-tags`: the name of the page's global with the tags, such as `usetifulTags`, or `app.user.tags`; without a
 *   script, the JSON in `<script type="application/json" id="tourhook-tags">`.
 * - `data-start`: the tour to start, as soon as the tags are there.
 * - `data-consent="false"`: waits for `tourhook.consent(true)`; so does all but `true`.
 * - `data-namespace`: what the keys of all that is stored begin with.
 * - `data-theme`, `data-nonce`, `data-show`: the full script's; see `createFull`.
 * - `data-dry-run`: the debug script's; see `createDebug`.
 *
 * Loaded twice for the same config, it works once. Each script with a config of its own has a Tourhook of its own;
 * `window.tourhook` is the first one's. What is wrong is reported on the console and as `tourhook:error`.
 */
export async function runScript(create: Create, script: unknown = currentScript()): Promise<void> {
  const data = isScript(script) ? script.dataset : {}
  const global = commandGlobal()
  global.taken ??= []
  const key = `${data.config ?? ''} ${data.server ?? ''}`
  if (global.taken.includes(key)) return
  global.taken.push(key)
  const isFirst = global.taken.length === 1

  try {
    // From now on, although the config is still to come.
    watchPasswords()
    const config = await findConfig(data)
    const tags = createPageTags(data.tags)
    const tourhook = create(config, optionsOf(data, tags), data)
    function push(...commands: PageCommand[]): void {
      for (const command of commands) {
        try {
          command(tourhook)
        } catch (error) {
          reportToPage(error)
        }
      }
    }
    if (isFirst) {
      if (window.tourhook === global) window.tourhook = { ...tourhook, push, taken: global.taken }
      if (Array.isArray(global)) push(...global)
    }
    function begin(): void {
      if (data.start) tourhook.start(data.start)
      if (!tags.areMissing()) return
      const remedy = `write window.${data.tags} = …, since a const or let is no part of window`
      tourhook.reportError(new Error(`data-tags: there is no window.${data.tags}; ${remedy}`))
    }
    if (tags.areMissing()) void tags.wait().then(begin)
    else begin()
  } catch (error) {
    reportToPage(error)
  }
}

/** Asked of the prototype: `<img name="currentScript">` hides the document's own. */
export function currentScript(): HTMLOrSVGScriptElement | null {
  return Reflect.get(Object.getPrototypeOf(document), 'currentScript', document)
}

/** Of the attributes, those that are options: no other may put a text where a function is called. */
function optionsOf(
  { server, siteKey, userHash, namespace, consent = 'true' }: DOMStringMap,
  tags: PageTags,
): TourhookOptions {
  return {
    server,
    siteKey,
    userHash,
    namespace,
    tags: tags.get as TourhookOptions['tags'],
    // Any other text Tourhook itself takes for a mistake, and for no.
    consent: (consent === 'true' || (consent !== 'false' && consent)) as boolean,
  }
}
