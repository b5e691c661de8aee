import { listOf } from '../values/list-of.ts'

export interface WaitOptions {
  signal: AbortSignal
  /** @default for ever */
  timeoutMs?: number | undefined
}

/**
 * The first element that matches and is laid out, as soon as there is one; `undefined` when waiting has ended.
 *
 * @throws {SyntaxError} when the selector is none.
 */
export async function whenShown(
  selector: string,
  { signal, timeoutMs }: WaitOptions,
): Promise<Element | undefined> {
  const found = shownElement(selector)
  if (found || signal.aborted) return found

  return new Promise(resolve => {
    function settle(element?: Element): void {
      observer.disconnect()
      clearTimeout(timer)
      resolve(element)
    }
    const observer = new MutationObserver(() => {
      const element = shownElement(selector)
      if (element) settle(element)
    })
    const timer = timeoutMs === undefined ? undefined : setTimeout(settle, timeoutMs)
    signal.addEventListener('abort', () => settle(), { once: true })
    // Attributes, too: an element often appears by a class.
    observer.observe(document, { subtree: true, childList: true, attributes: true })
  })
}

/** The first element that matches and is laid out. */
export function shownElement(selector: string): Element | undefined {
  // A form answers with its control where one is called `getClientRects`.
  const { getClientRects } = document.documentElement
  return listOf(document.querySelectorAll(selector)).find(each => getClientRects.call(each).length > 0)
}
