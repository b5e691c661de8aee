import { type EventGuard, keepEvents } from '../render/layer/keep-events.ts'

/**
 * Stands between the page and the editor's events from now on, before the editor is there: what listens on the window
 * first can keep all that follows from everybody else.
 */
export function createPageGuard(): EventGuard {
  const guard = { host: () => undefined, signal: new AbortController().signal }
  keepEvents(guard, ' pointermove input')
  return guard
}
