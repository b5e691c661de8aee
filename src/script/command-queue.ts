import { reportToPage } from '../events.ts'
import type { Tourhook } from '../tourhook.ts'

export type PageCommand = (tourhook: Tourhook) => void

/** `window.tourhook`: an array of commands until the script has loaded, Tourhook itself from then on. */
export type ScriptGlobal = (PageCommand[] | (Tourhook & { push(...commands: PageCommand[]): void })) & {
  /** The configs of the scripts that have begun. */
  taken?: string[]
}

declare global {
  interface Window {
    tourhook?: ScriptGlobal
  }
}

/**
 * What the page's commands go to: `window.tourhook`, made if need be.
 *
 * `<a id="tourhook">` and `<form name="tourhook">` make a global by their name, which is none of ours: it takes its
 * place. What the page has of its own stays.
 */
export function commandGlobal(): ScriptGlobal {
  const present: unknown = window.tourhook
  if (Array.isArray(present) || (Object(present).start && Object(present).push)) return present as ScriptGlobal
  const queue: ScriptGlobal = []
  const isElement = isNamedElement(present)
  if (present === undefined || isElement) window.tourhook = queue
  if (present !== undefined) {
    const what = isElement ? 'an element' : `a ${typeof present}`
    reportToPage(
      new Error(`window.tourhook is ${what} of the page's own: rename it, so that calls reach Tourhook`),
    )
  }
  return queue
}

/** One element, several of a name, or a frame. */
function isNamedElement(value: unknown): boolean {
  const { nodeType, namedItem, window } = Object(value)
  return nodeType !== undefined || namedItem !== undefined || window === value
}
