import type { Config } from '../schema/config.ts'

/** What can take another's place. */
interface Successor {
  readonly config: Config
  destroy(): void
}

const name = 'tourhook:created'

/**
 * Ends the Tourhook that the page has made before with the same namespace and one of the same tours, as a hot reload
 * does: two would draw each step twice. Returns the new one, which ends in its turn.
 */
export function takeOver<T extends Successor>(tourhook: T, namespace: string | undefined): T {
  const tours = new Set([tourhook.config.tours ?? []].flat().map(tour => tour?.id))
  const detail = { namespace, tours }
  document.dispatchEvent(new CustomEvent(name, { detail }))
  document.addEventListener(name, listener)

  function listener(event: Event): void {
    const other = (event as CustomEvent<typeof detail>).detail
    if (other.namespace !== namespace || ![...other.tours].some(id => tours.has(id))) return
    console.info('[tourhook] a later one with the same tours goes on in place of this one')
    destroy()
  }

  function destroy(): void {
    document.removeEventListener(name, listener)
    tourhook.destroy()
  }

  return { ...tourhook, destroy }
}
