import type { Start } from '../schema/start.ts'
import type { Tour } from '../schema/tour.ts'
import type { TourhookLike } from '../tour/host.ts'
import { createUserState } from '../tour/user-state.ts'
import { meetsConditions } from '../values/tag-conditions.ts'
import { onNavigate } from './navigation.ts'
import { shownElement, whenShown } from './shown-element.ts'
import { matchesUrl } from './url-pattern.ts'

/** How often tags are looked at while a tour waits for them alone: nothing says when a page sets its own. */
const tagsEveryMs = 500

type StartingTour = Tour & { start: Start }

/**
 * Starts the config's tours when their `start` conditions hold; returns the undo.
 *
 * One at a time: what comes due while a tour runs waits for its end, but an event that happens meanwhile starts
 * nothing. The conditions are checked again each time the page's address changes. Which tours a user has been
 * shown is kept in the browser.
 */
export function startTours(tourhook: TourhookLike): () => void {
  // While a server renders the page, there is nothing to wait for.
  if (typeof document === 'undefined') return () => undefined
  const { tours: given } = tourhook.config
  // What is no list, or no tour, Tourhook itself has told.
  const tours = (Array.isArray(given) ? given : []).filter((tour): tour is StartingTour => Boolean(tour?.start))
  const seen = createUserState<string[]>(tourhook, 'seen', [])
  /** Since the address has changed: "not once" means once each time. */
  const startedHere = new Set<string>()
  let waiting = new AbortController()

  function lookAnew(): void {
    waiting.abort()
    waiting = new AbortController()
    for (const tour of tours) watch(tour, waiting.signal).catch(tourhook.reportError)
  }

  async function watch({ id, start }: StartingTour, signal: AbortSignal): Promise<void> {
    const { url, tags = {}, element, event, delayMs = 0 } = start
    if (url !== undefined && !matchesUrl(url, location.href)) return
    if (isOver(id, start)) return

    const holds = () =>
      meetsConditions(tags, tourhook.tags.get()) && (event || !element || shownElement(element))
    do {
      while (!signal.aborted && !meetsConditions(tags, tourhook.tags.get())) await wait(tagsEveryMs, signal)
      if (event) await happens(event, element, signal)
      else if (element) await whenShown(element, { signal })
      await wait(delayMs, signal)
    } while (!signal.aborted && !holds())

    if (!signal.aborted && tourhook.runs().length === 0 && !isOver(id, start)) begin(id)
  }

  function isOver(id: string, { once = true, event }: Start): boolean {
    return once ? seen.get().includes(id) : !event && startedHere.has(id)
  }

  function begin(id: string): void {
    startedHere.add(id)
    seen.set([...new Set([...seen.get(), id])])
    tourhook.start(id)
  }

  const undos = [
    tourhook.on('completed', lookAnew),
    tourhook.on('closed', lookAnew),
    onNavigate(() => {
      startedHere.clear()
      lookAnew()
    }),
    () => waiting.abort(),
  ]
  lookAnew()
  return () => {
    for (const undo of undos) undo()
  }
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    function settle(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', settle)
      resolve()
    }
    const timer = setTimeout(settle, ms)
    signal.addEventListener('abort', settle)
  })
}

/** Waits for an event on an element that may come later, or on the document. */
async function happens(name: string, selector: string | undefined, signal: AbortSignal): Promise<void> {
  // An invalid selector throws here, once, and not at each event.
  if (selector !== undefined) document.querySelector(selector)
  if (signal.aborted) return

  await new Promise<void>(resolve => {
    function listener({ target }: Event): void {
      if (selector === undefined || (target instanceof Element && target.closest(selector))) settle()
    }
    function settle(): void {
      document.removeEventListener(name, listener, true)
      signal.removeEventListener('abort', settle)
      resolve()
    }
    // Captured, so that events which do not bubble are seen on an element, too.
    document.addEventListener(name, listener, true)
    signal.addEventListener('abort', settle)
  })
}
